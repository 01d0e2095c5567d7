"""To whom messages were addressed, and when they were sent: a row for each addressee of each message.

Addressed to is all that a message says; who read it, and when, it does not. Only messages with a date-time group are
here: it gives the time of sending, in UTC (domain, section 5.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readingroom.editorial.edition import Edited, Edition
from readingroom.export.tables import Cell, Table
from readingroom.model.document import Addressee


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose time of sending is known."""

    document: Edited

    @property
    def sent(self) -> str:
        """Return when it was sent: `1994-04-08T10:37:00Z`."""
        return str(self.document.fields["sent"].value)

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """Return to whom it was addressed, in its order."""
        return self.document.document.addressees

    def field(self, key: str) -> str:
        """Return a field's words, empty where the message does not say; of a list, the items parted by `; `."""
        found = self.document.fields.get(key)
        if found is None:
            return ""
        return found.value if isinstance(found.value, str) else "; ".join(found.value)


@dataclass(frozen=True, slots=True)
class Addressed:
    """One message to one addressee."""

    message: Message
    addressee: Addressee


def messages(edition: Edition) -> tuple[Message, ...]:
    """Return the messages whose time of sending is known, in order of it."""
    found = (Message(each) for each in edition.documents if "sent" in each.fields)
    return tuple(sorted(found, key=lambda each: (each.sent, each.document.id)))


def by_addressee(sent: tuple[Message, ...]) -> Mapping[str, tuple[Addressed, ...]]:
    """Return what was addressed to each post or office in order of time, by its name as the address lines have it.

    Names are the same that differ in white space alone; which posts two spellings name, no words settle.
    """
    found: defaultdict[str, list[Addressed]] = defaultdict(list)
    for message in sent:
        for addressee in message.addressees:
            found[" ".join(addressee.name.split())].append(Addressed(message, addressee))
    return {name: tuple(found[name]) for name in sorted(found)}


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    for message in messages(edition):
        for addressee in message.addressees:
            yield (
                message.document.id,
                message.sent,
                message.field("from"),
                message.field("number"),
                " ".join(addressee.name.split()),
                addressee.role,
                addressee.precedence or "",
                f"documents/{message.document.id}/",
            )


ADDRESSEES = Table(
    "addressees",
    "Addressed to, and when",
    "an addressee of a message whose time of sending is known; it does not say who read the message",
    {
        "document": "the message’s id in this collection",
        "sent": "its time of sending by its date-time group, in UTC",
        "from": "the sender, as written",
        "number": "the message’s own number",
        "addressee": "the post or office that it was addressed to, as written",
        "role": "action or info",
        "precedence": "with which it was to be delivered to this addressee; empty where the line does not say",
        "url": "address of the message’s page, below the site’s",
    },
    _rows,
)
