"""What Zotero's connector reads in a page's head, so that one click there saves the document.

Read in Zotero's own translators, "Embedded Metadata" (of 2026-04-27) and "RDF", which it hands a page's statements to
(github.com/zotero/translators, commit 2814370161d0), and in `cleanAuthor` and `itemToAPIJSON`
(github.com/zotero/utilities, commit 4051881d59c6):

- A `<meta>` whose name begins with `z:` is a statement in Zotero's own namespace. `z:itemType` decides the type before
  anything else; any other (`z:archive`, `z:callNumber`, `z:letterType`) is copied into the field of its name, and
  `z:recipients` makes recipients of a letter. Of Dublin Core, `DC.title`, `DC.creator`, `DC.date`, `DC.language`,
  `DC.rights` and, as institution, `DC.publisher` are read.
- `citation_title` of the Highwire scheme makes a journal article of what nothing else gives a type, and the scheme
  has no words for recipient or archive: it is not used.
- A creator without a comma is parted before its last word. One that ends in a comma stays whole, but a comma inside it
  would part it, and a point without a space after it would get one (`U. S. Embassy`): hence `US Embassy Brussels,`.
- A report has no recipient there. Zotero reads `Recipient:` in the field Extra instead.
- The abstract is `og:description`; the address is `og:url`, else the canonical link, else the page's own; the date of
  access is Zotero's own.
- A COinS span would be read before all this (priority 310 against 320), by a translator that knows neither archive nor
  recipient; unAPI needs a server. Neither is offered, and JSON-LD is not read.

Both translators, run unaltered in a browser on pages made so, gave letters and reports with the people, dates, numbers
and archives that are said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readingroom.dates import in_words
from readingroom.export.citing.citation import Citation, Name
from readingroom.export.citing.ris import in_one_field

_WHOLE = re.compile(r"\d{4}(?:-\d\d){0,2}$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_TYPE_OF = {"letter": "z:letterType", "report": "z:reportType"}


def metas(cited: Citation) -> tuple[tuple[str, str], ...]:
    """Return name and content of each `<meta>`, in order."""
    return tuple((name, content) for name, content in _metas(cited) if content)


def _metas(cited: Citation) -> Iterator[tuple[str, str]]:
    item = cited.called("zotero")
    yield "z:itemType", item
    yield "DC.title", cited.title
    for author in cited.authors:
        yield "DC.creator", _creator(author)
    if item == "letter":
        for recipient in cited.recipients:
            yield "z:recipients", _creator(recipient)
    yield "DC.date", cited.date if _WHOLE.match(cited.date) else in_words(cited.date)
    yield "DC.publisher", cited.agency if item == "report" else ""
    yield "DC.language", cited.language
    yield "DC.rights", cited.rights
    if item in _TYPE_OF:
        yield _TYPE_OF[item], cited.genre.capitalize()
    yield "z:reportNumber", cited.number if item == "report" else ""
    yield "z:archive", cited.archive
    yield "z:archiveLocation", ", ".join(filter(None, (cited.collection, cited.archive_location)))
    yield "z:callNumber", cited.call_number
    yield "z:extra", "\n".join(_extra(cited))


def _creator(name: Name) -> str:
    if name.family:
        return f"{name.family}, {name.given}"
    return f"{_INITIALS.sub(lambda match: match[0].replace('.', ''), in_one_field(name.literal))},"


def _extra(cited: Citation) -> Iterator[str]:
    if cited.called("zotero") == "report":
        yield from (f"Recipient: {f'{n.family} || {n.given}' if n.family else n.literal}" for n in cited.recipients)
    elif cited.number:
        yield f"Number: {cited.number}"
    if cited.note:
        yield cited.note
