"""What the benchmark is made of, on tiny collections and numbers: nothing here is timed."""

import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from benchmarks.changes import OURS, PEERS, Built
from benchmarks.making import ANNOTATED, Folders, address, make_collection, make_peer, page_file
from benchmarks.plot import Scale, svg
from benchmarks.processes import CommandError, cost, started
from benchmarks.results import Run, Size, growth, keep, kept_size
from benchmarks.shifting import Shift, most_copies, numbers_known, shifted, step_of
from benchmarks.table import markdown
from benchmarks.weights import gzipped, weights
from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.pipeline import Outcome

HEAD = """UNCLASSIFIED

PAGE 01  LA PAZ 0{number} 23{hour}Z

R 23{hour}Z MAY 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 3195

UNCLAS LA PAZ {number}

E.O. 11652: N/A
TAGS: EFIN, BL
SUBJ: CREDIT FOR CONSTRUCTION OF HIGHWAYS
{reference}

{words}
"""
SEEDS = {
    "first.txt": HEAD.format(
        number=3356,
        hour="2105",
        reference="",
        words="THE MINISTRY HAS ACCEPTED THE OFFER OF CREDIT\nAND WILL SAY SO IN AN EXCHANGE OF NOTES.",
    ),
    "second.txt": HEAD.format(
        number=3357,
        hour="2200",
        reference="\nREF: LA PAZ 3356",
        words="CONGRESS WILL DISCUSS THE CREDIT BEFORE SUMMER\nAND THE GOVERNMENT EXPECTS APPROVAL.",
    ),
    "third.md": "A letter without any figure.\n\nThe committee thanks you for the copies of its papers.\n",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("originals")
    for name, text in SEEDS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Folders.at([folder])


def read(root: Path) -> Outcome:
    """What the program finds in a collection, none of it an error."""
    outcome = pipeline.read(Collection.at(root / "mkdocs.yml"))
    assert not outcome.failed, [str(problem) for problem in outcome.problems]
    return outcome


def contents(root: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_figures_move_alike_wherever_they_stand() -> None:
    seed = (
        b"PAGE 01 LA PAZ 03357 012258Z  R 012105Z MAY 74  REF: 73 LA PAZ 3356, 3355 AND STATE 1975; STATE 194486"
        b" E.O. 11652 on 20 November 1979, NOVEMBER 20, 11/20/79; $1,950; ACT OF 1992; 104-10001-10002 C05517350"
    )
    moved = shifted(seed, Shift(copy=2, serials=20_000, years=1), numbers_known([seed]))
    assert moved == (
        b"PAGE 01 LA PAZ 23357 032258Z  R 032105Z MAY 73  REF: 72 LA PAZ 23356, 23355 AND STATE 1974; STATE 214486"
        b" E.O. 11652 on 22 November 1978, NOVEMBER 22, 11/22/78; $1,950; ACT OF 1992; 104-10001-12002 C05519350"
        b"\n\nCOPY 00002\n"
    )


def test_the_folder_itself_is_not_moved() -> None:
    assert shifted(b"R 012105Z MAY 74 \xff", Shift.of(0, 1_000), frozenset()) == b"R 012105Z MAY 74 \xff"


def test_years_move_when_the_numbers_are_used_up() -> None:
    assert Shift.of(99, 10_000) == Shift(99, 990_000, 0)
    assert Shift.of(100, 10_000) == Shift(100, 0, 1)
    assert step_of(frozenset({(b"LA", 3357), (b"LA", 4357)})) == 10_000
    assert most_copies(1_000) == 10 * most_copies(10_000)


def test_a_collection_is_valid_and_cites_within_each_copy(folders: Folders, tmp_path: Path) -> None:
    size = 2 * ANNOTATED + 1
    make_collection(folders, size, tmp_path / "c")
    edition = read(tmp_path / "c").edition
    assert len(edition.documents) == size
    by_id = {each.id: each for each in edition.documents}
    assert len({each.document.source.sha256 for each in edition.documents}) == size
    citing = [id_ for id_ in by_id if id_.startswith("second")]
    cited = {id_: [each.document for each in by_id[id_].citations if each.document] for id_ in citing}
    assert cited == {id_: [id_.replace("second", "first")] for id_ in citing}
    assert {id_ for id_, each in by_id.items() if each.annotation.headnote and each.annotation.notes} == {
        address(folders.document(index)) for index in range(0, size, ANNOTATED)
    }


def test_the_same_folders_make_the_same_bytes(folders: Folders, tmp_path: Path) -> None:
    for make in (make_collection, make_peer):
        make(folders, 30, tmp_path / "one")
        make(folders, 30, tmp_path / "other")
        assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_no_more_copies_are_made_than_have_numbers_of_their_own(folders: Folders) -> None:
    with pytest.raises(ValueError, match="make a collection of 60000 at most"):
        folders.document(60_000)


def test_every_change_changes_what_it_says_and_leaves_no_error(folders: Folders, tmp_path: Path) -> None:
    root = tmp_path / "c"
    make_collection(folders, 9, root)
    built, before = Built(folders, 9, root), contents(root)
    changed = {}
    for what, change in OURS.items():
        change(built)
        after = contents(root)
        changed[what] = sorted(name for name in after if after[name] != before.get(name))
        before = after
    assert {what: [name.rpartition("/")[0] for name in names] for what, names in changed.items()} == {
        "unchanged": [],
        "seed changed": ["seeds"],
        "annotation changed": ["docs/annotations"],
        "alias added": ["docs/" + folders.named[0][-1].room],
        "template changed": ["overrides"],
        "seed added": ["seeds"],
    }
    assert len(read(root).edition.documents) == 10


def test_the_peer_has_the_same_text(folders: Folders, tmp_path: Path) -> None:
    make_peer(folders, 4, tmp_path)
    built = Built(folders, 4, tmp_path)
    page = page_file(folders.document(1), tmp_path)
    assert page.read_text(encoding="utf-8") == f"# second\n\n{SEEDS['second.txt']}"
    for change in PEERS.values():
        change(built)
    assert len(list((tmp_path / "docs" / "documents").iterdir())) == 5


def test_what_a_site_weighs(tmp_path: Path) -> None:
    files = {"index.html": 10, "documents/index.html": 40, "documents/a/index.html": 300, "documents/a/source.txt": 7}
    for name, size in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    assert weights(tmp_path, 2) == {
        "all": 357,
        "document": 178.5,
        "document: page": 150,
        "document: documents/": 20,
        "document: files at the top": 5,
        "document: source.txt": 3.5,
        "home": gzipped(tmp_path / "index.html"),
        "list": gzipped(tmp_path / "documents" / "index.html"),
        "largest": gzipped(tmp_path / "documents" / "a" / "index.html"),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what processes share")
def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    child = "import time; held = bytearray(b'x' * (64 << 20)); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert (cost([sys.executable, "-c", parent], tmp_path / "log").memory or 0) > 64 << 20


def test_a_command_that_fails_says_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"ended with 3:\nno"):
        cost([sys.executable, "-c", "print('no'); raise SystemExit(3)"], tmp_path / "log")


def test_a_process_ends_with_the_stretch_that_it_was_started_for(tmp_path: Path) -> None:
    with started([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path / "log") as process:
        assert process.poll() is None
    assert process.returncode


SMALL = Size(100, {"ours/cold/wall": 2.0, "ours/cold/cpu": 3.0, "ours/cold/memory": 5e7, "peer/cold/wall": 4.0})
LARGE = Size(
    1_000,
    {
        "ours/cold/wall": 20.0,
        "ours/cold/cpu": 30.0,
        "ours/cold/memory": 1e8,
        "ours/unchanged/wall": 1.0,
        "ours/preview/wall": 0.5,
        "ours/site/all": 4.2e7,
        "ours/site/document: page": 9_000.0,
        "ours/site/document: events/": 3.0,
        "peer/cold/wall": 40.0,
        "peer/site/all": 2e7,
    },
)
RUN = Run({"command": "`python -m benchmarks`"}, (SMALL, LARGE))


def test_ratio_and_growth() -> None:
    assert LARGE.ratio("ours", "unchanged") == 1 / 40
    assert SMALL.ratio("ours", "unchanged") is None
    assert growth(SMALL, LARGE, "cold", "wall") == 10
    assert growth(SMALL, LARGE, "unchanged", "wall") is None


def test_figures_are_kept_for_the_same_program_only(tmp_path: Path) -> None:
    keep(SMALL, ["this program"], tmp_path / "100.json")
    assert kept_size(["this program"], tmp_path / "100.json") == SMALL
    assert kept_size(["another"], tmp_path / "100.json") is None
    assert kept_size(["this program"], tmp_path / "1000.json") is None


def test_the_table_says_how_it_was_made_and_what_was_measured() -> None:
    lines = markdown(RUN, "latest.svg").splitlines()
    assert "- command: `python -m benchmarks`" in lines
    assert "| first build | 20.0 | 0.500 | 30.0 | 100 | 40.0 | 1.000 | – | – |" in lines
    assert "| nothing changed | 1.0 | 0.025 | – | – | – | – | – | – |" in lines
    assert "| preview: saved to served | 0.5 | 0.013 | – | – | – | – | – | – |" in lines
    assert "| site, MB | – | – | 42.0 | 20.0 |" in lines
    assert "| of that page, KB a document | – | – | 9.0 | – |" in lines
    assert not [line for line in lines if "events/" in line]
    assert "| first build, memory | 2.0 |" in lines
    assert not [line for line in lines if line.startswith("| nothing changed, ")]


def test_a_million_lies_on_the_line_through_the_two_largest_sizes() -> None:
    sizes = tuple(
        Size(number, {"ours/cold/wall": seconds, "ours/site/all": number * 1e4, "ours/unchanged/wall": 60.0})
        for number, seconds in ((10_000, 60.0), (100_000, 600.0))
    )
    lines = markdown(Run({}, (SMALL, *sizes)), "latest.svg").splitlines()
    assert "| first build | 100.0 | – | 10.0 |" in lines
    assert "| nothing changed | 1.0 | – | – |" in lines
    assert "## A million" not in markdown(RUN, "latest.svg")


def test_the_plot_is_a_picture_without_script() -> None:
    picture = ET.fromstring(svg(RUN))  # noqa: S314 - our own
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert tags == {"svg", "style", "rect", "text", "line", "path", "circle"}
    assert [text for text in picture.itertext() if "Reading Room" in text]
    assert Scale.over([100, 1_000], 0, 10).at(100) == 0
    assert list(Scale.over([3, 70], 0, 10).ticks()) == [1, 10, 100]


def test_curves_are_lines_and_not_areas(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(svg(RUN))
    fills = "[...document.querySelectorAll('path')].map((path) => getComputedStyle(path).fill)"
    assert set(page.evaluate(fills)) == {"none"}
    page.close()


def test_a_run_of_one_size_has_a_plot_and_no_growth() -> None:
    assert "## Growth" not in markdown(Run({}, (SMALL,)), "latest.svg")
    assert ET.fromstring(svg(Run({}, (SMALL,)))) is not None  # noqa: S314 - our own
