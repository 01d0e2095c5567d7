"""The built demonstration site in a real browser: accessible, quiet, self-contained, and usable by keyboard alone."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.starter import start

ROOT = Path(__file__).resolve().parents[1]
AXE = (ROOT / "tests/vendor/axe.min.js").read_text(encoding="utf-8")

MEMORANDUM = "documents/000_ed839acb62f20c90/"
CABLE = "documents/002_dca7c9e705e88075/"
RECORDS = "withheld/documents/000_ed839acb62f20c90/"
KINDS = (
    "",
    "documents/",
    MEMORANDUM,
    "documents/001_a21a2ce5163f8341/",
    "documents/004_353d7f26f4e92e65/",
    CABLE,
    f"{CABLE}?text=typed",
    "people/",
    "people/romeo-dallaire/",
    "people/george-e-moose/",
    "events/",
    "documents/by/year/1994/",
    "documents/by/type/",
    "timeline/",
    "correspondence/",
    "withheld/",
    "withheld/asking/",
    "withheld/by-document/",
    "withheld/by-exemption/eo-13526-1.4-d/",
    RECORDS,
    "cited/",
    "cited/messages/",
    "cited/attachments/",
    "known/",
    "known/1994/",
    "data/",
    "known/addressees/",
    "known/to/secstate-washdc/",
    "glossary/",
    "about/",
    "about/reading/",
    "about/annotating/",
    "about/sources/",
    "search/?q=Rwanda",
    "nowhere/",
)
"""One address for each kind of page."""
WIDTHS = (320, 1280)
PALETTES = ("light", "dark")


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """The address of the demonstration site, built for these tests."""
    site = tmp_path_factory.mktemp("demonstration") / "site"
    outcome = pipeline.build(Collection.at(ROOT / "mkdocs.yml", site), strict=True)
    assert outcome.problems == ()
    with served(site) as found:
        yield f"{found}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh context, without animation, so that a picture or a measure is of what stays."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that fails its test for any console error, script error, or request that leaves the site."""
    made = context.new_page()
    wrong: list[str] = []
    made.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: None if _stays(request.url, address) else wrong.append(request.url))
    yield made
    assert [message for message in wrong if "404 (Not Found)" not in message] == []


def _stays(url: str, address: str) -> bool:
    return url.startswith((address, "data:"))


def faults(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, a line each."""
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(tags)}}})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_is_accessible_and_fits(browser: Browser, address: str, width: int, palette: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if palette == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    wrong = []
    for kind in KINDS:
        page.goto(address + kind)
        if kind.startswith("search"):
            page.wait_for_selector("mark")
        wrong += [f"{kind}: {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{kind}: wider than the window")
    context.close()
    assert wrong == []


_WATCH_WHAT_MOVES = """globalThis.moved = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) globalThis.moved += value; })
  .observe({ type: "layout-shift", buffered: true });"""
_SETTLED = 200
"""milliseconds after which scripts have done what they do at the start"""
_HARDLY = 0.01
"""Of the window's area times the way: a tenth of what Core Web Vitals calls good."""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(_WATCH_WHAT_MOVES)
    moved = {}
    for kind in KINDS:
        page = context.new_page()
        page.goto(address + kind)
        page.wait_for_timeout(_SETTLED)
        moved[kind] = page.evaluate("globalThis.moved")
        page.close()
    context.close()
    assert {kind: far for kind, far in moved.items() if far > _HARDLY} == {}


def test_no_page_errs_or_asks_outside(page: Page, address: str) -> None:
    for kind in KINDS:
        page.goto(address + kind, wait_until="networkidle")


def test_fonts_of_a_page_are_ours_and_few(page: Page, address: str) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda r: loaded.update({r.url: len(r.body())}) if r.url.endswith(".woff2") else None)
    page.goto(address + MEMORANDUM, wait_until="networkidle")
    assert loaded
    assert sum(loaded.values()) <= 90_000


def test_layers_switch_by_script_and_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}{CABLE}#L35")
    line = page.locator("#L35")
    assert line.evaluate("e => getComputedStyle(e).display") == "inline"
    page.get_by_role("link", name="As typed").click()
    assert "text=typed" in page.url
    assert page.url.endswith("#L35")
    assert line.evaluate("e => getComputedStyle(e).whiteSpace") in {"pre-wrap", "preserve"}
    assert line.evaluate("e => getComputedStyle(e).display") == "block"
    page.go_back()
    expect(page.get_by_role("link", name="Reading text")).to_have_attribute("aria-current", "true")


