"""What a page says of itself where a link to it is shared, found or saved: the card in its head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited
from readingroom.export.citing.citation import Citation
from readingroom.export.citing.linked_data import json_ld
from readingroom.export.citing.zotero import metas
from readingroom.publish.views.words import date_of, names_of

_MOST = 160
"""Characters of a description: about as many as search engines and cards show."""
_SOURCES = re.compile(r"\s?\((?:\[[^\[\]]*\]\([^()\s]*\)(?:; )?)+\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_STRESS = re.compile(r"[*_`]+")
_SENTENCE = re.compile(r"(?<=[a-z0-9”’)])[.?!]”? (?=[A-Z“])")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep|St|Jr|Sr|No|vs)$")


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in a page's head. Context variable `card`."""

    title: str
    description: str
    """empty where nothing is known to say"""
    metas: tuple[tuple[str, str], ...] = ()
    """name and content of what citation managers read"""
    json_ld: str = ""
    """ready to stand in a script element"""


def document_card(edited: Edited, cited: Citation) -> Card:
    """Return a document's card: the headnote's first sentence, else what it is, from whom to whom and when."""
    said = first_sentence(edited.annotation.headnote) or _made(edited)
    return Card(edited.title, said, metas(cited), json_ld(cited, said, edited.document.source.sha256))


def authority_card(authority: Authority) -> Card:
    """Return the card of a person, an organization, a place or an event."""
    return Card(authority.name, _cut(authority.summary) or first_sentence(authority.body))


def first_sentence(markdown: str) -> str:
    """Return the first sentence of an editor's text, without its sources, in at most 160 characters; empty for none."""
    first = markdown.strip().partition("\n\n")[0]
    plain = " ".join(_STRESS.sub("", _LINK.sub(r"\1", _SOURCES.sub("", " ".join(first.split())))).split())
    for end in _SENTENCE.finditer(plain):
        sentence = plain[: end.end() - 1]
        if not _SHORTENED.search(plain[: end.start()]):
            return _cut(sentence)
    return _cut(plain)


def _made(edited: Edited) -> str:
    kind = str(edited.fields["type"].value)
    what = "Document" if kind == "other" else kind.capitalize()
    senders, receivers = "; ".join(names_of(edited, "from")), "; ".join(names_of(edited, "to"))
    who = f"{f' from {senders}' if senders else ''}{f' to {receivers}' if receivers else ''}"
    return _cut(f"{what}{who}, {date_of(edited) if edited.date else 'undated'}: {edited.title}")


def _cut(words: str) -> str:
    """Return words in at most 160 characters, cut between two of them."""
    return words if len(words) <= _MOST else f"{words[: _MOST - 1].rpartition(' ')[0].rstrip(' ,;:.')}…"
