"""From readings to one description: of several readings of a key the best wins; title and type are made where none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readingroom.dates import in_words
from readingroom.model.document import Body, Document, Field, Origin, Part, Seed
from readingroom.model.labels import Certainty, Doubt, Kind, Reading
from readingroom.recognize.kinds import is_cover
from readingroom.recognize.markings import level_of
from readingroom.recognize.plausible import Verdict, judged
from readingroom.recognize.sheet import Sheet


def describe(seed: Seed, sheet: Sheet, papers: Sequence[Sheet]) -> Document:
    """Return the document with its fields: those of its first paper, and where the file holds several, each one's own.

    A routing sheet is a paper, but over another: the document is what lies below it.
    """
    main = next((paper for paper in papers if not is_cover(paper)), papers[0])
    fields = _document_fields(sheet, main)
    return Document(
        source=seed.source,
        kept=Body(seed.text, tuple(sheet.labels), sheet.marks, tuple(sheet.joins)),
        line_count=len(seed.text.starts),
        fields=fields,
        doubts=(*_open(main, fields), *_refused(main, fields)),
        addressees=tuple(main.addressees),
        redactions=tuple(sheet.redactions),
        references=tuple(sheet.references),
        parts=tuple(_part(sheet, paper, papers[0]) for paper in papers) if len(papers) > 1 else (),
        page_starts=tuple(sheet.page_starts),
        gaps=tuple(sheet.gaps),
    )


def _document_fields(sheet: Sheet, main: Sheet) -> dict[str, Field]:
    """Return the fields of the document: its main paper's, and what archive, release and markings say of the file."""
    of_file = [] if main is sheet else [reading for reading in sheet.readings if _of_the_file(sheet, reading)]
    fields = _fields(main, [*of_file, *main.readings])
    if "classification" not in fields:
        fields["classification"] = Field("unmarked", None, Certainty.INFERRED, Origin.MADE)
    fields["title"] = _title(fields)
    return fields


def _of_the_file(sheet: Sheet, reading: Reading) -> bool:
    """Return whether a reading is of the whole file: of its archive, its release or its markings, no paper's own."""
    return (
        reading.key.startswith(("release.", "identifiers.", "record."))
        or reading.key in {"classification", "declassify_on", "duration"}
        or sheet.line_at(reading.span.start).number < sheet.begins
    )


def _fields(sheet: Sheet, readings: Iterable[Reading]) -> dict[str, Field]:
    """Return the best of the readings of each key."""
    best: dict[str, Reading] = {}
    handling: dict[str, Reading] = {}
    for reading in _plausible(readings):
        if reading.key == "handling":
            handling.setdefault(str(reading.value), reading)
        elif reading.key not in best or reading.rank < best[reading.key].rank:
            best[reading.key] = reading
    fields = {key: Field(r.value, r.span, r.certainty) for key, r in best.items()}
    if handling:
        first = next(iter(handling.values()))
        fields["handling"] = Field(tuple(handling), first.span, first.certainty)
    _settle_type(sheet, fields)
    return fields


def _plausible(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings but those whose words can be no such value; what is garbled is never exact."""
    for reading in readings:
        verdict, _ = judged(reading.key, reading.value)
        if verdict is Verdict.GARBLED and reading.certainty is Certainty.EXACT:
            yield reading._replace(certainty=Certainty.DAMAGED)
        elif verdict is not Verdict.NONE:
            yield reading


def _open(sheet: Sheet, fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """Yield the doubts; of those of a field left unread the first, and none where other words settle it exactly."""
    settled = {key for key, field in fields.items() if field.certainty is Certainty.EXACT}
    for doubt in sheet.doubts:
        if not doubt.unread or doubt.key not in settled:
            yield doubt
        if doubt.unread:
            settled.add(doubt.key)


def _refused(sheet: Sheet, fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """Yield a doubt for each field of which only words were read that can be no such value."""
    settled = {*fields, *(doubt.key for doubt in sheet.doubts)}
    for reading in sheet.readings:
        verdict, reason = judged(reading.key, reading.value)
        if verdict is Verdict.NONE and reading.key not in settled:
            settled.add(reading.key)
            yield Doubt(reading.key, reading.span, reason)


def _settle_type(sheet: Sheet, fields: dict[str, Field]) -> None:
    if "type" in fields:
        return
    memo = next(
        (label for label in sheet.of_kind(Kind.HEAD) if sheet.plain(label.span).upper().startswith("MEMO")),
        None,
    )
    if memo:
        fields["type"] = Field("memorandum", memo.span)
    else:
        fields["type"] = Field("other", None, Certainty.INFERRED, Origin.MADE)


def _title(fields: Mapping[str, Field]) -> Field:
    """Return the subject, else the archive's title; else one made of type, number, addressee, date (design).

    A garbled subject heads no page.
    """
    subject = fields.get("subject")
    if subject is not None and judged("subject", subject.value)[0] is Verdict.SOUND:
        return Field(subject.value, subject.span, subject.certainty)
    record = fields.get("record.title") or fields.get("record.Subject")
    if record is not None:
        return Field(record.value, record.span, Certainty.INFERRED)
    words = [str(fields["type"].value).capitalize()] if fields["type"].value != "other" else ["Document"]
    if "number" in fields:
        words.append(str(fields["number"].value))
    elif "to" in fields and fields["to"].certainty is not Certainty.DAMAGED:
        words.append(f"to {fields['to'].value[0]}")
    date = fields.get("date")
    when = in_words(str(date.value)) if date else "undated"
    return Field(f"{' '.join(words)}, {when}", None, Certainty.INFERRED, Origin.MADE)


def _part(sheet: Sheet, paper: Sheet, first: Sheet) -> Part:
    """Return what was read of one paper among several; its lines are the file's, from its first words to its last.

    The first begins at the top of the file, or right below the archive's cover sheet.
    """
    fields = _fields(paper, (reading for reading in paper.readings if not _of_the_file(sheet, reading)))
    level = level_of(paper)
    if level is not None:
        fields["classification"] = level
    inked = [line.start for line in paper.lines if line.words]
    top = sheet.begins if paper is first else sheet.line_at(inked[0]).number
    lines = (top, sheet.line_at(inked[-1]).number)
    return Part(str(_title(fields).value), str(fields["type"].value), lines, fields)
