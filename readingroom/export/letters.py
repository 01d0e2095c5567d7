"""The table of who wrote to whom: one row for each letter from one sender to one receiver."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.correspondence import Letter, Party, correspondence
from readingroom.editorial.edition import Edition
from readingroom.export.tables import Cell, Table


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    for letter in correspondence(edition).letters:
        for sender in letter.senders:
            for receiver in letter.receivers:
                yield _row(letter, sender, receiver)


def _row(letter: Letter, sender: Party, receiver: Party) -> tuple[Cell, ...]:
    return (
        sender.name,
        sender.authority or "",
        receiver.name,
        receiver.authority or "",
        letter.date or "",
        letter.document.id,
        letter.line or "",
        f"documents/{letter.document.id}/{f'#L{letter.line}' if letter.line else ''}",
    )


CORRESPONDENCE = Table(
    "correspondence",
    "Who wrote to whom",
    "a letter, of whatever type of document, from one sender to one addressee for action; where there are several, "
    "there is a row for each pair",
    {
        "from": "the sender: its name in this edition where it has a page, else as typed",
        "from_id": "id of the sender’s page",
        "to": "the addressee, in the same way",
        "to_id": "id of the addressee’s page",
        "date": "of the letter, in EDTF",
        "document": "the document’s id",
        "line": "where the letter is a part of the document, the line on which the part begins",
        "url": "address of the document’s page, below the site’s",
    },
    _rows,
)
