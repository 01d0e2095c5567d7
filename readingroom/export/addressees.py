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
from readingroom.model.document import Addressee, Field, Part

_ROLES = {"to": "action", "info": "info"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose time of sending is known: a document, or one of several papers of its file."""

    document: Edited
    part: Part | None = None
    """None where it is the document itself"""

    @property
    def fields(self) -> Mapping[str, Field]:
        """Return what was read of it."""
        return self.part.fields if self.part else self.document.fields

    @property
    def title(self) -> str:
        """Return its title."""
        return self.part.title if self.part else self.document.title

    @property
    def url(self) -> str:
        """Return the address at which it begins, below the site's."""
        page = f"documents/{self.document.id}/"
        return f"{page}#L{self.part.lines[0]}" if self.part else page

    @property
    def anchor(self) -> str:
        """Return its own among all messages: `m-<document's id>`, with the first line of a paper among several."""
        return f"m-{self.document.id}_{self.part.lines[0]}" if self.part else f"m-{self.document.id}"

    @property
    def sent(self) -> str:
        """Return when it was sent: `1994-04-08T10:37:00Z`."""
        return str(self.fields["sent"].value)

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """Return to whom it was addressed, in its order; of a paper among several no precedences are known."""
        if self.part is None:
            return self.document.document.addressees
        named = ((role, self.fields[key]) for key, role in _ROLES.items() if key in self.fields)
        return tuple(
            Addressee(name, role, None, found.span) for role, found in named if found.span for name in found.value
        )

    def field(self, key: str) -> str:
        """Return a field's words, empty where the message does not say; of a list, the items parted by `; `."""
        found = self.fields.get(key)
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
    found = (message for each in edition.documents for message in _of_file(each))
    return tuple(sorted(found, key=lambda each: (each.sent, each.document.id)))


def _of_file(edited: Edited) -> Iterator[Message]:
    """Yield the document, and the other papers of its file, that are messages with a time of sending."""
    if "sent" in edited.fields:
        yield Message(edited)
    own = edited.document.fields.get("sent")
    for part in edited.document.parts:
        sent = part.fields.get("sent")
        if sent is not None and (own is None or sent.span != own.span):
            yield Message(edited, part)


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
                message.url,
            )


ADDRESSEES = Table(
    "addressees",
    "Addressed to, and when",
    "an addressee of a message whose time of sending is known; it does not say who read the message",
    {
        "document": "the id of the document that the message is, or among whose papers it stands",
        "sent": "its time of sending by its date-time group, in UTC",
        "from": "the sender, as written",
        "number": "the message’s own number",
        "addressee": "the post or office that it was addressed to, as written",
        "role": "action or info",
        "precedence": "with which it was to be delivered to this addressee; empty where the line does not say",
        "url": "address at which the message begins, below the site’s",
    },
    _rows,
)
