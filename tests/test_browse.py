"""Browsing a collection of several hundred documents: counts, sizes, pictures and the tables that say the same."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from readingroom import pipeline
from readingroom.publish.site import render
from readingroom.publish.views.paging import sheets
from readingroom.source.front_matter import read_page
from tests.shown import Element, Shown
from tests.small import Small
from tests.test_site_in_browser import PALETTES, WIDTHS, faults
from tests.test_urls import broken_links

LARGEST = 100_000
"""Bytes of a page at any size of collection; a document's own page is as long as the document."""
OFFICES = (
    "Bureau of African Affairs",
    "Bureau of International Organization Affairs",
    "The Legal Adviser",
    "The Secretary",
    "Office of the Historian",
)
DOCUMENTS = 330
UNDATED = 11
OF_A_YEAR = ("paper-007", "paper-008", "paper-009")
"""Undated papers of which the editors know the year."""
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def memorandum(number: int) -> str:
    """A small paper that shows who wrote it to whom, when, about what, how marked."""
    sender, receiver = OFFICES[number % 4], OFFICES[(number // 4) % 5]
    date = f"DATE: {MONTHS[number % 12]} 9, {1961 + number // 12 % 10}\n" if number >= UNDATED else ""
    level = ("SECRET", "CONFIDENTIAL", "UNCLASSIFIED")[number % 3]
    subject = "Long Range Planning and Its Consequences " * 12 if number % 50 == 0 else f"Meeting Number {number}"
    return (
        f"{level}\n\nMEMORANDUM\n\nTO: {receiver}\nFROM: {sender}\n{date}SUBJECT: {subject.strip()}\n\nNothing new.\n"
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A collection of several hundred documents, rendered without its search."""
    seeds = {f"paper-{number:03d}.txt": memorandum(number) for number in range(DOCUMENTS)}
    small = Small.at(tmp_path_factory.mktemp("many") / "edition", seeds)
    small.write(
        "docs/organizations/bureau.md", "---\nname: Bureau of African Affairs\naliases: [AF]\n---\n\nA bureau.\n"
    )
    small.write("docs/people/secretary.md", '---\nname: "The Secretary"\n---\n\nAn office.\n')
    for number in range(50):
        date = f"{1961 + number // 5}-{number % 5 * 2 + 1:02d}"
        event = f'---\nname: Session of the General Assembly of the United Nations in {date}\ndate: "{date}"\n---\n'
        small.write(f"docs/events/session-{date}.md", f"{event}\nA session.\n")
    for stem in OF_A_YEAR:
        small.write(f"docs/annotations/{stem}.md", '---\ndate: "1963"\n---\n')
    outcome = pipeline.convert(small.collection)
    found = render(small.collection, outcome.edition, small.collection.site_dir)
    assert [str(problem) for problem in (*outcome.problems, *found)] == []
    return small


@pytest.fixture(scope="module")
def fronts(many: Small) -> tuple[Mapping[str, Any], ...]:
    """The front matter of every document's page."""
    return tuple(
        read_page(path.read_text(encoding="utf-8")).data for path in sorted(many.collection.pages.glob("*.md"))
    )


def cells(row: Element) -> list[str]:
    return [" ".join(cell.text().split()) for cell in row.inside if isinstance(cell, Element)]


def rows(many: Small, address: str) -> list[list[str]]:
    """The cells of the table on the page at `address` and on all pages after it."""
    found: list[list[str]] = []
    number = 1
    while (many.collection.site_dir / address / "index.html").is_file():
        found += map(cells, many.shown(address).root.tagged("tr")[1:])
        number += 1
        address = f"{address.split('page/', maxsplit=1)[0]}page/{number}/"
    return found


def listed(many: Small, way: str) -> dict[str, int]:
    return {name: int(number) for name, number, *_ in rows(many, f"documents/by/{way}/")}


def test_what_is_read_is_what_the_tests_count_on(fronts: tuple[Mapping[str, Any], ...]) -> None:
    assert len(fronts) == DOCUMENTS
    assert sum("date" not in front for front in fronts) == UNDATED - len(OF_A_YEAR)
    assert all(front["from"] and front["to"] for front in fronts)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("year", lambda front: front.get("date", "undated")[:7].partition("-")[0]),
        ("type", lambda front: front["type"]),
        ("marking", lambda front: front["classification"]),
    ],
)
def test_counts_of_a_way_are_those_of_the_front_matter(
    many: Small, fronts: tuple[Mapping[str, Any], ...], way: str, value: Callable[[Mapping[str, Any]], str]
) -> None:
    assert listed(many, way) == Counter(map(value, fronts))


def test_every_value_lists_its_documents_once(many: Small, fronts: tuple[Mapping[str, Any], ...]) -> None:
    for year in range(1961, 1971):
        titles = [row[1] for row in rows(many, f"documents/by/year/{year}/")]
        assert len(titles) == sum(front.get("date", "").startswith(str(year)) for front in fronts)
    secret = [front for front in fronts if front["classification"] == "secret"]
    assert len(rows(many, "documents/by/marking/secret/")) == len(secret)


def test_who_wrote_to_whom_is_counted_as_the_front_matter_says(
    many: Small, fronts: tuple[Mapping[str, Any], ...]
) -> None:
    pairs = Counter((sender, receiver) for front in fronts for sender in front["from"] for receiver in front["to"])
    shown = {(sender, receiver): int(number) for sender, receiver, number, *_ in rows(many, "correspondence/")}
    assert shown == pairs
    with (many.collection.site_dir / "data/correspondence.csv").open(encoding="utf-8", newline="") as file:
        assert Counter((row["from"], row["to"]) for row in csv.DictReader(file)) == pairs


def test_an_office_sent_and_received_what_the_front_matter_says(
    many: Small, fronts: tuple[Mapping[str, Any], ...]
) -> None:
    data = json.loads((many.collection.site_dir / "data/authorities.json").read_text(encoding="utf-8"))
    bureau = next(row for row in data if row["id"] == "organizations/bureau")
    mentioned = [front for front in fronts if "bureau" in front.get("mentions", {}).get("organizations", ())]
    assert bureau["sent"] == sum(OFFICES[0] in front["from"] for front in fronts)
    assert bureau["received"] == sum(OFFICES[0] in front["to"] for front in fronts)
    assert bureau["documents"] == len(mentioned)
    dates = sorted(front["date"] for front in mentioned if "date" in front)
    assert (bureau["first"], bureau["last"]) == (dates[0], dates[-1])
    (row,) = rows(many, "organizations/")
    assert row[1:5] == [str(bureau[key]) for key in ("documents", "mentions", "sent", "received")]
    assert len(rows(many, "organizations/bureau/documents/")) == bureau["documents"]


def test_no_page_is_too_large(many: Small) -> None:
    site = many.collection.site_dir
    large = {
        path.relative_to(site).as_posix(): path.stat().st_size
        for path in site.rglob("*.html")
        if path.stat().st_size > LARGEST
    }
    assert large == {}


def test_every_link_of_the_lists_resolves(many: Small) -> None:
    assert broken_links(many.collection.site_dir) == []


def test_a_list_of_any_length_has_few_links_to_its_pages_and_reaches_all() -> None:
    pages = sheets("list/", range(100_000), lambda _: 800)
    assert sum((page.items for page in pages), ()) == tuple(range(100_000))
    assert max(len(page.places) for page in pages) <= 16
    for page in pages:
        addresses = {place.address for place in page.places}
        beside = {each.address for each in pages[max(0, page.number - 2) : page.number + 1]}
        assert beside <= addresses


def drawings(site: Path, address: str) -> Iterator[ET.Element]:
    """The drawings of a page, each read as XML."""
    html = (site / address / "index.html").read_text(encoding="utf-8")
    for piece in html.split('<svg class="rr-')[1:]:
        if not piece.startswith('drawing"'):  # the signs of a key are no pictures
            yield ET.fromstring(f'<svg class="rr-{piece.partition("</svg>")[0]}</svg>')  # noqa: S314 - ours


def links(drawing: ET.Element, address: str) -> set[str]:
    """The addresses that a drawing on the page at `address` leads to."""
    return {urljoin(address, link.attrib["href"]) for link in drawing.iter("a")}


def in_tables(site: Path, address: str) -> set[str]:
    """The addresses that the table of a page and of those after it leads to."""
    return {
        urljoin(page.parent.relative_to(site).as_posix() + "/", link.attributes["href"])
        for page in (site / address / "index.html", *(site / address).glob("page/*/index.html"))
        for table in Shown.of(page.read_text(encoding="utf-8")).root.tagged("table")
        for link in table.tagged("a")
    }


@pytest.mark.parametrize("address", ["timeline/", "correspondence/"])
def test_a_picture_is_well_formed_named_and_has_its_table(many: Small, address: str) -> None:
    found = list(drawings(many.collection.site_dir, address))
    assert found
    table = in_tables(many.collection.site_dir, address)
    for drawing in found:
        assert drawing.attrib["role"] == "group"
        title, description = drawing.attrib["aria-labelledby"].split()
        named = {element.attrib.get("id"): element.text for element in drawing}
        assert named[title]
        assert named[description]
        assert links(drawing, address)
        assert links(drawing, address) <= table
        assert all(link.attrib["aria-label"] for link in drawing.iter("a"))


def test_bars_of_the_timeline_count_every_dated_document(many: Small, fronts: tuple[Mapping[str, Any], ...]) -> None:
    dated = sum(len(front.get("date", "")) == len("1963-01-09") for front in fronts)
    for drawing in drawings(many.collection.site_dir, "timeline/"):
        counts = [text.text for link in drawing.iter("a") for text in link.findall("text") if text.text]
        assert sum(map(int, counts)) == dated


def test_the_timeline_of_a_few_documents_names_each(demo_site: Path) -> None:
    address = "timeline/"
    wide, narrow = drawings(demo_site, address)
    shown = links(wide, address)
    assert shown == links(narrow, address) == in_tables(demo_site, address)
    with (demo_site / "data/timeline.csv").open(encoding="utf-8", newline="") as file:
        assert {row["url"] for row in csv.DictReader(file)} == shown


def test_documents_of_which_the_year_alone_is_known_are_in_no_month(many: Small) -> None:
    assert ["1963", "three documents", "documents"] in rows(many, "timeline/")
    assert len(rows(many, "documents/by/month/1963/")) == len(OF_A_YEAR)
    assert all(row[0] != "1963" for row in rows(many, "documents/by/month/1963-01/"))


def test_few_letters_are_a_table_without_picture(demo_site: Path) -> None:
    assert not list(drawings(demo_site, "correspondence/"))


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("width", WIDTHS)
def test_long_lists_and_their_pictures_are_accessible_and_fit(
    browser: Browser, many: Small, served: Callable[[Path], AbstractContextManager[str]], width: int, palette: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if palette == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    wrong = []
    addresses = ("documents/", "documents/by/type/", "documents/by/year/1961/", "timeline/", "correspondence/")
    with served(many.collection.site_dir) as found:
        for address in (*addresses, "organizations/", "organizations/bureau/"):
            page.goto(f"{found}/{address}")
            wrong += [f"{address}: {fault}" for fault in faults(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{address}: wider than the window")
        context.close()
    assert wrong == []
