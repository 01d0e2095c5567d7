"""From readings to one description: of several readings of a key the best wins; title and type are made where none."""

from __future__ import annotations

from collections.abc import Mapping

from readingroom.model.document import Document, Field, Origin, Part, Seed
from readingroom.model.labels import Certainty, Kind, Reading
from readingroom.model.text import Span
from readingroom.recognize import parts
from readingroom.recognize.sheet import Sheet


def describe(seed: Seed, sheet: Sheet) -> Document:
    """Return the document with its fields; where the file holds several, each part has its own."""
    starts = [0, *parts.starts(sheet)]
    stops = [*starts[1:], len(seed.text.content)]
    described = [_fields(sheet, Span(a, b), main=a == 0) for a, b in zip(starts, stops, strict=True)]
    fields = described[0]
    fields["title"] = _title(fields)
    return Document(
        source=seed.source,
        text=seed.text,
        labels=tuple(sheet.labels),
        marks=sheet.marks,
        fields=fields,
        doubts=tuple(sheet.doubts),
        addressees=tuple(sheet.addressees),
        redactions=tuple(sheet.redactions),
        references=tuple(sheet.references),
        parts=_parts(sheet, starts, stops, described) if len(starts) > 1 else (),
        joins=tuple(sheet.joins),
        page_starts=tuple(sheet.page_starts),
        gaps=tuple(sheet.gaps),
    )


def _fields(sheet: Sheet, span: Span, *, main: bool) -> dict[str, Field]:
    """Return the best reading of each key in `span`; release and classification are the whole paper's."""
    best: dict[str, Reading] = {}
    handling: dict[str, Reading] = {}
    for reading in sheet.readings:
        of_paper = reading.key.startswith(("release.", "identifiers.")) or reading.key in {
            "classification",
            "declassify_on",
        }
        if not (reading.span in span or (main and of_paper)) or (of_paper and not main):
            continue
        if reading.key == "handling":
            handling.setdefault(str(reading.value), reading)
        elif reading.key not in best or reading.rank < best[reading.key].rank:
            best[reading.key] = reading
    fields = {key: Field(r.value, r.span, r.certainty) for key, r in best.items()}
    if handling:
        first = next(iter(handling.values()))
        fields["handling"] = Field(tuple(handling), first.span, first.certainty)
    _settle_type(sheet, span, fields)
    if main and "classification" not in fields:
        fields["classification"] = Field("unmarked", None, Certainty.INFERRED, Origin.MADE)
    return fields


def _settle_type(sheet: Sheet, span: Span, fields: dict[str, Field]) -> None:
    if "type" in fields:
        return
    memo = next(
        (
            label
            for label in sheet.of_kind(Kind.HEAD)
            if label.span in span and sheet.plain(label.span).upper().startswith("MEMO")
        ),
        None,
    )
    if memo:
        fields["type"] = Field("memorandum", memo.span)
    else:
        fields["type"] = Field("other", None, Certainty.INFERRED, Origin.MADE)


def _title(fields: Mapping[str, Field]) -> Field:
    """Return the subject, else the archive's title; else one made of type, number, addressee, date (design)."""
    subject = fields.get("subject")
    if subject is not None:
        return Field(subject.value, subject.span, subject.certainty)
    record = fields.get("record.title")
    if record is not None:
        return Field(record.value, record.span, Certainty.INFERRED)
    words = [str(fields["type"].value).capitalize()] if fields["type"].value != "other" else ["Document"]
    if "number" in fields:
        words.append(str(fields["number"].value))
    elif "to" in fields:
        words.append(f"to {fields['to'].value[0]}")
    title = " ".join(words)
    date = fields.get("date")
    return Field(f"{title}, {date.value}" if date else f"{title}, undated", None, Certainty.INFERRED, Origin.MADE)


def _parts(sheet: Sheet, starts: list[int], stops: list[int], described: list[dict[str, Field]]) -> tuple[Part, ...]:
    found = []
    for start, stop, fields in zip(starts, stops, described, strict=True):
        last = max((label.span.end for label in sheet.labels if label.span.end <= stop), default=stop)
        lines = (sheet.text.line_at(start).number, sheet.text.line_at(last - 1).number)
        found.append(Part(str(_title(fields).value), str(fields["type"].value), lines, fields))
    return tuple(found)
