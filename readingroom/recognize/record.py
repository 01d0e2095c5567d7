"""Archival cover sheets: what the archive's form says of a document, kept apart from what the document says.

The form's labels and their variants are data (`cover_sheets.yml`). Its blanks and fillers are no values, and the day on
which it was printed is none of its fields (domain, section 2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import punctuation
from typing import Any

from readingroom.data import table
from readingroom.model.labels import Certainty, Kind
from readingroom.model.text import Span
from readingroom.recognize.dates import dates_in
from readingroom.recognize.misreadings import folded, nearest
from readingroom.recognize.sheet import Piece, Sheet

_FILLER = re.compile(
    r"(?:0?0[/-]0?0[/-]\d{2,4}|0?1/0?1/1900"
    r"|RESTRICTED|NO (?:TITLE|SUBJECT|DATE|FROM|TO)|NONE|N/A|BLANK)?$",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"(?:^|/)0+/")
_LABEL = re.compile(r"\W{0,3}(?P<label>[A-Z][A-Z -]{1,22}?)\s*[:;]\s*", re.IGNORECASE)
_QUALIFIER = re.compile(r"(?:ORIGINAL|NEW)$")
_FOOT = re.compile(
    r"(?:v?9\.\d(?:\s\d)?|\[R\]\W*ITEM IS RESTRICTED|(?:Date|Page)\s*:.{0,14}|JFK Act.{0,20})$", re.IGNORECASE
)
_SEARCHED = 60
"""So many lines from the top a form is looked for; it stands on the first page."""
_PRINTED = 6
"""Labels of fewer letters need their colon: shorter ones are words of any sentence."""
_NUMBER_LINES = 12
_FILLS = {"FROM": "from", "TO": "to"}
_KINDS = {
    **{
        kind: kind
        for kind in ("memorandum", "cable", "letter", "dispatch", "report", "form", "transcript", "note", "list")
    },
    "deposition": "transcript",
    "testimony": "transcript",
    "telegram": "cable",
    "newspaper": "press",
}
"""Words of the form's own for a kind; `paper` and `textual document` are none."""
_RANK = 90
"""What the archive says of a document yields to anything that the document says of itself."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of an archive's, from the table `cover_sheets`."""

    titles: tuple[str, ...]
    spelled: Mapping[str, str]
    """the label of each variant"""
    printed: tuple[str, ...]
    """the variants that are long enough to be misread"""
    bare: re.Pattern[str]
    """a long variant whose colon is lost"""
    needed: frozenset[str]
    last: str
    number: re.Pattern[str]
    run_on: re.Pattern[str]
    """the number behind a digit that is none of its own"""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> _Form:
        spelled = {variant: label for label, variants in entry["labels"].items() for variant in variants}
        printed = tuple(sorted((v for v in spelled if len(v) >= _PRINTED), key=len, reverse=True))
        return cls(
            titles=tuple(entry["titles"]),
            spelled=spelled,
            printed=printed,
            bare=re.compile(rf"(?P<label>{'|'.join(map(re.escape, printed))})(?: |$)"),
            needed=frozenset(entry["needed"]),
            last=entry["last"],
            number=re.compile(entry["number"]),
            run_on=re.compile(entry["number"].removeprefix(r"\b")),
        )

    def label_of(self, words: str) -> tuple[str, int]:
        """Return the label at the start of `words`, and where its value begins; no label is the empty string."""
        match = _LABEL.match(words) if ":" in words or ";" in words else None
        if match:
            said = " ".join(match["label"].upper().replace("-", " ").split())
            known = said if said in self.spelled else nearest(said, self.printed, 1)
            if known:
                return self.spelled[known], match.end()
        match = self.bare.match(words)
        return (self.spelled[match["label"]], match.end()) if match else ("", 0)


_FORMS = tuple(map(_Form.of, table("cover_sheets").values()))


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    piece: Piece
    value: Piece


def recognize(sheet: Sheet) -> None:
    """Label the archive's form, read `record.*` and the record's number; fill what the document may leave open."""
    for form in _FORMS:
        _form(sheet, form)
        _bare_number(sheet, form)


def _form(sheet: Sheet, form: _Form) -> None:
    entries = list(_entries(sheet, form))
    if not form.needed <= {entry.label for entry in entries}:
        return
    spans = [_value(sheet, form, entry) for entry in entries]
    _label_form(sheet, form, entries[0].piece.number, max(_last_line(sheet, span) for span in spans))
    taken: set[str] = set()
    for entry, span in zip(entries, spans, strict=True):
        if entry.label in taken or (entry.label == "DATE" and "ORIGINATOR" not in taken):
            continue
        taken.add(entry.label)
        words = sheet.plain(span) if span else ""
        if not _FILLER.match(words.strip(punctuation + " ")):
            _read(sheet, entry.label, words, span)


