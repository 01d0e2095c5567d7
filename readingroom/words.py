r"""The rule that cuts text and queries into words: for the index, for the browser, and for the tests' oracle.

`overrides/assets/words.js` is this rule once more; a test holds the two to the same answers on any text.

**Folding**, character by character: compatibility decomposition (NFKD), lower case, marks (`\p{M}`) and soft hyphens
removed, `ß` to `ss`, `ς` to `σ`, the curly apostrophes to `'`, the Unicode hyphens to `-`, the fraction slash to `/`. A
fraction such as `½` stands apart from what is before and after it: `5½` is not `51/2`. A hyphen at a line's end loses
the line's end after it, so that it stands inside the word that the next line completes.

**Parts**: the runs of letters and digits. Every other sign parts them.

**Joined**: the same, but one `'`, `.` or `-` between two letters, or a letter and a digit, joins: `co-operation` is
`cooperation`, `U.S.` is `us`, `MIR-79` is `mir79`. Between two digits it parts: `1.4` is not `14`.

**Codes**: what is written without white space and quotes, its outer punctuation taken off (a `$` at its head stays,
and a `)` at its end whose opener stands inside), is a code if one of `/ : $ ( )` stands in it, or a digit and any sign,
or if it is dotted initials (`U.S`). With it count its pieces, where they are codes themselves: what stands between `:`,
`;`, `//`, dashes, and commas that are not between digits; where there are none of these, what stands between `-`, and
what stands between `/`; what stands before a bracket; what stands from a `$` on; and dotted initials with no letter or
digit next to them. So `AF/C:SAHonley` is found as `AF/C`, `U.S.-RUSSIA` as `U.S.`, and `1.4(d)` as `1.4`.

**A query** is terms, all of which must be found: `word`, `"a phrase"`; `-term` must not be found; of terms joined by
`OR` one must be. `“ ”` and `„` are quotes; a quote that is never closed runs to the end. `OR` without a term on both
sides is a word. A word that is a code is looked up among the codes and nowhere else: `1.4(d)` is not `1, 4 d`, `U.S.`
is not `us`, `$80` is not `80`. Any other term is found where its parts, or its joined words, stand one after the other
among the text's parts or among its joined words. A phrase that holds a code is found by its parts only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, filterfalse

_FRACTION = "⁄"
_SAME = {"ß": "ss", "ς": "σ", "‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", _FRACTION: "/", "\u00ad": ""}

_BLANK = r"\t-\r\x1c-\x20\x85\u1680\u2028\u2029\ufeff"
_WHITE = f"[{_BLANK}]"
_WORD = r"[^\W_]"
_LETTER = r"[^\W\d_]"

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Of what is looked for in whole texts the rare sign stands first: it is found fastest.
_LINE_END = re.compile(rf"-(?<={_WORD}-)[\t ]*\n{_WHITE}*(?={_WORD})")
_JOINER = re.compile(rf"\.(?={_WORD})(?<={_WORD}\.)(?:(?<!\d\.)|(?!\d))")
"""Of the signs that may join those that do, once all are points."""
_WORD_SIGN = re.compile(_WORD)
_SIGNS_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\w]+")
_MAY_JOIN = b"'.-"
_JOIN = "_"  # it is free, once all other signs are gone
_ASCII_SIGNS = bytes(
    ord(".") if code in _MAY_JOIN else code if code > 0x7F or chr(code).isalnum() else ord(" ") for code in range(256)
)
_CHUNK = re.compile(f'[^{_BLANK}"“”„‟]+')
_ENDS_CHUNK = '"“”„‟\ufeff'  # beside the white space that folding leaves
_OUTER = "!#%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What stands around a word that is no code: no `$`, which makes one of the word after it."""

_MAY_HOLD = re.compile(r"[/:$().]|\d")
"""What every code has in it: a sign of codes, a digit, or initials' points."""
_CODE_SIGN = re.compile(r"[/:$()]")
_SIGN = re.compile(r"[\W_]")
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(rf"(?<!{_WORD})(?<!{_WORD}\.){_LETTER}(?:\.{_LETTER})+(?!{_WORD})")
_STRONG = re.compile(r"[:;–—]|//|(?<!\d),|,(?!\d)")
_WEAK = (re.compile("-"), re.compile("/"))

_OPAQUE = "zq"
_PLAIN = re.compile(r"[a-z]+|[0-9]+")
_AS_LETTERS = "abcdefghijklmnop"  # hexadecimal digits

