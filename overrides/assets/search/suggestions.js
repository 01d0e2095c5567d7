// Other forms that could be asked for: variants that authority pages know, and English inflections. Never added
// to a query, only offered, and only those that would find something.

import { parts, readQuery } from "../words.js";

const MOST_TERMS = 4;

/** Queries that differ from `q` in one term and answer something: `{ words, q, count }`. */
export async function suggestions(index, q, count) {
  const terms = readQuery(q).wanted.flat().filter((term) => term.code === null).slice(0, MOST_TERMS);
  const asked = new Set(readQuery(q).wanted.flat().map((term) => key(term.asTyped)));
  const offered = new Map();
  const groups = terms.length ? await index.variants() : [];
  for (const term of terms) {
    const others = [...variantsOf(groups, term), ...inflections(key(term.asTyped))];
    for (const words of others) {
      if (asked.has(key(words)) || offered.has(key(words))) continue;
      const other = /\s/u.test(words) ? `"${words}"` : words;
      offered.set(key(words), { words, q: q.slice(0, term.start) + other + q.slice(term.end) });
    }
  }
  const every = await Promise.all([...offered.values()].map(async (each) => ({ ...each, count: await count(each.q) })));
  return every.filter((each) => each.count);
}

function key(words) {
  return parts(words).map(({ word }) => word).join(" ");
}

function variantsOf(groups, term) {
  const own = key(term.asTyped);
  return groups.filter((group) => group.some((name) => key(name) === own)).flat();
}

/** The forms that an English word of lower-case letters may also have; most of them are no words, and find nothing. */
export function inflections(word) {
  if (!/^[a-z]{3,}$/u.test(word)) return [];
  const stems = new Set([word]);
  const cut = (ending, ...instead) => {
    if (word.endsWith(ending) && word.length > ending.length + 1) {
      for (const other of instead) stems.add(word.slice(0, -ending.length) + other);
    }
  };
  cut("ies", "y");
  cut("ied", "y");
  cut("es", "");
  if (!word.endsWith("ss")) cut("s", "");
  cut("ed", "", "e");
  cut("ing", "", "e");
  for (const stem of [...stems]) if (stem !== word && /([b-df-hj-np-tv-z])\1$/u.test(stem)) stems.add(stem.slice(0, -1));
  const forms = new Set();
  for (const stem of stems) for (const form of formsOf(stem)) forms.add(form);
  forms.delete(word);
  return [...forms].filter((form) => form.length > 2);
}

function formsOf(stem) {
  if (stem.endsWith("e")) return [stem, `${stem}s`, `${stem}d`, `${stem.slice(0, -1)}ing`];
  if (/[^aeiou]y$/u.test(stem)) return [stem, `${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ied`, `${stem}ing`];
  const last = stem.at(-1);
  const doubled = /[aeiou][b-df-hj-np-tvz]$/u.test(stem) ? [`${stem}${last}ed`, `${stem}${last}ing`] : [];
  const plural = /(?:s|x|z|ch|sh)$/u.test(stem) ? `${stem}es` : `${stem}s`;
  return [stem, plural, `${stem}ed`, `${stem}ing`, ...doubled];
}
