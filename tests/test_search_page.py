"""The search page in a browser, over the five seeds, held to the rule's own answers."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import jinja2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from readingroom.export.records import Record, Scope
from readingroom.publish.search import write_input
from readingroom.words import read_query
from tests.indexing import write_index

ROOT = Path(__file__).parent.parent

FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Search</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval';
 img-src 'self' data:; object-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
{% for sheet in ["tokens", "frame", "prose", "lists", "record", "sheet", "search"] %}
<link rel="stylesheet" href="../assets/{{ sheet }}.css">{% endfor %}
</head><body><main id="main">{% block content %}{% endblock %}</main>{% block scripts %}{% endblock %}</body></html>
"""

FURNITURE = re.compile(r"^(?:CONFIDENTIAL|UNCLASSIFIED|PAGE \d\d BRUSSE 03953 081041Z)\s*|(?<=US TO )CONFIDENTIAL$")
OCR_MARKS = re.compile(r"\*\*|~~|</?u>|\\(?=\$)")

FACETS: dict[str, dict[str, tuple[str, ...]]] = {
    "000": {"year": ("1993",), "type": ("memorandum",), "people": ("Anthony Lake", "Richard A. Clarke")},
    "001": {"year": ("1993",), "type": ("memorandum",), "people": ("George E. Moose",)},
    "002": {"year": ("1994",), "type": ("cable",), "people": ("Willy Claes", "Anthony Lake")},
    "003": {"year": ("1994",), "type": ("cable",), "people": ("Kofi Annan",)},
    "004": {"type": ("letter",), "people": ("Boris Yeltsin",)},
}
DAYS = {"000": "1993-10-01", "001": "1993-09-15", "002": "1994-04-08", "003": "1994-01-11"}
WITHHELD = {"000": 2}

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

EDITORS = (
    Record(
        *("interahamwe", Scope.EDITORS, "organizations/interahamwe/", "Interahamwe", "organization"),
        (
            (0, "Interahamwe, a militia. Its name is also written Interhamwe."),
            (0, "It took part in the genocide of 1994."),
        ),
    ),
)
CORRECTED = (
    Record(
        *("004", Scope.CORRECTED, "documents/004/", "Letter", "letter"),
        ((34, "THE RELATIONSHIP THAT YOU AND I HAVE DEVELOPED"),),
    ),
)


def _seed(path: Path) -> Record:
    """The record of a seed, made by the simplest rule that moves its furniture to the end."""
    name = path.stem[:3]
    body: list[tuple[int, str]] = []
    furniture: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        words = OCR_MARKS.sub("", line).strip()
        if match := FURNITURE.search(words):
            furniture.append((number, match[0].strip()))
            words = FURNITURE.sub("", words, count=1)
        if words:
            body.append((number, words))
    return Record(
        *(name, Scope.DOCUMENTS, f"documents/{name}/", f"Document {name}", FACETS[name]["type"][0]),
        (*body, *furniture),
        furniture=len(body) if furniture else None,
        date=DAYS.get(name),
        sorted=DAYS.get(name),
        facets=FACETS[name],
        withheld=WITHHELD.get(name, 0),
    )


DOCUMENTS = tuple(map(_seed, sorted((ROOT / "seeds").glob("*.txt"))))


@dataclass
class Site:
    address: str
    browser: Browser
    said: list[str] = field(default_factory=list)

    def open(self, query: str = "", width: int = 1280, scheme: Scheme = "light") -> Page:
        page = self.browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(f"{self.address}/search/{query}")
        expect(_status(page)).not_to_be_empty()
        return page


