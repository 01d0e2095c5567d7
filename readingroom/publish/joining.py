"""A site in shares: each printed by a machine of its own into a folder, and all of them joined into one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from readingroom.collection import Collection
from readingroom.publish.ledger import Fact, Ledger
from readingroom.publish.search.files import linked
from readingroom.publish.site import Publication, published
from readingroom.publish.workplace import Workplace
from readingroom.shares import Share

_PRINTED = "site"
_OF_THE_SEARCH = ("tokens", "shown")


def _again(file: str, to: str) -> None:
    """Give a file of a share its place in the whole. What stands in a site is never written into."""
    linked(Path(file), Path(to))


class JoiningError(Exception):
    """The folders are not all the shares of one site; the message says which is missing or is another's."""


class Shard(NamedTuple):
    """What a folder holds: its share, of which site, and what is to be told of the collection."""

    share: Share
    key: str
    """of all that the site is made from"""
    outcome: object


@dataclass(frozen=True, slots=True)
class Joined:
    """A publication put together from shares, and what each of them was told of the collection."""

    publication: Publication
    outcome: object


def workplace(folder: Path, share: Share) -> Workplace:
    """Return the workplace of a share that goes into `folder`, which is emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    return Workplace(folder / _PRINTED, folder, share)


def finish(publication: Publication, outcome: object) -> None:
    """Write into the folder of a share what it is a share of."""
    publication.ledger.note(Fact.SHARD, Shard(publication.place.share, publication.key, outcome))
    publication.ledger.close_entries()


def joined(collection: Collection, folders: Sequence[Path]) -> Joined:
    """Return the publication that the shares in these folders make. Raises JoiningError."""
    shards = [_shard_in(folder) for folder in folders]
    _refuse_all_but_one_site(folders, shards)
    place = Workplace.of(collection)
    shutil.rmtree(place.staging, ignore_errors=True)
    place.kept.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(place.ledger)
    ledger.forget()
    for folder in folders:
        shutil.copytree(folder / _PRINTED, place.staging, copy_function=_again, dirs_exist_ok=True)
        for kind in _OF_THE_SEARCH:
            if (folder / kind).is_dir():
                shutil.copytree(folder / kind, place.kept / kind, copy_function=_again, dirs_exist_ok=True)
        ledger.absorb(Ledger(folder / place.ledger.name))
    return Joined(published(collection, place, ledger), shards[0].outcome)


def _shard_in(folder: Path) -> Shard:
    path = folder / "ledger.db"
    found = Ledger(path).fact(Fact.SHARD) if path.is_file() else None
    if not isinstance(found, Shard):
        raise JoiningError(f"{folder} holds no finished share of a site. Make it with build --shard K/N -d {folder}")
    return found


def _refuse_all_but_one_site(folders: Sequence[Path], shards: Sequence[Shard]) -> None:
    for folder, shard in zip(folders, shards, strict=True):
        if (shard.share.of, shard.key) != (shards[0].share.of, shards[0].key):
            raise JoiningError(f"{folder} is a share of another site than {folders[0]}, or of another state of it.")
    missing = set(range(shards[0].share.of)) - {shard.share.index for shard in shards}
    if missing:
        named = ", ".join(f"{index + 1}/{shards[0].share.of}" for index in sorted(missing))
        raise JoiningError(f"shares are missing: {named}.")
