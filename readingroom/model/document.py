"""A document: a seed's text under its labels, with what was read from it; frozen from here on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import starmap
from typing import NamedTuple

from readingroom.model.labels import Certainty, Doubt, Kind, Label, Mark, OcrMark, Value
from readingroom.model.text import Span, Text


class Quick:
    """What is sent and kept by the thousand: as its values in their order, without asking what fields it has."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Return the class and the values to call it with."""
        names: Iterable[str] = type(self).__slots__
        return type(self), tuple(getattr(self, name) for name in names if name != "__weakref__")


@dataclass(frozen=True, slots=True)
class Source(Quick):
    """Where a text came from: the seed's path below the collection, its digest and its encoding."""

    file: str
    stem: str
    id: str
    sha256: str
    encoding: str
    size: int
    """bytes"""


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed as read: where from, and its text."""

    source: Source
    text: Text


class Origin(StrEnum):
    """Who says what a field says; shown differently, listed under `supplied` and `edited` in the front matter."""

    READ = "read"
    """a recognizer read it from the seed's words"""
    SUPPLIED = "supplied"
    """an editor says so; it stands nowhere in the seed; shown in square brackets"""
    EDITED = "edited"
    """an editor read or chose it from the seed's words"""
    MADE = "made"
    """put together from other fields, as a title from type, number and date"""


class Field(NamedTuple):
    """One metadata value and the words it was read from (`span` is None where no words of the seed say it)."""

    value: Value
    span: Span | None
    certainty: Certainty = Certainty.EXACT
    origin: Origin = Origin.READ


class Addressee(NamedTuple):
    """One addressee of a message, as its address lines have it."""

    name: str
    role: str
    """`action` or `info`"""
    precedence: str | None
    span: Span


class Redaction(NamedTuple):
    """A passage that the government withheld: where, under which exemptions, and the seed's own mark for it."""

    id: str
    span: Span
    line: int
    exemptions: tuple[str, ...]
    """normalized, e.g. `E.O. 13526 1.4(d)`"""
    as_written: str
    extent: str | None = None


class Gap(NamedTuple):
    """Words that the paper has and the text has not, though nobody withheld them, as a bracket of the text says."""

    span: Span
    line: int
    reason: str
    """illegible, garbled or not transcribed"""
    as_written: str


class Reference(NamedTuple):
    """A message, resolution or document that the words cite; `normalized` is None where they do not settle which."""

    span: Span
    as_written: str
    normalized: str | None
    letter: str = ""
    """under which an item of a telegram's reference line stands; empty for any other"""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several documents in a seed: its lines (first and last, from 1) and what was read of it alone."""

    title: str
    type: str
    lines: tuple[int, int]
    fields: Mapping[str, Field] = field(default_factory=dict)


class Join(NamedTuple):
    """The words up to `before` go on at `after`: only page furniture or an empty line stands between."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Body:
    """A document's words with every range that was labelled in them: what its own page needs, and hardly any other."""

    text: Text
    labels: tuple[Label, ...]
    """sorted; none over another"""
    marks: tuple[OcrMark, ...]
    joins: tuple[Join, ...]

    def __reduce__(self) -> tuple[Callable[..., Body], tuple[object, ...]]:
        """Return what makes the same body again: plain values, which are packed many times faster than records."""
        labels = [(*span, *said) for span, *said in self.labels]
        marks = [(*span, mark) for span, mark in self.marks]
        return _unpacked, (self.text.content, labels, marks, list(map(tuple, self.joins)))


def _unpacked(
    content: str,
    labels: list[tuple[int, int, Kind, Certainty, Mapping[str, str]]],
    marks: list[tuple[int, int, Mark]],
    joins: list[tuple[int, int]],
) -> Body:
    return Body(
        Text(content),
        tuple(Label(Span(start, end), kind, certainty, detail) for start, end, kind, certainty, detail in labels),
        tuple(OcrMark(Span(start, end), mark) for start, end, mark in marks),
        tuple(starmap(Join, joins)),
    )


@dataclass(frozen=True, slots=True)
class Document(Quick):
    """Everything that is known of one seed; the seed's text is untouched.

    Of many documents all but the body is kept at hand; the body is called up where it is asked for.
    """

    source: Source
    kept: Body | Callable[[str], Body]
    """the body, or what calls it up by the source's file from where it is kept"""
    line_count: int
    fields: Mapping[str, Field]
    doubts: tuple[Doubt, ...]
    addressees: tuple[Addressee, ...]
    redactions: tuple[Redaction, ...]
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]
    page_starts: tuple[int, ...]
    """offsets at which a new page of the paper begins"""
    gaps: tuple[Gap, ...] = ()

    @property
    def body(self) -> Body:
        """Return the words and their labels."""
        return self.kept if isinstance(self.kept, Body) else self.kept(self.source.file)

    @property
    def text(self) -> Text:
        """Return the seed's text."""
        return self.body.text

    @property
    def labels(self) -> tuple[Label, ...]:
        """Return the labels, sorted; none overlaps another."""
        return self.body.labels

    @property
    def marks(self) -> tuple[OcrMark, ...]:
        """Return OCR's own marks."""
        return self.body.marks

    @property
    def joins(self) -> tuple[Join, ...]:
        """Return where words go on over page furniture or an empty line."""
        return self.body.joins