@pytest.fixture(scope="module")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "overrides" / "assets", folder / "assets")
    loader = jinja2.ChoiceLoader(
        [jinja2.DictLoader({"main.html": FRAME}), jinja2.FileSystemLoader(ROOT / "overrides")],
    )
    environment = jinja2.Environment(loader=loader, autoescape=True)
    environment.filters["url"] = lambda path: f"../{path}"
    groups = (("Interhamwe", "Interahamwe"),)
    cache = tmp_path_factory.mktemp("cache")
    entries = [write_input(record, cache) for record in (*DOCUMENTS, *EDITORS, *CORRECTED)]
    write_index(entries, cache, folder, groups)
    html = environment.get_template("search.html").render(base_url="..")
    (folder / "search" / "index.html").write_text(html, "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(browser: Browser, served: Callable[[Path], AbstractContextManager[str]], site_dir: Path) -> Iterator[Site]:
    with served(site_dir) as address:
        yield Site(address, browser)


@pytest.fixture(scope="module")
def asked(site: Site) -> Iterator[Page]:
    """A page that is asked one thing after the other."""
    page = site.open()
    yield page
    page.close()


@pytest.fixture(autouse=True)
def silent(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "site" in request.fixturenames:
        said = request.getfixturevalue("site").said
        remembered, said[:] = list(said), []
        assert remembered == []


def _status(page: Page) -> Locator:
    return page.locator("[data-rr-search-status]")


def _found(page: Page, scope: str = "documents") -> list[str]:
    hits = page.locator(f'[data-rr-scope="{scope}"] [data-rr-id]')
    return [hit.get_attribute("data-rr-id") or "" for hit in hits.all()]


def _oracle(query: str) -> set[str]:
    asked = read_query(query)
    return {record.id for record in DOCUMENTS if asked.matches(record.words())}


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("genocide", 0),
        ("interahamwe", 0),
        ("Interhamwe", 1),
        ("informant", 1),
        ("AF/C", 1),
        ("$80", 1),
        ("1.4(d)", 1),
        ("C05517350", 1),
        ("05517350", 0),
        ("APR 94", 1),
        ('"would like us to support"', 1),
        ("“would like us to support”", 1),
        ("nagornokarabakh", 1),
        ("U.S.", 4),
        ("rwanda -cable -quesnot", 1),
        ("Quesnot OR Kozyrev", 2),
        ("-rwanda", 2),
    ],
)
def test_what_is_found_is_what_is_there(asked: Page, query: str, number: int) -> None:
    page = asked
    page.locator("[data-rr-search-field]").fill("")
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("5 documents.")
    page.locator("[data-rr-search-field]").fill(query)
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text(re.compile(f"^In {number or 'none'} of the 5 documents[.]"))
    assert set(_found(page)) == _oracle(query)
    assert len(_oracle(query)) == number


ASK = """async (queries) => {
  const { openIndex } = await import("/assets/search/index.js");
  const { readQuery } = await import("/assets/words.js");
  const index = await openIndex(location.origin + "/");
  return Promise.all(queries.map(async (query) => [...await index.answers("documents", readQuery(query))].sort()));
}"""


def test_random_words_and_phrases_agree_with_the_oracle(site: Site) -> None:
    chance = random.Random(19930915)  # noqa: S311 - chosen by chance, and the same each time
    words = [word for record in DOCUMENTS for _, line in record.lines for word in line.replace('"', " ").split()]
    texts = [" ".join(line for _, line in record.lines).replace('"', " ").split() for record in DOCUMENTS]
    queries = chance.sample(words, 80)
    for _ in range(120):
        text = chance.choice(texts)
        start, size = chance.randrange(len(text) - 12), chance.randrange(2, 13)
        queries.append('"' + " ".join(text[start : start + size]) + '"')
    queries += [" ".join(chance.sample(words, 2)) for _ in range(40)]
    queries += [f"{chance.choice(words)} OR {chance.choice(words)} -{chance.choice(words)}" for _ in range(40)]
    queries += [word[: chance.randrange(2, 6)] for word in chance.sample(words, 40)]
    numbers = {record.id: number for number, record in enumerate(DOCUMENTS)}
    page = site.open()
    answers: list[list[int]] = page.evaluate(ASK, queries)
    wrong = [
        (query, answer)
        for query, answer in zip(queries, answers, strict=True)
        if answer != sorted(numbers[each] for each in _oracle(query))
    ]
    assert wrong == []
    page.close()


def test_none_is_said_with_what_else_there_is(site: Site) -> None:
    page = site.open("?q=interahamwe")
    expect(_status(page)).to_have_text("In none of the 5 documents. Editors’ words: 1 page or note.")
    said = page.locator("[data-rr-search-said]")
    expect(said).to_contain_text("2 passages in 1 document are withheld and could not be searched.")
    assert (_found(page), _found(page, "editors")) == ([], ["interahamwe"])
    offered = said.get_by_role("link", name="Interhamwe")
    offered.click()
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 5 documents[.]"))
    assert page.url.endswith("/search/?q=Interhamwe")
    page.close()


def test_inflections_are_offered_if_they_occur_and_never_added(site: Site) -> None:
    page = site.open("?q=informants")
    expect(_status(page)).to_have_text("In none of the 5 documents.")
    expect(page.get_by_role("list", name="Not searched for, but there:").get_by_role("link")).to_have_text("informant")
    page.close()


def test_corrected_readings_stand_apart(site: Site) -> None:
    page = site.open('?q="i have developed"')
    assert (_found(page), _found(page, "corrected")) == ([], ["004"])
    expect(page.get_by_role("heading", name="Corrected readings")).to_be_visible()
    page.close()


def test_passages_are_marked_and_lead_to_their_lines(site: Site) -> None:
    page = site.open('?q="would like us to support"')
    passage = page.locator(".rr-hit__passage")
    expect(passage.locator("mark")).to_have_text("WOULD LIKE US TO SUPPORT")
    line = next(number for number, words in DOCUMENTS[2].lines if "WOULD LIKE US TO" in words)
    address = passage.get_attribute("href") or ""
    assert address == f"{site.address}/documents/002/?q=%22would+like+us+to+support%22#L{line}"
    page.close()


