"""Where a site is made, and what is kept there from one time to the next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from readingroom.collection import Collection
from readingroom.digests import digest_of
from readingroom.shares import Share

_ALL = Share()


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a site is made, or a share of it: the folder that is printed into, and the one of what is kept from it."""

    staging: Path
    kept: Path
    share: Share = _ALL

    @classmethod
    def of(cls, collection: Collection) -> Workplace:
        """Return the workplace of a collection's site: each folder that a site goes to has its own."""
        site = collection.site_dir
        kept = collection.cache / f"site-{digest_of(str(site))[:12]}"
        return cls(site.with_name(f"{site.name}.next"), kept)

    @property
    def ledger(self) -> Path:
        """Return the file of the ledger."""
        return self.kept / "ledger.db"

    @property
    def unfinished(self) -> Path:
        """Return the file that is there while the site is being changed: whoever finds it cannot rely on the site."""
        return self.kept / "unfinished"