def _entries(sheet: Sheet, form: _Form) -> Iterator[_Entry]:
    """Yield the form's labelled lines, down to its last label."""
    qualifier = ""
    for line in sheet.lines[:_SEARCHED]:
        words = folded(line.words)
        label, end = ("", 0) if words.upper() in form.titles else form.label_of(f"{qualifier}{words}")
        if label:
            end -= len(qualifier)
            value = line.within(Span(line.place(end), line.end)) if end < len(words) else line.within(_end(line))
            yield _Entry(label, line, value)
        if label == form.last:
            return
        qualifier = f"{words} " if _QUALIFIER.match(words) else ""


def _end(line: Piece) -> Span:
    return Span(line.end, line.end)


def _value(sheet: Sheet, form: _Form, entry: _Entry) -> Span:
    """Return the range of a field's value: the rest of its line, and the lines down to the next label or a gap."""
    start = entry.value.start if not entry.value.blank else None
    end = entry.piece.end
    gap = False
    for line in sheet.lines[entry.piece.number :]:
        if line.blank:
            if start is not None or entry.label == form.last or gap:
                break
            gap = True
            continue
        if _ends_value(sheet, form, line):
            break
        start, end = line.start if start is None else start, line.end
    return Span(end, end) if start is None else Span(start, end)


def _ends_value(sheet: Sheet, form: _Form, line: Piece) -> bool:
    words = folded(line.words)
    return bool(
        form.label_of(words)[0]
        or words.upper() in form.titles
        or _QUALIFIER.match(words)
        or _FOOT.match(words)
        or sheet.labels_on(line)
        or not any(c.isalnum() for c in words)
    )


def _last_line(sheet: Sheet, span: Span) -> int:
    return sheet.line_at(span.end - 1).number


def _label_form(sheet: Sheet, form: _Form, first: int, last: int) -> None:
    """Label every line of the form, its titles above and its foot below included; the document begins after it."""
    while (above := sheet.next_inked(sheet.lines[first - 1], -1)) and (
        any(above.words.upper().startswith(title) for title in form.titles) or _FOOT.match(above.words)
    ):
        first = above.number
    while (below := sheet.next_inked(sheet.lines[last - 1])) and _FOOT.match(below.words):
        last = below.number
    for line in sheet.lines[first - 1 : last]:
        for piece in sheet.free(line):
            sheet.label(piece.span, Kind.COVER_SHEET)
    sheet.begins = last + 1


def _read(sheet: Sheet, label: str, words: str, span: Span) -> None:
    sheet.read(f"record.{label.lower().replace(' ', '_')}", words, span)
    if label == "RECORD NUMBER":
        sheet.read("identifiers.record", words, span)
    elif label == "ORIGINATOR":
        sheet.read("originator", words, span, Certainty.INFERRED, _RANK)
    elif label in _FILLS and re.search(r"[^\W\d]{2}", words):
        sheet.read(_FILLS[label], (words,), span, Certainty.INFERRED, _RANK)
    elif label == "DOCUMENT TYPE":
        named = re.match(r"\W*(?P<kind>\w+)", words.lower())
        if named and named["kind"] in _KINDS:
            sheet.read("type", _KINDS[named["kind"]], span, Certainty.INFERRED, _RANK)
    elif label == "DATE" and not _NO_DAY.search(words):
        for date in dates_in(words)[:1]:
            sheet.read("date", date.edtf, span, Certainty.INFERRED, _RANK)


def _bare_number(sheet: Sheet, form: _Form) -> None:
    """Read a record number that stands alone near the top, or before the release line, where no form gives it."""
    for line in sheet.lines[:_NUMBER_LINES]:
        match = _found(form, line.words)
        if match is None:
            continue
        start, end, damaged = match
        certainty = Certainty.DAMAGED if damaged else Certainty.EXACT
        span = line.at(start, end)
        sheet.read_words("identifiers.record", span, certainty, rank=10)
        bare = not re.search(r"\w", line.words[:start] + line.words[end:])
        sheet.label(line.span if bare else span, Kind.ARCHIVAL_MARK, certainty)


def _found(form: _Form, words: str) -> tuple[int, int, bool] | None:
    """Return where the number stands; a digit that OCR put before it makes it damaged. A sentence holds no number."""
    match = form.number.search(words)
    if match and not re.search(r"[a-z]{2}", words[: match.start()]) and not _prose(words[match.end() :]):
        return match.start(), match.end(), False
    inner = form.run_on.search(words)
    if inner and re.match(r"\W*\d{1,2}$", words[: inner.start()]) and not _prose(words[inner.end() :]):
        return inner.start(), inner.end(), True
    return None


def _prose(words: str) -> bool:
    return len(re.findall(r"\b[a-z]{2,}", words)) > 1