def test_each_term_shows_itself_in_at_most_three_passages(site: Site) -> None:
    page = site.open("?q=the+informant&type=cable")
    passages = page.locator('[data-rr-id="003"] .rr-hit__passage')
    expect(passages).to_have_count(3)
    assert "informant" in {text.lower() for text in passages.locator("mark").all_inner_texts()}
    page.close()


def test_facets_count_combine_and_can_be_taken_away(site: Site) -> None:
    page = site.open("?q=un")
    counts = page.locator("fieldset", has_text="Type").locator("li label").all_inner_texts()
    assert [re.sub(r"\s+", " ", each) for each in counts] == ["cable 2", "memorandum 2", "letter 1"]
    page.get_by_role("checkbox", name="cable").check()
    expect(_status(page)).to_have_text(re.compile("^In 2 of the 2 documents chosen[.]"))
    page.get_by_role("checkbox", name="memorandum").check()
    expect(_status(page)).to_have_text(re.compile("^In 4 of the 4 documents chosen[.]"))
    page.get_by_role("checkbox", name="Anthony Lake").check()
    expect(_status(page)).to_have_text(re.compile("^In 2 of the 2 documents chosen[.]"))
    assert set(_found(page)) == {"000", "002"}
    expect(page.get_by_role("checkbox", name="Anthony Lake")).to_be_focused()
    assert page.url.endswith("?q=un&type=cable&type=memorandum&people=Anthony+Lake")
    page.get_by_role("button", name="Take away Type: cable").click()
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 1 document chosen[.]"))
    page.get_by_role("button", name="Take all away").click()
    expect(_status(page)).to_have_text(re.compile("^In 5 of the 5 documents[.]"))
    expect(page.locator("[data-rr-search-field]")).to_be_focused()
    page.close()


def test_what_is_left_out_is_not_found_and_says_what_it_would_bring_back(site: Site) -> None:
    page = site.open("?q=un")
    page.get_by_role("button", name="not cable", exact=True).click()
    expect(_status(page)).to_have_text(re.compile("^In 3 of the 3 documents chosen[.]"))
    assert set(_found(page)) == {"000", "001", "004"}
    expect(page.get_by_role("button", name="not cable", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="not cable", exact=True)).to_have_attribute("aria-pressed", "true")
    counts = page.locator("fieldset", has_text="Type").locator("li label").all_inner_texts()
    assert {re.sub(r"\s+", " ", each) for each in counts} == {"cable 2", "memorandum 2", "letter 1"}
    assert page.url.endswith("?q=un&-type=cable")
    page.get_by_role("button", name="not Anthony Lake", exact=True).click()
    expect(_status(page)).to_have_text(re.compile("^In 2 of the 2 documents chosen[.]"))
    page.get_by_role("checkbox", name="cable").check()
    assert "-type" not in page.url
    assert "&type=cable" in page.url
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 1 document chosen[.]"))
    page.reload()
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 1 document chosen[.]"))
    page.get_by_role("button", name="Take away not People: Anthony Lake").click()
    expect(_status(page)).to_have_text(re.compile("^In 2 of the 2 documents chosen[.]"))
    page.close()


@pytest.mark.parametrize(
    ("after", "before", "found"),
    [
        ("1993", "1993", {"000", "001"}),
        ("1993-10", "", {"000", "002", "003"}),
        ("1993-09-30", "1994-01-11", {"000", "003"}),
        ("", "1993-09-15", {"001"}),
        ("1995", "", set()),
    ],
)
def test_a_range_of_dates_keeps_what_may_lie_in_it(site: Site, after: str, before: str, found: set[str]) -> None:
    page = site.open()
    page.get_by_label("From", exact=True).fill(after)
    page.get_by_label("until", exact=True).fill(before)
    page.get_by_label("until", exact=True).blur()
    expect(_status(page)).to_have_text(f"{len(found)} of 5 documents." if found else "0 of 5 documents.")
    assert set(_found(page)) == found
    said = [f"{name}={day}" for name, day in (("after", after), ("before", before)) if day]
    assert page.url.endswith(f"?{'&'.join(said)}")
    page.close()


def test_what_is_no_date_is_said_to_be_none_and_changes_nothing(site: Site) -> None:
    page = site.open()
    for wrong in ("1994-13", "94", "1993-02-29", "last year"):
        page.get_by_label("From", exact=True).fill(wrong)
        page.get_by_label("From", exact=True).blur()
        expect(page.get_by_role("alert")).to_be_visible()
    expect(_status(page)).to_have_text("5 documents.")
    assert page.url.endswith("/search/")
    page.close()


