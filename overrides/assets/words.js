// The rule that cuts text and queries into words, as readingroom/words.py states it; a test holds the two together.
// What is cut here also knows where it stands: `start` and `end` are offsets into the text that was given.

const SAME = { "ß": "ss", "ς": "σ", "‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "⁄": "/", "\u00ad": "" };
const WHITE = "[\\t-\\r\\x1c-\\x20\\x85\\u1680\\u2028\\u2029\\ufeff]";
const WORD = "[\\p{L}\\p{N}]";
const LETTER = "(?!\\p{Nd})[\\p{L}\\p{N}]";
const LINE_END = new RegExp(`(?<=${WORD})-[\\t ]*\\n${WHITE}*(?=${WORD})`, "gu");
const PARTS = new RegExp(`${WORD}+`, "gu");
const JOINED = new RegExp(`${WORD}+(?:(?:(?<!\\p{Nd})['.-]|['.-](?!\\p{Nd}))${WORD}+)*`, "gu");
const CHUNK = new RegExp(`(?:(?!${WHITE})[^"“”„‟])+`, "gu");
const ONLY_CHUNK = new RegExp(`^(?:(?!${WHITE})[^"“”„‟])+$`, "u");
const CODE_SIGN = /[/:$()]/u;
const SIGN = /[^\p{L}\p{N}]/u;
const DIGIT = /\p{Nd}/u;
const INITIALS = `(?<!${WORD})(?<!${WORD}\\.)${LETTER}(?:\\.${LETTER})+(?!${WORD})`;
const ALL_INITIALS = new RegExp(INITIALS, "gu");
const ONLY_INITIALS = new RegExp(`^${INITIALS}$`, "u");
const STRONG = /[:;–—]|\/\/|(?<!\p{Nd}),|,(?!\p{Nd})/gu;
const WEAK = [/-/gu, /\//gu];
const OPAQUE = "zq";
const PLAIN = /^(?:[a-z]+|[0-9]+)$/;
const AS_LETTERS = "abcdefghijklmnop"; // hexadecimal digits
const QUERY = new RegExp(`(-?)"([^"]*)"?|((?:(?!${WHITE})[^"])+)`, "gu");

const folding = new Map();

function foldCharacter(character) {
  let folded = folding.get(character);
  if (folded === undefined) {
    const lower = character.normalize("NFKD").toLowerCase();
    folded = [...lower].filter((c) => !/\p{M}/u.test(c)).map((c) => SAME[c] ?? c).join("");
    if (lower.includes("⁄") && lower.length > 1) folded = ` ${folded} `;
    folding.set(character, folded);
  }
  return folded;
}

/** The text without case, accents and the other differences that the rule leaves out of account. */
export function fold(text) {
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** The folded text with its line-end hyphens drawn together, and for each of its units the range that it came from. */
function folded(text) {
  let whole = "";
  const starts = [];
  const ends = [];
  let at = 0;
  for (const character of text) {
    const next = at + character.length;
    const piece = foldCharacter(character);
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(at);
      ends.push(next);
    }
    whole += piece;
    at = next;
  }
  if (!whole.includes("\n")) return { text: whole, starts, ends };
  const kept = { text: "", starts: [], ends: [] };
  let from = 0;
  const keep = (to) => {
    kept.text += whole.slice(from, to);
    for (let unit = from; unit < to; unit += 1) {
      kept.starts.push(starts[unit]);
      kept.ends.push(ends[unit]);
    }
  };
  for (const match of whole.matchAll(LINE_END)) {
    keep(match.index + 1);
    from = match.index + match[0].length;
  }
  keep(whole.length);
  return kept;
}

function placed(source, word, start, end) {
  return { word, start: source.starts[start], end: source.ends[end - 1] };
}

function partsOf(source) {
  return Array.from(source.text.matchAll(PARTS), (m) => placed(source, m[0], m.index, m.index + m[0].length));
}

function joinedOf(source) {
  return Array.from(source.text.matchAll(JOINED), (m) =>
    placed(source, m[0].replace(/['.-]/g, ""), m.index, m.index + m[0].length));
}

function codesOf(source) {
  const found = [];
  for (const match of source.text.matchAll(CHUNK)) {
    for (const [start, end] of codeRanges(match[0])) {
      found.push(placed(source, match[0].slice(start, end), match.index + start, match.index + end));
    }
  }
  return found;
}

/** The words of the text with every sign parting them. */
export function parts(text) {
  return partsOf(folded(text));
}

/** The words of the text with apostrophes, points and hyphens inside a word joining it. */
export function joined(text) {
  return joinedOf(folded(text));
}

/** The codes of the text and those of their pieces that are codes, in the order in which they begin. */
export function codes(text) {
  return codesOf(folded(text));
}

/** The code that a query's word is, or null where it is an ordinary word. */
export function code(term) {
  const text = fold(term);
  const trimmed = text.slice(...trim(text, 0, text.length));
  return ONLY_CHUNK.test(trimmed) && isCode(trimmed) ? trimmed : null;
}

/** The word as the index knows it. */
export function token(word) {
  if (PLAIN.test(word) && !word.startsWith(OPAQUE)) return word;
  return OPAQUE + [...word].map(spelled).join("");
}

function spelled(character) {
  if (/^[a-y]$/.test(character)) return character;
  if (character === "z") return "zz";
  if (/^[0-9]$/.test(character)) return `z${AS_LETTERS[Number(character)]}`;
  const digits = [...character.codePointAt(0).toString(16)];
  return `zx${digits.map((digit) => AS_LETTERS[parseInt(digit, 16)]).join("")}z`;
}

/**
 * What a query asks for: of each list in `wanted` one term must be found, of `unwanted` none may be.
 * A term has `asTyped`; where it stands in the query (`start`, `end`); and `code`, or `forms`: lists of words.
 */
export function readQuery(text) {
  const wanted = [];
  const unwanted = [];
  let pending = null;
  for (const match of text.replace(/[“”„‟]/g, '"').matchAll(QUERY)) {
    const [whole, minus, phrase, word] = match;
    const place = { start: match.index, end: match.index + whole.length };
    if (word === "OR" && wanted.length && !pending) {
      pending = { ...readWord(word), ...place };
      continue;
    }
    const bare = word !== undefined && word.startsWith("-");
    const term = word === undefined ? readPhrase(phrase) : readWord(bare ? word.slice(1) : word);
    if (!term) continue;
    Object.assign(term, place);
    if (minus || bare) {
      unwanted.push(term);
    } else if (pending) {
      wanted.at(-1).push(term);
      pending = null;
    } else {
      wanted.push([term]);
    }
  }
  if (pending) wanted.push([pending]);
  return { wanted, unwanted };
}

function readWord(text) {
  const found = code(text);
  return found === null ? term(text, [parts(text), joined(text)]) : { asTyped: text, code: found, forms: [] };
}

function readPhrase(text) {
  const coded = Array.from(text.matchAll(CHUNK)).some(([chunk]) => code(chunk) !== null);
  return term(text, coded ? [parts(text)] : [parts(text), joined(text)]);
}

function term(asTyped, cuts) {
  const forms = new Map();
  for (const cut of cuts) {
    const words = cut.map(({ word }) => word);
    if (words.length) forms.set(words.join(" "), words);
  }
  return forms.size ? { asTyped, code: null, forms: [...forms.values()] } : null;
}

/**
 * Where the terms that a query wants stand in one block of text: ranges, each with the `term` it answers, in the
 * order in which they begin. A range covers whole words, and of a phrase everything from its first to its last.
 */
export function found(query, text) {
  const source = folded(text);
  const streams = [partsOf(source), joinedOf(source)];
  let allCodes = null;
  const ranges = new Map();
  const note = (start, end, wanted) => ranges.set(`${start} ${end} ${wanted.start}`, { start, end, term: wanted });
  for (const wanted of query.wanted.flat()) {
    if (wanted.code !== null) {
      allCodes ??= codesOf(source);
      for (const { word, start, end } of allCodes) if (word === wanted.code) note(start, end, wanted);
      continue;
    }
    for (const form of wanted.forms) {
      for (const stream of streams) {
        for (let at = 0; at + form.length <= stream.length; at += 1) {
          if (form.every((word, offset) => stream[at + offset].word === word)) {
            note(stream[at].start, stream[at + form.length - 1].end, wanted);
          }
        }
      }
    }
  }
  return [...ranges.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

function codeRanges(chunk) {
  const ranges = new Map();
  const add = (start, end) => ranges.set(`${start} ${end}`, [start, end]);
  for (const match of chunk.matchAll(ALL_INITIALS)) add(match.index, match.index + match[0].length);
  const seen = new Set();
  const waiting = [[0, chunk.length]];
  while (waiting.length) {
    const [start, end] = trim(chunk, ...waiting.pop());
    if (start >= end || seen.has(`${start} ${end}`)) continue;
    seen.add(`${start} ${end}`);
    if (!isCode(chunk.slice(start, end))) continue;
    add(start, end);
    waiting.push(...pieces(chunk, start, end));
  }
  return [...ranges.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function pieces(chunk, start, end) {
  const piece = chunk.slice(start, end);
  const found = [];
  for (const separator of piece.search(STRONG) < 0 ? WEAK : [STRONG]) {
    let at = 0;
    for (const match of piece.matchAll(separator)) {
      found.push([start + at, start + match.index]);
      at = match.index + match[0].length;
    }
    if (at) found.push([start + at, end]);
  }
  const bracket = piece.indexOf("(");
  if (bracket > 0) found.push([start, start + bracket]);
  const dollar = piece.lastIndexOf("$");
  if (dollar > 0) found.push([start + dollar, end]);
  return found;
}

function trim(chunk, start, end) {
  const words = [...chunk.slice(start, end).matchAll(PARTS)];
  if (!words.length) return [start, start];
  const first = start + words[0].index;
  const head = first > start && chunk[first - 1] === "$" ? first - 1 : first;
  let tail = start + words.at(-1).index + words.at(-1)[0].length;
  let unclosed = count(chunk, "(", head, tail) - count(chunk, ")", head, tail);
  while (unclosed > 0 && tail < end && chunk[tail] === ")") {
    tail += 1;
    unclosed -= 1;
  }
  return [head, tail];
}

function count(text, sign, start, end) {
  return text.slice(start, end).split(sign).length - 1;
}

function isCode(trimmed) {
  if (CODE_SIGN.test(trimmed)) return true;
  if (DIGIT.test(trimmed) && SIGN.test(trimmed)) return true;
  return ONLY_INITIALS.test(trimmed);
}
