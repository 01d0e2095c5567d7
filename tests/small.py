"""Small collections in a folder of their own, built through the pipeline as the command does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.pipeline import Outcome
from readingroom.starter import start
from tests.shown import Shown

GOOD = "Dear Reader:\n\nThis is a letter about something.\n\nSincerely,\n\nA. Writer\n"
"""A seed with nothing wrong in it."""


@dataclass(frozen=True, slots=True)
class Small:
    """A collection as `build.py new` starts it, with seeds and pages put in."""

    root: Path

    @classmethod
    def at(cls, root: Path, seeds: Mapping[str, str | bytes] | None = None) -> Small:
        """Start a collection in `root`, with these files below seeds/."""
        start(root)
        small = cls(root)
        for name, content in (seeds or {}).items():
            small.write(f"seeds/{name}", content)
        return small

    @property
    def collection(self) -> Collection:
        return Collection.at(self.root / "mkdocs.yml")

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file of the collection, folders on its way included."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self) -> Outcome:
        """What is read and found wrong, without writing anything."""
        return pipeline.read(self.collection)

    def build(self, *, keep_going: bool = False) -> Outcome:
        """Build the site."""
        return pipeline.build(self.collection, keep_going=keep_going)

    def said(self) -> list[str]:
        """The problems that reading shows, as they are printed."""
        return [str(problem) for problem in self.read().problems]

    def html(self, address: str) -> str:
        """The page at an address of the built site."""
        return (self.root / "site" / address / "index.html").read_text(encoding="utf-8")

    def shown(self, address: str) -> Shown:
        return Shown.of(self.html(address))
