"""Addressed to, and when: messages by the time of their sending, and what was addressed to each post or office.

What is said is always "addressed to": a message does not say who read it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from readingroom.dates import in_words
from readingroom.digests import digest_of
from readingroom.editorial.edition import Edition
from readingroom.export.addressees import Addressed, Message, by_addressee, messages
from readingroom.publish.views.chart import Chart, chart
from readingroom.publish.views.made import MOST_ROWS, Made, address, page_uri, split

_ADDRESSEES = "known/addressees.md"
_FOREMOST = 12
"""So many of the most addressed stand on the overview."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post or office that messages are addressed to."""

    name: str
    url: str
    action: int
    info: int
    first: str
    last: str

    @property
    def messages(self) -> int:
        """Return how many messages are addressed to it."""
        return self.action + self.info


@dataclass(frozen=True, slots=True)
class Line:
    """One message in a table, addressed to all or, where `role` says how, to one."""

    anchor: str
    title: str
    url: str
    day: str
    time: str
    """of the day, UTC: `10:37`"""
    sender: str
    number: str
    precedence: str
    action: tuple[tuple[str, str], ...]
    """names and addresses of those whose action was asked"""
    info: tuple[tuple[str, str], ...]
    role: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year's messages."""

    year: str
    url: str
    messages: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A chart with the address to which each of its columns leads."""

    chart: Chart
    urls: tuple[str, ...]
    """one for each column; empty for an empty column"""


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the overview, the messages of each year, the index of addressees, and the page of each."""
    sent = messages(edition)
    addressed = by_addressee(sent)
    uris = _uris(addressed)
    yield Made("known.md", "Addressed to, and when", "known.html", partial(_overview, sent, addressed, uris))
    for year, some in _by_year(sent).items():
        context = partial(_of_year, year, uris)
        yield from split(
            _year_uri(year), f"Messages of {year}", "known-messages.html", some, context, partial(_on, uris)
        )
    if addressed:
        posts = tuple(_post(name, some, uris) for name, some in addressed.items())
        yield from split(_ADDRESSEES, "Addressees", "known-addressees.html", posts, lambda rows: {"posts": rows})
    for name, each in addressed.items():
        context = partial(_to_one, name, each, uris)
        yield from split(uris[name], f"Addressed to {name}", "known-addressee.html", each, context, _on_all(each, uris))


def _on(uris: Mapping[str, str], message: Message) -> object:
    """Return what the line of a message is made from."""
    at = tuple(uris[" ".join(addressee.name.split())] for addressee in message.addressees)
    return message.anchor, message.document.id, message.document.facts, at


def _on_all(everything: Sequence[Addressed], uris: Mapping[str, str]) -> Callable[[Addressed], object]:
    """Return what each line of an addressee's page is made from: the head of each page counts them all."""
    lines = digest_of([_on(uris, each.message) for each in everything])
    return lambda each: (lines, each.addressee)


@lru_cache(maxsize=1)  # asked for by pages and by what decides which of them are printed
def addressee_at(edition: Edition) -> Mapping[str, str]:
    """Return where each addressee has its page, by its name as written: its address below the site's."""
    return {name: address(uri) for name, uri in _uris(by_addressee(messages(edition))).items()}


def _uris(addressed: Mapping[str, object]) -> Mapping[str, str]:
    """Return where each addressee has its page, below docs."""
    taken = Counter[str]()
    uris = {}
    for name in addressed:
        slug = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "unnamed"
        taken[slug] += 1
        uris[name] = f"known/to/{slug}.md" if taken[slug] == 1 else f"known/to/{slug}_{taken[slug]}.md"
    return uris


def _by_year(sent: Sequence[Message]) -> Mapping[str, Sequence[Message]]:
    found: defaultdict[str, list[Message]] = defaultdict(list)
    for message in sent:
        found[message.sent[:4]].append(message)
    return found


def _year_uri(year: str) -> str:
    return f"known/{year}.md"


def _overview(
    sent: Sequence[Message], addressed: Mapping[str, Sequence[Addressed]], uris: Mapping[str, str]
) -> Mapping[str, object]:
    posts = [_post(name, some, uris) for name, some in addressed.items()]
    years = _by_year(sent)
    return {
        "messages": len(sent),
        "years": tuple(Year(year, address(_year_uri(year)), len(some)) for year, some in years.items()),
        "posts": tuple(sorted(posts, key=lambda post: (-post.messages, post.name))[:_FOREMOST]),
        "addressees": len(posts),
        "linked": _linked(sent, [place for year, some in years.items() for place in _places(_year_uri(year), some)]),
    }


def _places(uri: str, some: Sequence[Message]) -> list[str]:
    """Return where each of the messages stands in the list that begins at `uri`."""
    return [f"{address(page_uri(uri, 1 + at // MOST_ROWS))}#{message.anchor}" for at, message in enumerate(some)]


def _linked(sent: Sequence[Message], places: Sequence[str]) -> Linked | None:
    """Return the chart of messages by time; each column leads to its first message's line in the tables."""
    drawn = chart([message.sent for message in sent])
    if drawn is None:
        return None
    first: dict[str, str] = {}
    for message, place in zip(sent, places, strict=True):
        first.setdefault(message.sent, place)
    return Linked(drawn, tuple(first.get(column.first, "") for column in drawn.columns))


def _of_year(year: str, uris: Mapping[str, str], sent: Sequence[Message]) -> Mapping[str, object]:
    return {"year": year, "lines": tuple(_line(each, uris) for each in sent)}


def _to_one(
    name: str, everything: Sequence[Addressed], uris: Mapping[str, str], some: Sequence[Addressed]
) -> Mapping[str, object]:
    sent = [each.message for each in everything]
    lines: dict[str, Line] = {}
    for each in some:
        line = _line(each.message, uris, each)
        anchor = line.anchor if line.anchor not in lines else f"{line.anchor}_{len(lines)}"
        lines[anchor] = replace(line, anchor=anchor)
    return {
        "post": _post(name, everything, uris),
        "lines": tuple(lines.values()),
        "linked": _linked(sent, _places(uris[name], sent)) if some[0] is everything[0] else None,
    }


def _post(name: str, some: Sequence[Addressed], uris: Mapping[str, str]) -> Post:
    action = sum(each.addressee.role == "action" for each in some)
    first, last = (in_words(each.message.sent[:10]) for each in (some[0], some[-1]))
    return Post(name, address(uris[name]), action, len(some) - action, first, last)


def _line(message: Message, uris: Mapping[str, str], one: Addressed | None = None) -> Line:
    named = {
        role: tuple(
            (name, address(uris[name]))
            for name in dict.fromkeys(" ".join(a.name.split()) for a in message.addressees if a.role == role)
        )
        for role in ("action", "info")
    }
    return Line(
        anchor=message.anchor,
        title=message.title,
        url=message.url,
        day=in_words(message.sent[:10]),
        time=message.sent[11:16],
        sender=message.field("from"),
        number=message.field("number"),
        precedence=(one.addressee.precedence or "") if one else message.field("precedence"),
        action=named["action"],
        info=named["info"],
        role=one.addressee.role if one else "",
    )
