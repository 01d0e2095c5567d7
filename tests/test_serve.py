"""The live preview: a saved annotation is soon on the page in the browser, and a wrong one shows its problem there."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from readingroom.starter import start

ROOT = Path(__file__).resolve().parents[1]
STEM = "003_f5745315b034922a"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a document served live, and the path of its annotation file."""
    start(tmp_path)
    shutil.copy(ROOT / "seeds" / f"{STEM}.txt", tmp_path / "seeds")
    annotation = tmp_path / "docs" / "annotations" / f"{STEM}.md"
    annotation.parent.mkdir()
    annotation.write_text("> No Distribution\n\nA first note.\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "readingroom",
        "serve",
        "-f",
        str(tmp_path / "mkdocs.yml"),
        "-a",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        while not re.search("Serving on", line := process.stdout.readline()):
            assert line, "the preview ended before it served"
        yield f"http://127.0.0.1:{port}/documents/{STEM}/", annotation
        process.terminate()


def test_saved_words_are_soon_on_the_page_and_a_problem_with_them(browser: Browser, preview: tuple[str, Path]) -> None:
    address, annotation = preview
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("#note-1")).to_contain_text("A first note.")
    annotation.write_text("> No Distribution\n\nA second note.\n", encoding="utf-8")
    expect(page.locator("#note-1")).to_contain_text("A second note.", timeout=10_000)
    annotation.write_text("> No Distributian\n\nA third note.\n", encoding="utf-8")
    expect(page.get_by_role("heading", name="Something is wrong with this page")).to_be_visible(timeout=10_000)
    expect(page.locator(".rr-problems")).to_contain_text("Nearest: line 7, “No Distribution”")
    page.close()
