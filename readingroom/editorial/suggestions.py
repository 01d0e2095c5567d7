"""What editors may want to add: names without a page, abbreviations without an entry, likely OCR slips.

Ranked, as Markdown ready to paste, and never applied: whether a word is a scanner's slip or its author's only a better
witness can say (domain, section 9).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spellchecker import SpellChecker

from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.mentions import fold
from readingroom.model.labels import Kind
from readingroom.model.text import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:[A-Z]\.|de|van|von|al|bin|[A-Z][a-z]+)){0,3} [A-Z][a-z]+\b")
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")
_RUNNING = frozenset({Kind.TEXT, Kind.ITEM})
_CONTEXT = 3
"""So many words stand on each side of a proposed correction."""
_LOOK_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "bh",
        "qo",
        "vy",
        "uv",
        "ce",
        "il",
        "lt",
        "rn",
        "oc",
        "ao",
        "eo",
        "hb",
        "0o",
        "1i",
        "1l",
        "5s",
        "8b",
        "fh",
    )
)
"""Letters that OCR takes for each other (measured: domain, section 9)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands."""

    document: Edited
    span: Span

    @property
    def line(self) -> int:
        """Return the seed's line."""
        return self.document.document.text.line_at(self.span.start).number

    def __str__(self) -> str:
        """Return the place as a list names it."""
        return f"{self.document.id}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that OCR may have misread, what it may have been, and why."""

    place: Place
    word: str
    correction: str
    reason: str
    weight: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions for an edition, the likeliest first."""

    names: tuple[tuple[str, tuple[Place, ...]], ...]
    abbreviations: tuple[tuple[str, tuple[Place, ...]], ...]
    slips: tuple[Slip, ...]


def suggest(edition: Edition) -> Suggestions:
    """Return what editors may want to add to `edition`."""
    running = [(each, list(_running(each))) for each in edition.documents]
    names: defaultdict[str, list[Place]] = defaultdict(list)
    abbreviations: defaultdict[str, list[Place]] = defaultdict(list)
    for each, spans in running:
        cased = ((_NAME, names), (_ABBREVIATION, abbreviations)) if not _all_capitals(each) else ()
        for pattern, found in cased:
            for span in _matches(each, pattern, spans):
                found[each.document.text[span]].append(Place(each, span))
    words = Words(edition)
    recurring = {name: places for name, places in names.items() if len(places) > 1 and not name.startswith("The ")}
    unknown = {name: places for name, places in abbreviations.items() if not words.explained(name)}
    return Suggestions(_ranked(recurring), _ranked(unknown), tuple(_slips(running, words)))


def _all_capitals(each: Edited) -> bool:
    """Return whether a paper is typed in capitals: there, capitals mark neither names nor abbreviations."""
    letters = [c for c in each.document.text.content if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _ranked(found: dict[str, list[Place]]) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple((name, tuple(places)) for name, places in ordered)


def _running(each: Edited) -> Iterator[Span]:
    """Yield the ranges of running text; heads, stamps and furniture have their own vocabulary."""
    for label in each.document.labels:
        if label.kind in _RUNNING:
            yield label.span


def _matches(each: Edited, pattern: re.Pattern[str], spans: Iterable[Span]) -> Iterator[Span]:
    """Yield where `pattern` stands in running text that no page and no glossary entry explains yet."""
    emended = [emendation.span for emendation in each.annotation.emendations]
    explained = [*(mention.span for mention in (*each.mentions, *each.terms)), *emended]
    for span in spans:
        for match in pattern.finditer(each.document.text.content, span.start, span.end):
            found = Span(match.start(), match.end())
            if not any(found.overlaps(other) for other in explained):
                yield found


class Words:
    """The words that are known: a general English list, and those that several documents of the collection attest."""

    def __init__(self, edition: Edition) -> None:
        """Count in how many documents each word of the collection stands."""
        self._english = SpellChecker(language="en", distance=1)
        self._attested: Counter[str] = Counter()
        for each in edition.documents:
            self._attested.update({fold(word) for word in _WORD.findall(each.document.text.content)})
        names = (name for authority in edition.authorities for name in (authority.name, *authority.aliases))
        self._names = {fold(word) for name in names for word in _WORD.findall(name)}
        self._spelled = {spelling for term in edition.terms for spelling in term.spellings}

    def explained(self, abbreviation: str) -> bool:
        """Return whether an abbreviation has an entry, is a name, or is a numeral or a common word in capitals."""
        numeral = not set(abbreviation) - set("IVXLC")
        listed = abbreviation in self._spelled or fold(abbreviation) in self._names
        return numeral or listed or bool(self._english.known([fold(abbreviation)]))

    def known(self, word: str) -> bool:
        """Return whether a word is in the list, in a name, or in two documents."""
        plain = fold(word)
        return bool(self._english.known([plain])) or plain in self._names or self._attested[plain] > 1

    def best(self, word: str) -> tuple[str, str, int] | None:
        """Return the likeliest correction of a word with its reason and weight; None where nothing is near."""
        plain = fold(word)
        candidates = sorted(
            self._english.candidates(plain) or set(), key=lambda each: (-self._weight(plain, each), each)
        )
        if not candidates or candidates[0] == plain:
            return None
        best = candidates[0]
        reasons = []
        if _differ(plain, best) in _LOOK_ALIKE:
            reasons.append("letters that look alike")
        if self._attested[best]:
            reasons.append("the word stands elsewhere in this collection")
        if len(plain) != len(best):
            reasons.append("a letter too many or too few")
        return best, "; ".join(reasons or ["one letter away from a common word"]), self._weight(plain, best)

    def _weight(self, word: str, candidate: str) -> int:
        alike = 8 * (_differ(word, candidate) in _LOOK_ALIKE)
        common = min(6, len(str(int(self._english.word_frequency[candidate]))))
        return alike + 4 * bool(self._attested[candidate]) + common


def _differ(a: str, b: str) -> frozenset[str]:
    """Return the two letters in which words of one length differ, where they differ in one."""
    if len(a) != len(b):
        return frozenset()
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return frozenset(pairs[0]) if len(pairs) == 1 else frozenset()


def _slips(running: Iterable[tuple[Edited, list[Span]]], words: Words) -> list[Slip]:
    found = []
    for each, spans in running:
        capitals = _all_capitals(each)
        for span in _matches(each, _WORD, spans):
            word = each.document.text[span]
            slip = None if word.isupper() and not capitals else _slip(Place(each, span), word, words)
            if slip:
                found.append(slip)
    return sorted(found, key=lambda slip: (-slip.weight, slip.place.document.id, slip.place.span))


def _slip(place: Place, word: str, words: Words) -> Slip | None:
    """Return the slip that a word may be: unknown but near a known one, or digits among letters."""
    if word.isdigit() or len(word) < 3 or words.known(word) or not set(word) - set("IVXLC"):  # two letters say nothing
        return None
    if any(c.isdigit() for c in word) and not _mostly_letters(word):
        return None
    best = words.best(word)
    if best is None:
        return None
    correction, reason, weight = best
    return Slip(place, word, _as_cased(correction, word), reason, weight)


def _mostly_letters(word: str) -> bool:
    return sum(c.isalpha() for c in word) > sum(c.isdigit() for c in word) + 1


def _as_cased(correction: str, word: str) -> str:
    if word.isupper() or sum(c.isupper() for c in word) > len(word) // 2:
        return correction.upper()
    return correction.capitalize() if word[0].isupper() else correction


def as_markdown(suggestions: Suggestions, most: int = 20) -> str:
    """Return the suggestions as Markdown to paste: pages to write, glossary entries, and emendations by document."""
    return "\n".join((*_names(suggestions, most), *_abbreviations(suggestions, most), *_emendations(suggestions, most)))


def _names(suggestions: Suggestions, most: int) -> Iterator[str]:
    yield "## Names that recur without a page\n"
    for name, places in suggestions.names[:most]:
        slug = "-".join(fold(name).replace("'", "").replace(".", "").split())
        yield f"{name}: {len(places)} times ({_listed(places)}). To start `docs/people/{slug}.md`:\n"
        yield f"    ---\n    name: {name}\n    summary:\n    ---\n"
    if not suggestions.names:
        yield "None.\n"


def _abbreviations(suggestions: Suggestions, most: int) -> Iterator[str]:
    yield "## Abbreviations without a glossary entry\n"
    for name, places in suggestions.abbreviations[:most]:
        yield f"{name}\n:   … ({_listed(places)})\n"
    if not suggestions.abbreviations:
        yield "None.\n"


def _emendations(suggestions: Suggestions, most: int) -> Iterator[str]:
    yield "## Words that OCR may have misread\n"
    for slip in suggestions.slips[:most]:
        yield f"For `{slip.place.document.annotation.file}` (line {slip.place.line} of the seed; {slip.reason}):\n"
        yield f"> {_in_context(slip)}\n"
    if not suggestions.slips:
        yield "None.\n"


def _listed(places: tuple[Place, ...], most: int = 3) -> str:
    shown = "; ".join(map(str, places[:most]))
    return f"{shown}; …" if len(places) > most else shown


def _in_context(slip: Slip) -> str:
    """Return the slip as an emendation with the words around it, so that it can be found again."""
    text = slip.place.document.document.text
    line = text.line_at(slip.place.span.start).span
    before = text.content[line.start : slip.place.span.start].split()[-_CONTEXT:]
    after = text.content[slip.place.span.end : line.end].split()[:_CONTEXT]
    return " ".join([*before, f"{{~~{slip.word}~>{slip.correction}~~}}", *after])
