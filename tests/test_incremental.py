"""A build after any change makes what a clean build makes: the same bytes, the same problems; and little more work."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.pipeline import Outcome
from tests.reading import ROOT
from tests.small import GOOD, Small

CABLE = (
    "CONFIDENTIAL\n\nPAGE 01 LA PAZ {number} 041200Z MAR 74\n\nP 041200Z MAR 74\nFM AMEMBASSY LA PAZ\n"
    "TO SECSTATE WASHDC PRIORITY {number}\n\nC O N F I D E N T I A L LA PAZ {number}\n\nE.O. 11652: GDS\n"
    "TAGS: PFOR, BL\nSUBJECT: VISIT OF MR LAKE\n\nREF: LA PAZ {cited}\n\n1. MR LAKE AND {name} SPOKE OF [1.4(d)] "
    "AND OF THE INTERAHAMWE.\n\n2. WE WILL REPORT.\nSTEDMAN\n"
)
NAMES = ("MR TARNOFF", "PRESIDENT YELTSIN", "THE OAU", "MR LAKE AGAIN")
FEW_STEPS, MANY_STEPS, KILLS = 14, 120, 40

Edit = Callable[["Edits"], None]


@dataclass(slots=True)
class Edits:
    """A collection that is changed as people change one, by chance."""

    root: Path
    chance: Random

    def step(self) -> str:
        """Change something; return what."""
        edit = self.chance.choice(EDITS)
        edit(self)
        return edit.__name__

    def seed(self) -> Path:
        return self.chance.choice(sorted((self.root / "seeds").glob("*.txt")) or [self.root / "seeds" / "first.txt"])

    def add_a_seed(self) -> None:
        number = self.chance.randrange(100, 120)
        text = CABLE.format(number=number, cited=number - 1, name=self.chance.choice(NAMES))
        self._write(f"seeds/cable-{number}.txt", text)

    def change_a_seed(self) -> None:
        path = self.seed()
        self._write(f"seeds/{path.name}", f"{self._read(path) or GOOD}\n{self.chance.choice(NAMES)} WROTE AGAIN.\n")

    def delete_a_seed(self) -> None:
        self.seed().unlink(missing_ok=True)

    def rename_a_seed(self) -> None:
        path = self.seed()
        if path.exists():
            path.rename(path.with_name(f"renamed-{self.chance.randrange(5)}.txt"))

    def empty_a_seed(self) -> None:
        self._write(f"seeds/{self.seed().name}", " ")

    def annotate(self) -> None:
        fields = self.chance.choice(("", "date: 1974-03-05\n", f"slug: slug-{self.chance.randrange(3)}\n", "to: [X]\n"))
        words = self.chance.choice(("A note.", "See [it](../documents/cable-101.md#L3).", "[gone](../documents/no.md)"))
        quoted = self.chance.choice(("> REPORT\n\nOn it.\n", "> NOT THERE\n\nOn it.\n", ""))
        self._write(f"docs/annotations/{self.seed().stem}.md", f"---\n{fields}---\n\n{words}\n\n{quoted}")

    def unannotate(self) -> None:
        (self.root / f"docs/annotations/{self.seed().stem}.md").unlink(missing_ok=True)

    def name_somebody(self) -> None:
        aliases = self.chance.choice(('["MR LAKE"]', '["MR TARNOFF", "MR LAKE"]', "[]"))
        page = f"---\nname: Anthony Lake\naliases: {aliases}\n---\n\n[first](../documents/cable-100.md) of them\n"
        self._write("docs/people/anthony-lake.md", page)

    def name_somebody_else(self) -> None:
        self._write("docs/people/peter-tarnoff.md", '---\nname: Peter Tarnoff\naliases: ["MR TARNOFF"]\n---\n')

    def forget_somebody(self) -> None:
        (self.root / "docs/people/anthony-lake.md").unlink(missing_ok=True)

    def explain_a_term(self) -> None:
        term = f"INTERAHAMWE\n:   A militia, entry {self.chance.randrange(3)}.\n"
        self._write("docs/glossary.md", f"---\ntitle: Glossary\n---\n\n# Glossary\n\n{term}")

    def write_a_page(self) -> None:
        link = self.chance.choice(("../documents/cable-102.md", "../people/anthony-lake.md#nowhere", "../withheld.md"))
        self._write("docs/about/more.md", f"# More {self.chance.randrange(9)}\n\n[there]({link})\n")

    def put_a_picture(self) -> None:
        self._write("docs/about/plan.svg", f"<svg><!-- {self.chance.randrange(9)} --></svg>")

    def take_the_picture_away(self) -> None:
        (self.root / "docs/about/plan.svg").unlink(missing_ok=True)

    def rename_the_site(self) -> None:
        config = self.root / "mkdocs.yml"
        lines = config.read_text(encoding="utf-8").split("\n")
        lines = [f"site_name: Papers {self.chance.randrange(9)}" if x.startswith("site_name") else x for x in lines]
        config.write_text("\n".join(lines), encoding="utf-8")

    def change_a_template(self) -> None:
        said = f"<p>Part {self.chance.randrange(9)}</p>"
        self._write("own/listing.html", f"{{% extends 'main.html' %}}{{% block content %}}{said}{{% endblock %}}")
        config = self.root / "mkdocs.yml"
        text = config.read_text(encoding="utf-8")
        if "custom_dir" not in text:
            config.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: own\n"), "utf-8")

    def spoil_a_page(self) -> None:
        for page in sorted((self.root / "docs/documents").glob("*.md"))[:1]:
            page.write_text("spoiled\n", encoding="utf-8")

    def leave_a_file_among_the_pages(self) -> None:
        self._write(f"docs/documents/left-{self.chance.randrange(2)}.md", "not ours\n")

    def delete_a_page(self) -> None:
        for page in sorted((self.root / "docs/documents").glob("*.md"))[:1]:
            page.unlink()

    def delete_the_site(self) -> None:
        shutil.rmtree(self.root / "site", ignore_errors=True)

    def nothing(self) -> None:
        pass

    def _read(self, path: Path) -> str:
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _write(self, file: str, text: str) -> None:
        Small(self.root).write(file, text)


EDITS: tuple[Edit, ...] = (
    Edits.add_a_seed,
    Edits.add_a_seed,
    Edits.change_a_seed,
    Edits.delete_a_seed,
    Edits.rename_a_seed,
    Edits.empty_a_seed,
    Edits.annotate,
    Edits.annotate,
    Edits.unannotate,
    Edits.name_somebody,
    Edits.name_somebody_else,
    Edits.forget_somebody,
    Edits.explain_a_term,
    Edits.write_a_page,
    Edits.put_a_picture,
    Edits.take_the_picture_away,
    Edits.rename_the_site,
    Edits.change_a_template,
    Edits.spoil_a_page,
    Edits.leave_a_file_among_the_pages,
    Edits.delete_a_page,
    Edits.delete_the_site,
    Edits.nothing,
)


def _built(root: Path) -> Outcome:
    return pipeline.build(Collection.at(root / "mkdocs.yml"), keep_going=True)


def _tree(root: Path) -> Mapping[str, bytes]:
    folders = (root / "site", root / "docs" / "documents")
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def _differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _changed_by_chance(place: Path, chance: Random, steps: int) -> None:
    """Change a collection over and over; after each change hold a build of it against a clean build of a copy."""
    root = Small.at(place / "collection", {"first.txt": GOOD}).root
    edits = Edits(root, chance)
    done = []
    for _ in range(steps):
        done += [edits.step() for _ in range(chance.choice((1, 1, 2)))]
        _hold_against_a_clean_build(root, place / "copy", done)


def _hold_against_a_clean_build(root: Path, copy: Path, done: list[str]) -> None:
    here = _built(root)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".cache", "site", "site.next"))
    clean = _built(copy)
    assert _differences(_tree(root), _tree(copy)) == [], done
    assert here.problems == clean.problems, done
    assert not any(path.is_dir() and not any(path.iterdir()) for path in (root / "site").rglob("*")), done
    shutil.rmtree(copy)


@pytest.mark.parametrize("stray", ["docs/documents/left.md", "docs/annotations/nobody.md"])
def test_a_file_that_no_seed_accounts_for_is_seen_to_change_and_to_go(tmp_path: Path, stray: str) -> None:
    small = Small.at(tmp_path / "collection", {"first.txt": GOOD})
    _built(small.root)
    for words in ("Left behind.\n", "Left behind, and changed.\n", None):
        small.write(stray, words) if words else (small.root / stray).unlink()
        _hold_against_a_clean_build(small.root, tmp_path / "copy", [stray, str(words)])


def test_a_page_of_another_hand_stands_where_a_document_was_before_its_slug(tmp_path: Path) -> None:
    small = Small.at(tmp_path / "collection", {"first.txt": GOOD})
    small.write("docs/annotations/first.md", "---\nslug: talks-in-brussels\n---\n")
    _built(small.root)
    address = small.root / "site/documents/first/index.html"
    for words in ("Of another hand.\n", None):
        page = "docs/documents/first.md"
        small.write(page, words) if words else (small.root / page).unlink()
        _hold_against_a_clean_build(small.root, tmp_path / "copy", [str(words)])
        assert ("Of another hand" if words else "../talks-in-brussels/") in address.read_text(encoding="utf-8")


def test_a_build_after_some_changes_is_a_clean_build(tmp_path: Path, mutants: str) -> None:
    _changed_by_chance(tmp_path, Random(mutants), FEW_STEPS)  # noqa: S311 - edits, no secrets


@pytest.mark.long
def test_a_build_after_many_changes_is_a_clean_build(tmp_path: Path, mutants: str) -> None:
    for number in range(4):
        chance = Random(f"{mutants}-{number}")  # noqa: S311 - edits, no secrets
        _changed_by_chance(tmp_path / str(number), chance, MANY_STEPS // 4)


@pytest.mark.long
def test_a_build_after_others_were_killed_is_a_clean_build(tmp_path: Path, mutants: str) -> None:
    chance = Random(f"{mutants}-killed")  # noqa: S311 - edits, no secrets
    root = Small.at(tmp_path / "collection", {"first.txt": GOOD}).root
    edits = Edits(root, chance)
    command = (sys.executable, "-m", "readingroom", "build", "--keep-going", "-q", "-f", str(root / "mkdocs.yml"))
    done = []
    for _ in range(KILLS):
        done += [edits.step() for _ in range(2)]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True) as build:
            with suppress(subprocess.TimeoutExpired):
                build.wait(chance.uniform(0.3, 3.0))
            with suppress(ProcessLookupError):
                os.killpg(build.pid, signal.SIGKILL)
        if chance.random() < 1 / 3:
            _hold_against_a_clean_build(root, tmp_path / "copy", done)
    _hold_against_a_clean_build(root, tmp_path / "copy", done)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Some cables and a letter, built."""
    cables = {
        f"cable-{number}.txt": CABLE.format(number=number, cited=number - 1, name=NAMES[0])
        for number in range(100, 112)
    }
    small = Small.at(tmp_path / "counted", {**cables, "letter.txt": GOOD})
    small.write("docs/people/anthony-lake.md", '---\nname: Anthony Lake\naliases: ["MR LAKE"]\n---\n')
    small.build()
    return small