_QUERY = re.compile(rf'(-?)"([^"]*)"?|((?:(?!{_WHITE})[^"])+)')
_QUOTES = str.maketrans("“”„‟", '""""')


class _Folding(dict[int, str]):
    """The folded form of each character, worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        lower = unicodedata.normalize("NFKD", chr(code)).lower()
        folded = "".join(_SAME.get(c, c) for c in lower if not unicodedata.category(c).startswith("M"))
        self[code] = f" {folded} " if _FRACTION in lower and len(lower) > 1 else folded
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text without case, accents and the other differences that the rule leaves out of account."""
    return (text if text.isascii() else _BEYOND_ASCII.sub(_folding, text)).lower()


def _folding(match: re.Match[str]) -> str:
    return match[0].translate(_FOLDING)


def parts(text: str) -> list[str]:
    """Return the words of the text with every sign parting them."""
    return _cut(_folded(text)).replace(_JOIN, " ").split()


def joined(text: str) -> list[str]:
    """Return the words of the text with apostrophes, points and hyphens inside a word joining it."""
    return _cut(_folded(text)).replace(_JOIN, "").split()


def codes(text: str) -> list[str]:
    """Return the codes of the text and those of their pieces that are codes, in the order in which they begin."""
    return list(_codes(_folded(text)))


def _cut(folded: str) -> str:
    """The words of the text with spaces between them, and _JOIN where a sign inside a word joins its parts."""
    text = folded if folded.isascii() else _SIGNS_BEYOND_ASCII.sub(" ", folded)
    pointed = text.encode().translate(_ASCII_SIGNS).decode()  # in bytes it is quick for any text
    return _JOINER.sub(_JOIN, pointed).replace(".", " ")


def _codes(folded: str) -> Iterator[str]:
    for sign in _ENDS_CHUNK:
        folded = folded.replace(sign, " ")
    signed = filterfalse(str.isalnum, folded.split())
    return chain.from_iterable([_codes_of(chunk) for chunk in signed if not chunk.strip(_OUTER).isalnum()])


def code(term: str) -> str | None:
    """Return the code that a query's word is, or None where it is an ordinary word."""
    folded = fold(term)
    trimmed = folded[slice(*_trim(folded, 0, len(folded)))]
    return trimmed if _CHUNK.fullmatch(trimmed) and _is_code(trimmed) else None


def token(word: str) -> str:
    """Return the word as the index knows it: of letters `a-z` alone, or of digits alone.

    An engine would find `may` in `21may82`, and cut again what holds a sign. No two words have the same token: all but
    plain words are spelled out after a prefix, and so are those that begin with that prefix by nature.
    """
    if _PLAIN.fullmatch(word) and not word.startswith(_OPAQUE):
        return word
    return _OPAQUE + word.translate(_SPELLED)


class _Spelled(dict[int, str]):
    """What each character is spelled with, worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = "zx" + "".join(_AS_LETTERS[int(digit, 16)] for digit in f"{code:x}") + "z"
        return self[code]


_SPELLED = _Spelled({ord(letter): letter for letter in "abcdefghijklmnopqrstuvwxy"})
_SPELLED |= {ord("z"): "zz", **{ord(str(digit)): f"z{_AS_LETTERS[digit]}" for digit in range(10)}}


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut by the rule. An empty word stands where two blocks meet, so that no phrase runs across."""

    parts: tuple[str, ...]
    joined: tuple[str, ...]
    codes: tuple[str, ...]
    several: tuple[int, ...]
    """the places in `joined` of the words that are several of the `parts`"""

    @classmethod
    def of(cls, blocks: Iterable[str]) -> Words:
        """Return the words of blocks of text that are each read by themselves."""
        every = [_folded(block) for block in blocks]
        parts: list[str] = []
        joined: list[str] = []
        several: list[int] = []
        for cut in map(_cut, every):
            first, *others = [between.split() for between in cut.split(_JOIN)]
            if first and parts:
                parts.append("")
                joined.append("")
            parts += first
            joined += first
            for words in others:  # the first of them goes on with the last of those before
                if several[-1:] != [len(joined) - 1]:
                    several.append(len(joined) - 1)
                parts += words
                joined[-1] += words[0]
                joined += words[1:]
        return cls(tuple(parts), tuple(joined), tuple(chain.from_iterable(map(_codes, every))), tuple(several))

    def has(self, term: Term) -> bool:
        """Return whether the term is found here."""
        if term.code is not None:
            return term.code in self.codes
        return any(_stands(form, stream) for form in term.forms for stream in (self.parts, self.joined))


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for: a code, or words in one form or several."""

    as_typed: str
    """without the quotes and the minus"""
    code: str | None
    """where it is one; then `forms` is empty"""
    forms: tuple[tuple[str, ...], ...]
    """its parts and, if they differ and may be looked for, its joined words"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: of each tuple in `wanted` one term must be found, of `unwanted` none may be."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]

    def __bool__(self) -> bool:
        """Return whether it asks for anything."""
        return bool(self.wanted or self.unwanted)

    def matches(self, words: Words) -> bool:
        """Return whether a text answers it: the oracle to which the index is held."""
        return all(any(words.has(term) for term in either) for either in self.wanted) and not any(
            words.has(term) for term in self.unwanted
        )


