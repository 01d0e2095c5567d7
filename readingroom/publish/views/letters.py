"""Who wrote to whom: the table of pairs, the list of the letters of each, and a picture where there are enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readingroom.dates import earliest, in_words
from readingroom.editorial.correspondence import Correspondence, Letter, Pair, Party, correspondence
from readingroom.editorial.edition import Edition
from readingroom.publish.views.listing import Link, Listing
from readingroom.publish.views.made import Made
from readingroom.publish.views.matrix import LETTERS_FOR_A_PICTURE, matrix
from readingroom.publish.views.paging import sheets
from readingroom.publish.views.words import between, clipped, date_of

CORRESPONDENCE = Link("Who wrote to whom", "correspondence/")
_MARKUP = 260
"""Bytes of a row beside its words and addresses (overrides/correspondence.html)."""
_CELL = 260
"""Bytes of a cell of the picture (overrides/partials/matrix.html)."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Side:
    """A sender or receiver as a table shows it."""

    name: str
    address: str
    """of its page; empty where it has none"""


@dataclass(frozen=True, slots=True)
class PairRow:
    """The letters from one to another. Context variable `rows`."""

    sender: Side
    receiver: Side
    letters: int
    dated: str
    sorted: str
    """first possible day of the first, ISO; undated last"""
    address: str
    """of the one document, else of their list"""


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the table of pairs, and the list of each pair with more than one document."""
    found = correspondence(edition)
    drawn = matrix(found.pairs, [address_of(pair) for pair in found.pairs]) if _is_drawn(found) else None
    rows = map(pair_row, found.pairs)
    for sheet in sheets(CORRESPONDENCE.address, rows, _size, _CELL * len(drawn.cells) if drawn else 0):
        context = {
            "matrix": drawn if sheet.number == 1 else None,
            "sheet": sheet,
            "letters": found.complete,
            "pairs": len(found.pairs),
        }
        yield Made(sheet.uri, sheet.titled(CORRESPONDENCE.name), "correspondence.html", partial(dict, context))
    for pair in found.pairs:
        if len(pair.documents) > 1:
            yield from _listing(pair).pages()


def _is_drawn(found: Correspondence) -> bool:
    return found.complete >= LETTERS_FOR_A_PICTURE


def pair_row(pair: Pair) -> PairRow:
    """Return a pair as a row of a table."""
    dated = [letter for letter in pair.letters if letter.date]
    return PairRow(
        sender=_side(pair.sender),
        receiver=_side(pair.receiver),
        letters=len(pair.letters),
        dated=between([_when(letter) for letter in dated]),
        sorted=earliest(dated[0].date if dated else None).isoformat(),
        address=address_of(pair),
    )


def address_of(pair: Pair) -> str:
    """Return where the letters of a pair are: the document, with its line for a part, or the list of the documents."""
    if len(pair.documents) > 1:
        return f"{CORRESPONDENCE.address}{pair.sender.key}/to/{pair.receiver.key}/"
    letter = pair.letters[0]
    return f"documents/{letter.document.id}/{f'#L{letter.line}' if letter.line else ''}"


def _when(letter: Letter) -> str:
    return in_words(letter.date) if letter.line and letter.date else date_of(letter.document)


def _listing(pair: Pair) -> Listing:
    sender, receiver = clipped(pair.sender.name, _LONGEST), clipped(pair.receiver.name, _LONGEST)
    return Listing(address_of(pair), receiver, f"{sender} to {receiver}", pair.documents, above=(CORRESPONDENCE,))


def _side(party: Party) -> Side:
    return Side(clipped(party.name, _LONGEST), f"{party.authority}/" if party.authority else "")


def _size(row: PairRow) -> int:
    words = (row.sender.name, row.receiver.name, row.dated, row.address, row.sender.address, row.receiver.address)
    return _MARKUP + sum(len(each.encode()) for each in words)
