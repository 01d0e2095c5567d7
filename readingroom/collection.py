"""Where a collection's things are: one folder, with mkdocs.yml, seeds/ and docs/ side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Collection:
    """The folder of a collection and the site that it becomes."""

    config_file: Path
    site_dir: Path
    preview: bool = False
    """whether the site is for the editor's own eyes, and may reload itself"""

    @classmethod
    def at(cls, config_file: Path, site_dir: Path | None = None) -> Collection:
        """Return the collection that `config_file` heads; its site goes to `site/` beside it unless said otherwise."""
        config_file = config_file.resolve()
        return cls(config_file, (site_dir or config_file.parent / "site").resolve())

    @property
    def root(self) -> Path:
        """Return the collection's folder."""
        return self.config_file.parent

    @property
    def seeds(self) -> Path:
        """Return the folder of evidence."""
        return self.root / "seeds"

    @property
    def docs(self) -> Path:
        """Return the folder of pages."""
        return self.root / "docs"

    @property
    def pages(self) -> Path:
        """Return the folder of generated pages, the only one inside `docs/`."""
        return self.docs / "documents"

    @property
    def cache(self) -> Path:
        """Return the folder of what runs keep for later ones; it may be deleted at any time."""
        return self.root / ".cache"
