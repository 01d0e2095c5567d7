"""The commands as they are typed: what they print, what they exit with, and what they never touch."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readingroom.cli import main

ROOT = Path(__file__).resolve().parents[1]
STEM = "004_353d7f26f4e92e65"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new collection with one of the five documents."""
    _run("new", str(tmp_path))
    shutil.copy(ROOT / "seeds" / f"{STEM}.txt", tmp_path / "seeds")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="build.py")


def _in(folder: Path, command: str, *arguments: str) -> Result:
    return _run(command, "-f", str(folder / "mkdocs.yml"), *arguments)


def _annotate(folder: Path, words: str) -> Path:
    path = folder / "docs" / "annotations" / f"{STEM}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_new_makes_a_collection_that_builds_and_is_never_made_over(folder: Path) -> None:
    assert _in(folder, "build", "--strict").exit_code == 0
    again = _run("new", str(folder))
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_build_is_the_command_where_none_is_named(folder: Path) -> None:
    outcome = _run("-f", str(folder / "mkdocs.yml"))
    assert outcome.exit_code == 0
    assert "1 documents: 1 converted anew" in outcome.output
    assert "To look at it:" in outcome.output


def test_check_names_file_line_and_nearest_words(folder: Path) -> None:
    _annotate(folder, "---\ntitle: A letter\n---\n\n> DEAR BORIZ\n\nNote.\n")
    outcome = _in(folder, "check")
    assert outcome.exit_code == 1
    assert f"docs/annotations/{STEM}.md:5: RR204" in outcome.output
    assert "Nearest: line 3, “DEAR BORIS:”" in outcome.output
    assert "1 error, 0 warnings" in outcome.output


def test_check_speaks_to_workflows(folder: Path) -> None:
    _annotate(folder, "> DEAR BORIZ\n\nNote.\n")
    outcome = _in(folder, "check", "--format", "github")
    assert outcome.output.startswith(f"::error file=docs/annotations/{STEM}.md,line=1,title=RR204::")


def test_annotate_starts_a_file_that_is_valid_and_leaves_one_that_is_there(folder: Path) -> None:
    assert "started" in _in(folder, "annotate", "004").output
    path = folder / "docs" / "annotations" / f"{STEM}.md"
    assert _in(folder, "check", "--strict").exit_code == 0
    path.write_text("Mine.\n", encoding="utf-8")
    assert "left as it is" in _in(folder, "annotate", STEM).output
    assert path.read_text(encoding="utf-8") == "Mine.\n"


def test_a_document_is_found_by_id_slug_stem_and_beginning(folder: Path) -> None:
    _annotate(folder, "---\nslug: clinton-yeltsin\n---\n")
    for name in ("clinton-yeltsin", STEM, "004"):
        assert "salutation" in _in(folder, "explain", name).output
    wrong = _in(folder, "explain", "005")
    assert wrong.exit_code == 1
    assert "there is no document “005” here: clinton-yeltsin" in wrong.output


def test_suggestions_are_ready_to_paste_and_leave_out_what_is_emended(folder: Path) -> None:
    first = _in(folder, "suggest").output
    assert "> AND I {~~BAVE~>HAVE~~} DEVELOPED. BUT I" in first
    _annotate(folder, "> AND I {~~BAVE~>HAVE~~} DEVELOPED. BUT I\n")
    assert _in(folder, "check", "--strict").exit_code == 0
    assert "BAVE" not in _in(folder, "suggest").output


def test_a_missing_collection_is_said_plainly(tmp_path: Path) -> None:
    outcome = _in(tmp_path, "build")
    assert outcome.exit_code == 1
    assert "Go to the collection's folder" in outcome.output


def test_an_address_that_changed_is_answered(folder: Path) -> None:
    _annotate(folder, "---\nslug: clinton-yeltsin\n---\n")
    assert _in(folder, "build").exit_code == 0
    old = (folder / "site" / "documents" / STEM / "index.html").read_text(encoding="utf-8")
    assert 'url=../clinton-yeltsin/"' in old
    assert (folder / "site" / "documents" / "clinton-yeltsin" / "source.txt").is_file()