def test_layers_switch_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + CABLE)
    line = page.locator("#L35")
    assert "WOULD LIKE US TO" in line.inner_text()
    page.get_by_role("link", name="As typed").click()
    assert page.url.endswith("#as-typed")
    height = "e => getComputedStyle(e).display"
    assert page.locator("#L36").evaluate(height) == "block"
    context.close()


def test_a_line_that_a_link_leads_to_is_shown_even_in_muted_text(page: Page, address: str) -> None:
    page.goto(f"{address}{MEMORANDUM}#L41")
    line = page.locator("#L41")
    expect(line).to_be_in_viewport()
    assert line.inner_text() == "CLINTON LIBRARY PHOTOCOPY"
    transparent = "rgba(0, 0, 0, 0)"
    assert line.evaluate("e => getComputedStyle(e).backgroundColor") != transparent


def test_names_explain_themselves_on_focus_and_escape_hides_it(page: Page, address: str) -> None:
    page.goto(address + MEMORANDUM)
    page.locator(".transcription").get_by_role("link", name="ANTHONY LAKE", exact=True).first.focus()
    gloss = page.get_by_role("tooltip")
    expect(gloss).to_be_visible()
    expect(gloss).to_contain_text("National Security Affairs")
    page.keyboard.press("Escape")
    expect(gloss).to_be_hidden()


def test_redactions_are_text_that_can_be_heard_and_copied(page: Page, address: str) -> None:
    page.goto(address + MEMORANDUM)
    bars = page.locator(".redaction")
    expect(bars).to_have_count(2)
    for bar in bars.all():
        assert bar.get_attribute("data-exemption") == "E.O. 13526 1.4(d)"
        words = " ".join(bar.inner_text().split())
        assert "Withheld" in words
        assert "E.O. 13526, 1.4(d)" in words
        assert "Foreign relations" in words


def test_keyboard_alone_reaches_the_document_and_switches(page: Page, address: str) -> None:
    page.goto(address + CABLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.rrText") == "typed":
            break
    page.keyboard.press("Enter")
    assert "text=typed" in page.url


LETTER = "documents/004_353d7f26f4e92e65/"


def test_notes_stand_beside_their_marks_and_apart_from_each_other(page: Page, address: str) -> None:
    page.goto(address + LETTER, wait_until="networkidle")
    boxes = [note.bounding_box() for note in page.locator(".rr-note").all()]
    sheet = page.locator(".rr-sheet").bounding_box()
    assert sheet is not None
    assert len(boxes) > 1
    bottom = 0.0
    for box in boxes:
        assert box is not None
        assert box["x"] >= sheet["x"] + sheet["width"]
        assert box["y"] >= bottom
        bottom = box["y"] + box["height"]
    mark = page.locator("#mark-1").bounding_box()
    assert mark is not None
    assert boxes[0] is not None
    assert abs(mark["y"] - boxes[0]["y"]) < 40


def test_notes_stand_below_their_paragraph_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + LETTER, wait_until="networkidle")
    mark, note = page.locator("#mark-1").bounding_box(), page.locator("#note-1").bounding_box()
    assert mark is not None
    assert note is not None
    assert note["y"] > mark["y"]
    assert note["x"] >= 0
    assert note["x"] + note["width"] <= 320
    context.close()


def test_a_note_is_reached_and_left_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + LETTER)
    mark = page.get_by_role("link", name="note 1", exact=True).first
    mark.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-1")
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.locator("#note-1 .rr-note-number").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#mark-1")


def test_an_emendation_shows_the_reading_and_on_focus_what_was_typed(page: Page, address: str) -> None:
    page.goto(address + LETTER)
    reading = page.locator("ins.rr-reading", has_text="HAVE").first
    typed = page.locator(".rr-emended", has_text="BAVE").first
    expect(reading).to_be_visible()
    expect(typed).to_be_hidden()
    reading.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("As typed: BAVE")
    page.get_by_role("link", name="As typed").click()
    expect(reading).to_be_hidden()
    expect(typed).to_be_visible()


def test_the_ledger_lists_every_emendation(page: Page, address: str) -> None:
    page.goto(address + LETTER)
    rows = page.locator(".rr-ledger tbody tr")
    expect(rows).to_have_count(page.locator("ins.rr-reading").count())
    row = rows.filter(has_text="BAVE")
    expect(row).to_contain_text("HAVE")
    row.get_by_role("link").first.click()
    assert page.url.endswith("#L22")