def test_the_order_is_by_relevance_or_by_date_with_the_undated_last(site: Site) -> None:
    page = site.open("?q=un")
    by_relevance = _found(page)
    page.get_by_role("radio", name="date").check()
    expect(page.locator("[data-rr-id]").first).to_have_attribute("data-rr-id", "001")
    assert _found(page) == ["001", "000", "003", "002", "004"]
    assert page.url.endswith("?q=un&sort=date")
    assert set(by_relevance) == set(_found(page))
    page.close()


def test_the_address_holds_the_search_and_back_goes_back(site: Site) -> None:
    page = site.open()
    search = page.locator("[data-rr-search-field]")
    search.press_sequentially("inform", delay=20)
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 5 documents[.]"))
    search.press_sequentially("ant", delay=260)
    expect(page).to_have_url(re.compile(r"\?q=informant$"))
    page.get_by_role("checkbox", name="cable").check()
    expect(page).to_have_url(re.compile(r"\?q=informant&type=cable$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=informant$"))
    expect(page.get_by_role("checkbox", name="cable")).not_to_be_checked()
    page.go_back()
    expect(page).to_have_url(re.compile("/search/$"))
    expect(search).to_have_value("")
    expect(_status(page)).to_have_text("5 documents.")
    page.go_forward()
    expect(search).to_have_value("informant")
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 5 documents[.]"))
    page.close()


def test_without_a_question_all_documents_are_there_to_be_narrowed(site: Site) -> None:
    page = site.open("?type=letter")
    expect(_status(page)).to_have_text("1 of 5 documents.")
    expect(page.get_by_role("heading", name="Documents 1 document")).to_be_visible()
    assert _found(page) == ["004"]
    page.close()


def test_up_and_down_go_through_what_was_found(site: Site) -> None:
    page = site.open("?q=Quesnot+OR+Kozyrev")
    search = page.locator("[data-rr-search-field]")
    links = page.locator(".rr-hit a")
    search.focus()
    for place in range(links.count()):
        page.keyboard.press("ArrowDown")
        expect(links.nth(place)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    for _ in range(links.count()):
        page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    page.close()


def test_by_keyboard_alone(site: Site) -> None:
    page = site.open("?type=memorandum")
    search = page.locator("[data-rr-search-field]")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("af/c")
    expect(search).to_have_value("af/c")
    expect(_status(page)).to_have_text(re.compile("^In 1 of the 2 documents chosen[.]"))
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.type ?? '', document.activeElement.textContent.trim()]")
        reached.append(" ".join(focused).strip())
    assert "submit Search" in reached
    assert "checkbox" in reached
    assert "button Type: memorandum ×" in reached
    assert "Document 001" in reached
    assert any(each.startswith("line ") for each in reached)
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_what_is_pressed_is_large_enough(site: Site, width: int) -> None:
    page = site.open("?q=support&people=Anthony+Lake&people=Willy+Claes", width)
    narrow = page.locator("[data-rr-search-narrow]")
    expect(narrow).to_have_js_property("open", width > 1000)
    if width < 1000:
        narrow.locator("summary").click()
    expect(page.get_by_role("checkbox", name="Anthony Lake")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll("main :is(a, button, summary, label:has(input))")]
          .filter((each) => each.getClientRects().length)
          .map((each) => [each.textContent, each.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []
    page.close()


def test_no_accessibility_rule_is_broken(site: Site) -> None:
    for scheme in SCHEMES:
        for width in (320, 1280):
            page = site.open("?q=interahamwe+OR+support&type=cable", width, scheme)
            page.emulate_media(color_scheme=scheme)
            page.evaluate((ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8"))
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in result["violations"]] == []
            page.close()


def test_answers_are_looked_for_beside_the_page_so_that_typing_never_waits(site: Site) -> None:
    page = site.open("?q=un")
    assert [worker.url.rpartition("/")[2] for worker in page.workers] == ["engine.js"]
    page.close()


def test_a_file_that_does_not_arrive_is_no_answer(site: Site) -> None:
    page = site.open()
    page.route("**/*.pf_index*", lambda route: route.fulfill(status=503, body=""))
    page.locator("[data-rr-search-field]").fill("rwanda")
    expect(_status(page)).to_have_text(re.compile("^The index could not be read"))
    assert _found(page) == []
    page.unroute("**/*.pf_index*")
    page.locator("[data-rr-search-field]").fill("quesnot")
    expect(_status(page)).to_have_text("In 1 of the 5 documents.")
    assert _found(page) == ["000"]
    site.said.clear()
    page.close()


def test_without_scripts_it_says_so(site: Site) -> None:
    context = site.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/search/")
    expect(page.get_by_text("Searching needs JavaScript.")).to_be_visible()
    expect(page.get_by_role("link", name="glossary")).to_have_attribute("href", "../glossary/")
    context.close()
