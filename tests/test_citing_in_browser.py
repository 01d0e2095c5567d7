"""Citing in a real browser: the note follows the line chosen, copies carry their citation if asked, print its date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

CABLE = "documents/002_dca7c9e705e88075/"
LETTER = "documents/004_353d7f26f4e92e65/"
COPIED = """() => {
  const data = new DataTransfer();
  const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".transcription").dispatchEvent(event);
  return [event.defaultPrevented, data.getData("text/plain")];
}"""
"""What a copy of the selection takes along, and whether the page made it."""
SELECT = """([first, last]) => {
  const range = new Range();
  range.setStartBefore(document.getElementById(first));
  range.setEndAfter(document.getElementById(last));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def address(demo_site: Path, served: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    """The address of the demonstration site."""
    with served(demo_site) as found:
        yield f"{found}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may use the clipboard, and fails its test for any error or forbidden thing."""
    context = browser.new_context(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    made = context.new_page()
    wrong: list[str] = []
    made.on("console", lambda message: wrong.append(message.text))
    made.on("pageerror", lambda error: wrong.append(str(error)))
    yield made
    context.close()
    assert wrong == []


def _copied(page: Page, first: str, last: str) -> tuple[bool, list[str]]:
    page.evaluate(SELECT, [first, last])
    own, words = page.evaluate(COPIED)
    return own, words.splitlines()


def test_the_note_cites_the_line_that_is_chosen(page: Page, address: str) -> None:
    page.goto(address + CABLE)
    note = page.locator('[data-rr-form="the note"]')
    expect(note).to_contain_text(f"in Reading Room: Five Documents, 1993–94, {address}{CABLE}.")
    page.locator('.transcription a[href="#L29"]').click()
    expect(note).to_contain_text(f"in Reading Room: Five Documents, 1993–94, line 29, {address}{CABLE}#L29.")


def test_a_form_is_copied_by_its_button(page: Page, address: str) -> None:
    page.goto(address + CABLE)
    page.get_by_role("button", name="Copy this form").click()
    expect(page.locator(".rr-cite").get_by_role("status")).to_have_text("Copied this form.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "U.S. Embassy Brussels to Secretary of State, telegram 03953, April 8, 1994, Confidential, "
    )


def test_a_passage_carries_its_citation_only_when_asked(page: Page, address: str) -> None:
    page.goto(address + CABLE)
    asked = page.get_by_label("Copy passages with their citation")
    expect(asked).not_to_be_checked()
    assert _copied(page, "L27", "L29")[0] is False
    asked.check()
    own, lines = _copied(page, "L27", "L29")
    assert own
    assert lines[0] == "CONFIDENTIAL - ENTIRE TEXT."
    assert lines[1].startswith("2. ")
    assert lines[-2] == ""
    assert lines[-1].endswith(f", lines 27–29, {address}{CABLE}#L27.")
    page.reload()
    expect(asked).not_to_be_checked()


def test_what_is_copied_is_the_document_alone(page: Page, address: str) -> None:
    page.goto(address + LETTER, wait_until="networkidle")
    page.get_by_label("Copy passages with their citation").check()
    _, lines = _copied(page, "L22", "L22")
    assert "BAVE" in lines[0]
    assert "HAVE" not in lines[0]
    _, lines = _copied(page, "L1", "L140")
    words = "\n".join(lines[:-2])
    notes = page.locator(".rr-note p").all_inner_texts()
    assert notes
    assert not [note for note in notes if note in words]


def test_a_sentence_over_a_page_break_is_copied_without_the_furniture(page: Page, address: str) -> None:
    page.goto(address + CABLE)
    page.get_by_label("Copy passages with their citation").check()
    _, lines = _copied(page, "L35", "L40")
    assert "WOULD LIKE US TO SUPPORT" in lines[0]
    page.get_by_role("link", name="As typed").click()
    _, lines = _copied(page, "L35", "L39")
    assert any(line.startswith("PAGE 03") for line in lines)


def test_without_script_the_page_says_how_to_cite_a_line(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + CABLE)
    expect(page.locator(".rr-cite")).to_contain_text("To cite a line, put its number before the address")
    expect(page.get_by_text("Copy passages with their citation")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


def test_print_ends_with_source_and_date_and_its_notes_follow_the_document(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 700, "height": 900})  # about as wide as paper
    page.goto(address + LETTER, wait_until="networkidle")
    source = page.locator(".rr-source")
    expect(source).to_be_hidden()
    page.emulate_media(media="print")
    expect(source).to_be_visible()
    expect(source).to_contain_text(f"Reading Room: Five Documents, 1993–94, {address}{LETTER}. Retrieved ")
    expect(page.locator(".rr-cite")).to_be_hidden()
    last = page.locator("#L140").bounding_box()
    first_note = page.locator("#note-1").bounding_box()
    assert last is not None
    assert first_note is not None
    assert first_note["y"] > last["y"]