def test_a_suggestion_quotes_the_selected_words(
    browser: Browser, tmp_path: Path, served: Callable[[Path], AbstractContextManager[str]]
) -> None:
    start(tmp_path)
    shutil.copy(ROOT / "seeds" / "003_f5745315b034922a.txt", tmp_path / "seeds")
    config = tmp_path / "mkdocs.yml"
    template = "https://example.org/{action}/main/{existing}?filename={path}&value={value}"
    config.write_text(
        f"{config.read_text(encoding='utf-8')}\nextra:\n  suggest_note: {template}\n"
        "  report_error: mailto:editors@example.org?subject={title}\n",
        encoding="utf-8",
    )
    assert pipeline.build(Collection.at(config)).published
    context = browser.new_context()
    page = context.new_page()
    with served(tmp_path / "site") as found:
        page.goto(f"{found}/documents/003_f5745315b034922a/")
        plain = page.get_by_role("link", name="Suggest a note", exact=True)
        expect(plain).to_have_attribute(
            "href", "https://example.org/new/main/?filename=docs/annotations/003_f5745315b034922a.md&value="
        )
        page.evaluate("getSelection().selectAllChildren(document.getElementById('L7'))")
        here = page.get_by_role("link", name="Suggest a note on these words")
        expect(here).to_be_visible()
        quotation = "&value=%3E%20%5BNo%20Distribution%5D(%23L7)%0A%0A"
        assert (here.get_attribute("href") or "").endswith(quotation)
        report = page.get_by_role("link", name="Report an error")
        expect(report).to_have_attribute("href", "mailto:editors@example.org?subject=Contacts%20with%20Informant")
    context.close()


def test_without_templates_nothing_is_suggested(page: Page, address: str) -> None:
    page.goto(address + MEMORANDUM)
    expect(page.get_by_role("link", name="Suggest a note")).to_have_count(0)
    expect(page.get_by_role("link", name="Report an error")).to_have_count(0)


def test_palette_is_chosen_and_remembered(page: Page, address: str) -> None:
    page.goto(address)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Change to dark").click()
    dark = page.evaluate(ground)
    assert light != dark
    page.goto(address + "documents/")
    assert page.evaluate(ground) == dark


def test_documents_sort_and_narrow(page: Page, address: str) -> None:
    page.goto(address + "documents/")
    rows = page.locator("tbody tr")
    first = rows.first.inner_text()
    page.get_by_role("button", name="Date").click()
    assert rows.first.inner_text() != first
    page.get_by_label("Narrow the list").fill("cable")
    expect(page.locator("tbody tr:visible")).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("2 of 5")


def test_keyboard_reaches_what_the_timeline_shows(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    page.locator("#main").focus()
    named: list[str | None] = []
    while len(named) < 28:  # first the link to the events
        page.keyboard.press("Tab")
        named.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert all(named[1:])
    assert "CSCE summit in Helsinki July 9–10, 1992, event" in named
    page.get_by_role("link", name="UNAMIR 100: headquarters’ reply to Dallaire’s warning January 11").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("UNAMIR 100")


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("genocide", 0),
        ("interahamwe", 0),
        ("informant", 1),
        ("AF/C", 1),
        ("$80", 1),
        ("1.4(d)", 1),
        ("C05517350", 1),
        ('"would like us to support"', 1),
    ],
)
def test_search_counts_are_exact(page: Page, address: str, query: str, documents: int) -> None:
    page.goto(address + "search/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    said = page.locator("main, #main").get_by_role("status").first
    wanted = "In none of the 5 documents" if not documents else f"In {documents} of the 5 documents"
    expect(said).to_contain_text(wanted)


def test_a_known_variant_is_offered(page: Page, address: str) -> None:
    page.goto(address + "search/?q=interahamwe")
    page.get_by_role("list", name="Not searched for").get_by_role("link", name="Interhamwe").click()
    expect(page.locator("#main").get_by_role("status").first).to_contain_text("In 1 of the 5 documents")


def test_a_passage_leads_to_its_line_marked_there(page: Page, address: str) -> None:
    page.goto(address + "search/?q=informant")
    page.get_by_role("link", name="line 17").click()
    expect(page.locator("#L17")).to_be_in_viewport()
    assert page.evaluate("CSS.highlights.get('rr-found').size") > 0


def test_ready_paragraph_is_copied_as_it_stands(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + RECORDS)
    page.locator("summary").first.click()
    words = page.locator("[data-rr-copy]").first.inner_text()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == words
    context.close()


def test_bar_leads_to_its_record_and_back(page: Page, address: str) -> None:
    page.goto(address + MEMORANDUM)
    page.locator("#withheld-2 a.rr-record").click()
    expect(page).to_have_url(f"{address}{RECORDS}#L29")
    page.locator("section:has(> #L29) a.rr-bar").click()
    expect(page).to_have_url(f"{address}{MEMORANDUM}#withheld-2")