def test_nothing_is_made_where_nothing_changed(small: Small) -> None:
    again = small.build()
    assert (again.anew, again.written, again.printed) == (0, 0, 0)
    assert again.documents == 13
    assert again.edition.documents


def test_a_note_is_one_page_and_those_that_count_notes(small: Small) -> None:
    small.write("docs/annotations/cable-105.md", "> REPORT\n\nOn these words.\n")
    outcome = small.build()
    assert (outcome.anew, outcome.written) == (1, 1)
    listed = outcome.pages - 13
    assert outcome.printed < 1 + listed / 2
    small.write("docs/annotations/cable-105.md", "> REPORT\n\nOn these very words.\n")
    assert small.build().printed == 1


def test_another_seed_leaves_documents_alone_that_show_nothing_of_it(small: Small) -> None:
    small.write("seeds/cable-130.txt", CABLE.format(number=130, cited=111, name="NOBODY").replace("LAKE", "X"))
    outcome = small.build()
    assert (outcome.anew, outcome.written) == (1, 1)
    printed = outcome.printed
    assert printed < outcome.pages - 8
    small.write("seeds/cable-130.txt", GOOD)
    assert small.build().anew == 1


def test_a_build_that_fails_leaves_the_site_and_is_made_good(small: Small) -> None:
    before = _tree(small.root)
    small.write("docs/annotations/cable-105.md", "> NOT IN THE SEED\n\nOn these words.\n")
    assert not small.build().published
    site = {name: data for name, data in _tree(small.root).items() if name.startswith("site/")}
    assert site == {name: data for name, data in before.items() if name.startswith("site/")}
    (small.root / "docs/annotations/cable-105.md").unlink()
    assert small.build().published
    assert _differences(_tree(small.root), before) == []