def read_query(text: str) -> Query:
    """Return what a query asks for. Any text is a query; what has neither letter nor digit asks for nothing."""
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    pending: Term | None = None  # an OR whose other side has not come yet
    for match in _QUERY.finditer(text.translate(_QUOTES)):
        minus, phrase, word = match.groups()
        if word == "OR" and wanted and pending is None:
            pending = _word(word)
            continue
        bare = word is not None and word.startswith("-")
        term = _phrase(phrase) if word is None else _word(word.removeprefix("-"))
        if term is None:
            continue
        if minus or bare:
            unwanted.append(term)
        elif pending is None:
            wanted.append([term])
        else:
            wanted[-1].append(term)
            pending = None
    if pending is not None:
        wanted.append([pending])
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def _word(text: str) -> Term | None:
    found = code(text)
    return Term(text, found, ()) if found is not None else _term(text, (parts(text), joined(text)))


def _phrase(text: str) -> Term | None:
    coded = any(code(chunk) is not None for chunk in _CHUNK.findall(text))
    return _term(text, (parts(text),) if coded else (parts(text), joined(text)))


def _term(text: str, forms: Iterable[Sequence[str]]) -> Term | None:
    every = tuple(dict.fromkeys(tuple(form) for form in forms if form))
    return Term(text, None, every) if every else None


def _folded(text: str) -> str:
    return _LINE_END.sub("-", fold(text))


def _stands(form: Sequence[str], stream: Sequence[str]) -> bool:
    size = len(form)
    first = form[0]
    return any(word == first and tuple(stream[at : at + size]) == tuple(form) for at, word in enumerate(stream))


@lru_cache(maxsize=1 << 16)  # the same words come again and again
def _codes_of(chunk: str) -> tuple[str, ...]:
    """The codes that a chunk holds. Pieces of pieces are looked at too, each once."""
    if not _MAY_HOLD.search(chunk):
        return ()
    found = {match.span() for match in _INITIALS.finditer(chunk)}
    waiting = [(0, len(chunk))]
    while waiting:
        start, end = _trim(chunk, *waiting.pop())
        if (start, end) not in found and _is_code(chunk[start:end]):
            found.add((start, end))
            waiting.extend(_pieces(chunk, start, end))  # what is no code has none that is one, but for dotted initials
    return tuple(chunk[start:end] for start, end in sorted(found))


def _pieces(chunk: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = chunk[start:end]
    for separator in (_STRONG,) if _STRONG.search(piece) else _WEAK:
        at = 0
        for match in separator.finditer(piece):
            yield start + at, start + match.start()
            at = match.end()
        if at:
            yield start + at, end
    if (bracket := piece.find("(")) > 0:
        yield start, start + bracket
    if (dollar := piece.rfind("$")) > 0:
        yield start + dollar, end


def _trim(chunk: str, start: int, end: int) -> tuple[int, int]:
    """The range without its outer punctuation; an empty one where there is nothing else."""
    if start < end and chunk[start].isalnum() and chunk[end - 1].isalnum():  # as most
        return start, end
    first = _WORD_SIGN.search(chunk, start, end)
    if first is None:
        return start, start
    head = first.start() - 1 if first.start() > start and chunk[first.start() - 1] == "$" else first.start()
    tail = end
    while not chunk[tail - 1].isalnum():
        tail -= 1
    unclosed = chunk.count("(", head, tail) - chunk.count(")", head, tail)
    while unclosed > 0 and tail < end and chunk[tail] == ")":
        tail += 1
        unclosed -= 1
    return head, tail


def _is_code(trimmed: str) -> bool:
    if trimmed.isalnum():
        return False
    if _CODE_SIGN.search(trimmed):
        return True
    if _DIGIT.search(trimmed) and _SIGN.search(trimmed):
        return True
    return _INITIALS.fullmatch(trimmed) is not None
