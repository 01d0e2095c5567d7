"""What of a site is to be printed, held against the ledger of what stands, and MkDocs set up to print it."""

from __future__ import annotations

import collections.abc as of
from dataclasses import dataclass

from mkdocs.structure.files import File

from readingroom.collection import Collection
from readingroom.digests import digest_of
from readingroom.editorial.edition import Edition
from readingroom.export.edition_records import variants
from readingroom.publish.keys import Keys, addresses_of, base, facts_of
from readingroom.publish.ledger import Fact, Ledger
from readingroom.publish.placing import folder_stamp
from readingroom.publish.plugin import OVERRIDES, ReadingRoomPlugin
from readingroom.publish.press import Press, SiteError, configured
from readingroom.publish.views.made import Made
from readingroom.publish.views.rooms import made
from readingroom.publish.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be printed, and what with."""

    press: Press
    plugin: ReadingRoomPlugin
    whole: bool
    """whether nothing that stands can be relied on"""
    pages: of.Collection[str]
    others: of.Mapping[str, File]
    units: of.Mapping[str, str]
    """every unit of the site, and from what it is made"""
    wanted: of.Sequence[str]
    """the units that are to be printed"""
    old: frozenset[str]
    """files of what is printed anew, or is no more"""
    key: str
    """of all that the site's pages are made from"""


def planned(collection: Collection, edition: Edition, place: Workplace, ledger: Ledger) -> Plan:
    """Return what is to be printed; strike out of the ledger what is no more. Raises SiteError."""
    facts = facts_of(edition)
    same = ledger.fact(Fact.FACTS) == facts
    ready = _set_up(collection, edition, place, ledger.fact(Fact.MADE) if same else None)
    if same and not (ready.stands(ledger, place) and ledger.fact(Fact.ADDRESSES) == ready.addresses):
        same = False
        ready = _set_up(collection, edition, place, None)
    whole = not ready.stands(ledger, place)
    if whole:
        ledger.forget()
    before = ledger.keys()
    press, others = ready.press, {file.src_uri: file for file in ready.press.others}
    keys = Keys(edition, ready.made, ready.plugin.site, facts, before if same else {})
    units = keys.units(press.pages, others.values(), collection.docs)
    gone = before.keys() - units.keys()
    wanted = place.share.mine([uri for uri, key in units.items() if before.get(uri) != key])
    old = ledger.outputs((*gone, *wanted))
    ledger.strike(gone)
    ready.note(ledger, facts)
    ledger.note(Fact.VARIANTS, variants(edition))
    pages = frozenset(page.src_uri for page in press.pages)
    made_from = digest_of(ready.under, sorted((uri, key) for uri, key in units.items() if uri not in others))
    return Plan(press, ready.plugin, whole, pages, others, units, wanted, old, made_from)


@dataclass(frozen=True, slots=True)
class _Ready:
    """MkDocs set up with the pages of a collection."""

    collection: Collection
    press: Press
    plugin: ReadingRoomPlugin
    made: tuple[Made, ...]
    under: str
    """key of what all pages are made from"""
    addresses: str

    def stands(self, ledger: Ledger, place: Workplace) -> bool:
        """Return whether the site stands as the ledger has it, made from what all pages are to be made from now."""
        of_this_folder = ledger.fact(Fact.SITE) == folder_stamp(self.collection.site_dir)
        return of_this_folder and ledger.fact(Fact.BASE) == self.under and not place.unfinished.exists()

    def note(self, ledger: Ledger, facts: str) -> None:
        """Note what the next build can hold against its own."""
        ledger.note(Fact.BASE, self.under)
        ledger.note(Fact.FACTS, facts)
        ledger.note(Fact.ADDRESSES, self.addresses)
        ledger.note(Fact.MADE, [(page.uri, page.title, page.template) for page in self.made])


def _set_up(collection: Collection, edition: Edition, place: Workplace, remembered: object) -> _Ready:
    """Return MkDocs set up with the pages that are made of the edition.

    Where these are `remembered` (addresses, titles and templates of pages that are as they were), none of them is made.
    """
    if isinstance(remembered, list):
        made_pages = tuple(Made(uri, title, template, _as_it_was) for uri, title, template in remembered)
    else:
        made_pages = made(edition)
    plugin = ReadingRoomPlugin(edition, made_pages, preview=collection.preview)
    press = Press(configured(collection.config_file, place.staging), plugin)
    under = digest_of(base(press.config, OVERRIDES, preview=collection.preview), press.menu)
    return _Ready(collection, press, plugin, made_pages, under, addresses_of(press.pages))


def _as_it_was() -> of.Mapping[str, object]:
    raise SiteError("A page that is as it was was to be printed again. Delete .cache, and build once more.")
