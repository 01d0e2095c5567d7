"""The rooms that list across the collection: what is withheld, what is cited and not here, what was addressed to whom.

Each is held against the pages' front matter, over the demonstration edition and a small collection of seeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import yaml

from readingroom.data import table
from readingroom.editorial.edition import Edition
from readingroom.editorial.missing import address_of, missing, thing_of
from readingroom.export.addressees import messages
from readingroom.export.redactions import withheld_in
from readingroom.publish.views.asking import request
from readingroom.publish.views.chart import FEWEST, chart
from readingroom.publish.views.made import MOST_ROWS, split
from readingroom.recognize.redactions import meaning_of
from tests.reading import ROOT, document_of, edition_of
from tests.shown import Element, Shown
from tests.small import Small

OFFICIAL = frozenset(
    {
        "undocs.org",
        "uscode.house.gov",
        "www.archives.gov",
        "foia.blogs.archives.gov",
        "isoo-overview.blogs.archives.gov",
        "www.cia.gov",
    }
)
"""Hosts that these rooms may lead to: of the bodies whose papers and laws they name."""

CABLE = """\
CONFIDENTIAL

PAGE 01 LA PAZ {number:05} {day}2125Z

R {day}2125Z JAN {year}
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC PRIORITY 123
INFO AMEMBASSY LIMA
AMEMBASSY SANTIAGO

C O N F I D E N T I A L LA PAZ {number}

E.O. 11652: GDS
TAGS: PGOV, BL
SUBJECT: REPORT NUMBER {number}
REF: STATE 4711

1. THE MINISTER SAID

1.4(D)

AND [illegible] WAS NOT DISCUSSED.

BOEKER
NNNN
"""
OF_SEVERAL = """\
DATE: {day} FEB 61
CLASSIFIED MESSAGE
SECRET
TO: {to}
FROM: {sender}
{cite}
R {day}1037Z FEB 61

1. SUBJECT OF REFERENCE ARRIVED BY AIR ON THE DAY THAT WAS EXPECTED.
2. STATION WILL REPORT ON HIS FURTHER TRAVEL WHEN IT IS KNOWN HERE.
END OF MESSAGE
"""
MEMORANDUM = """\
UNCLASSIFIED U.S. Department of State Case No. F-2014-01300 Doc No. C05517350 Date: 03/26/2014

MEMORANDUM FOR: The Secretary
FROM: The Assistant Secretary
SUBJECT: Talks

March 4, 1993

The text was shown to [1 line not declassified] and to [name not declassified] of S/RES/872 (1993).

(b)(6)

JFK Act 6 (4)

1.4(B), 1.4(D)

The rest [text not transcribed] was short.
"""
OF_THE_UNITED_NATIONS = """\
To: Dallaire, UNAMIR Only
From: Annan, UNations New York
Number: UNAMIR: 101
Subject: Consultations

1. The force commander reports that

1.4(B)

and asks for instructions.
"""


@dataclass(frozen=True)
class Built:
    """A site, and the front matter of its documents."""

    site: Path
    documents: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, site: Path, docs: Path) -> Built:
        texts = (path.read_text(encoding="utf-8") for path in sorted((docs / "documents").glob("*.md")))
        return cls(site, {data["id"]: data for data in (yaml.safe_load(text.split("---\n")[1]) for text in texts)})

    def page(self, address: str) -> Element:
        html = (self.site / address / "index.html").read_text(encoding="utf-8")
        return next(Shown.of(html).root.all(lambda element: element.tag == "article"))

    def pages(self, room: str) -> Iterator[tuple[str, Element]]:
        """Every page of a room, with its address."""
        for path in sorted((self.site / room).rglob("index.html")):
            address = f"{path.parent.relative_to(self.site).as_posix()}/"
            yield address, self.page(address)

    def redactions(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for id_, data in self.documents.items():
            for redaction in data.get("redactions", ()):
                yield id_, redaction


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    cables = {f"cable-{n}.txt": CABLE.format(number=40 + n, day=f"{n:02}", year=74 + n // 7) for n in range(1, 9)}
    papers = {"memorandum.txt": MEMORANDUM, "united-nations.txt": OF_THE_UNITED_NATIONS, **cables}
    collection = Small.at(tmp_path_factory.mktemp("registers"), papers)
    assert collection.build().published
    return Built.of(collection.root / "site", collection.root / "docs")


@pytest.fixture(scope="module", params=["demonstration", "small"])
def built(request: pytest.FixtureRequest, demo_site: Path) -> Built:
    if request.param == "demonstration":
        return Built.of(demo_site, ROOT / "docs")
    made: Built = request.getfixturevalue("small")
    return made


def _links(element: Element, address: str) -> list[str]:
    """Where the links in an element lead, as addresses below the site's; those to elsewhere as they are."""
    here = f"https://here.example/{address}"
    targets = (urljoin(here, each.attributes["href"]) for each in element.tagged("a") if "href" in each.attributes)
    return [target.removeprefix("https://here.example/") for target in targets]


def _figures(page: Element, caption: str) -> dict[str, list[str]]:
    """The rows of the table below a heading of that id: first cell → the others."""
    seen = False
    for element in page.all():
        seen = seen or element.attributes.get("id") == caption
        if seen and element.tag == "tbody":
            rows = [[" ".join(cell.text().split()) for cell in row.tagged("td")] for row in element.tagged("tr")]
            return {row[0]: row[1:] for row in rows}
    return {}


def test_every_redaction_has_one_record_and_each_leads_to_the_other(built: Built) -> None:
    for id_, data in built.documents.items():
        redactions = data.get("redactions", [])
        if not redactions:
            assert not (built.site / "withheld" / "documents" / id_).exists()
            continue
        address = f"withheld/documents/{id_}/"
        page = built.page(address)
        anchors = [e.attributes["id"] for e in page.tagged("h2") if e.attributes["id"].startswith("L")]
        assert len(anchors) == len(set(anchors)) == len(redactions)
        bars = list(built.page(f"documents/{id_}/").all(lambda e: "redaction" in e.classes))
        assert [bar.attributes["id"] for bar in bars] == [redaction["id"] for redaction in redactions]
        leading = [link for link in _links(page, address) if "#withheld-" in link]
        for redaction, anchor, bar in zip(redactions, anchors, bars, strict=True):
            assert anchor.split("-")[0] == f"L{redaction['line']}"
            assert f"documents/{id_}/#{redaction['id']}" in leading
            assert f"{address}#{anchor}" in _links(bar, f"documents/{id_}/")


def test_every_redaction_stands_once_under_each_of_its_exemptions(built: Built) -> None:
    expected = Counter(
        (code, id_, redaction["id"])
        for id_, redaction in built.redactions()
        for code in redaction.get("exemptions", ["No code given"])
    )
    found = Counter[tuple[str, str, str]]()
    for address, page in built.pages("withheld/by-exemption"):
        code = page.tagged("h1")[0].text().strip().removeprefix("Withheld under ")
        for passage in page.all(lambda e: "rr-passage" in e.classes):
            (link,) = _links(passage, address)
            _, id_, anchor = link.split("/")
            found[code, id_, anchor.removeprefix("#")] += 1
    assert found == expected


def test_figures_are_those_of_the_front_matter(built: Built) -> None:
    page = built.page("withheld/")
    passages = Counter[str]()
    documents: dict[str, set[str]] = {}
    for id_, redaction in built.redactions():
        for code in redaction.get("exemptions", ["No code given"]):
            passages[code] += 1
            documents.setdefault(code, set()).add(id_)
    said = _figures(page, "exemptions")
    assert {code: (int(row[1]), int(row[2])) for code, row in said.items()} == {
        code: (count, len(documents[code])) for code, count in passages.items()
    }
    everything = sum(1 for _ in built.redactions())
    for caption in ("years", "reviews"):
        assert sum(int(row[0]) for row in _figures(page, caption).values()) == everything
    gaps = Counter(gap["reason"] for data in built.documents.values() for gap in data.get("gaps", ()))
    counted = {kind: int(row[1]) for kind, row in _figures(page, "gaps").items()}
    assert counted == {"withheld": everything, **{reason: gaps[reason] for reason in table("gaps")}}


def test_list_by_document_has_each_that_withholds_once(built: Built) -> None:
    listed = [
        link.removeprefix("withheld/documents/").rstrip("/")
        for address, page in built.pages("withheld/by-document")
        for link in _links(page, address)
        if link.startswith("withheld/documents/")
    ]
    assert sorted(listed) == sorted(id_ for id_, data in built.documents.items() if data.get("redactions"))


@pytest.mark.parametrize("room", ["withheld", "cited", "known"])
def test_links_to_elsewhere_are_to_official_pages(built: Built, room: str) -> None:
    for address, page in built.pages(room):
        for link in _links(page, address):
            parts = urlsplit(link)
            assert not parts.netloc or (parts.scheme == "https" and parts.netloc in OFFICIAL), f"{address}: {link}"


def test_wording_without_a_source_is_nowhere(small: Built) -> None:
    checked: dict[bool, set[str]] = {True: set(), False: set()}
    for authority, entry in table("exemptions").items():
        for code, said in entry["codes"].items():
            words = said["meaning"] if isinstance(said, dict) else said
            checked[meaning_of(f"{authority} {code}") is not None].add(words)
    texts = [page.text() for _, page in small.pages("withheld")]
    assert any("JFK Act 6(4)" in text for text in texts)
    hidden = [words for words in checked[False] if not any(words in other for other in checked[True])]
    assert not [words for words in hidden if any(words in text for text in texts)]


def _paragraphs(page: Element) -> list[str]:
    return [" ".join(each.text().split()) for each in page.all(lambda e: "data-rr-copy" in e.attributes)]


def test_the_ready_paragraph_holds_numbers_date_and_passage(small: Built) -> None:
    page = small.page("withheld/documents/memorandum/")
    first, *others = _paragraphs(page)
    assert len(others) + 1 == len(small.documents["memorandum"]["redactions"])
    for words in ("F-2014-01300", "C05517350", "March 4, 1993", "March 26, 2014", "1 line not declassified"):
        assert words in first
    assert "section 3.5 of Executive Order 13526" in first
    privacy = next(words for words in others if "marked “(b)(6)”" in words)
    assert "5 U.S.C. 552" in privacy
    assert "mandatory" not in privacy


def test_a_passage_in_one_of_several_papers_says_in_which(demo: Edition) -> None:
    (edited,) = (each for each in demo.documents if each.document.redactions)
    for each in withheld_in(edited):
        assert each.part is edited.document.parts[0]
        words = request(each)
        assert words is not None
        assert f"in the paper “{each.part.title}” of that file" in words.words


def test_american_law_is_not_offered_for_a_paper_of_the_united_nations(small: Built) -> None:
    page = small.page("withheld/documents/united-nations/")
    assert _paragraphs(page) == []
    assert "American law does not govern it" in page.text()
    assert "552" not in page.text()


def test_every_fact_of_law_names_its_source() -> None:
    for group in table("asking"):
        for fact in group["facts"]:
            assert fact["source"]
            assert not fact["address"] or urlsplit(fact["address"]).netloc in OFFICIAL


def test_a_gap_is_no_bar(small: Built) -> None:
    page = small.page("documents/memorandum/")
    (gap,) = page.all(lambda e: "rr-gap" in e.classes)
    assert (gap.attributes["data-gap"], gap.text()) == ("not transcribed", "[text not transcribed]")
    assert not any("rr-gap" in e.classes for bar in page.all(lambda e: "redaction" in e.classes) for e in bar.all())


def test_everything_cited_and_not_here_stands_in_its_kind_and_is_led_to(built: Built) -> None:
    expected = Counter(
        (id_, f"L{reference['line']}")
        for id_, data in built.documents.items()
        for reference in data.get("references", ())
        if "document" not in reference
    )
    found = Counter[tuple[str, str]]()
    for address, page in built.pages("cited"):
        for section in page.all(lambda e: "rr-named" in e.classes):
            if address != "cited/attachments/":
                places = [link for link in _links(section, address) if link.startswith("documents/")]
                first = {link.split("/")[1]: link.partition("#")[2] for link in reversed(places)}
                found.update(first.items())
    assert found == expected
    for id_, line in expected:
        links = _links(built.page(f"documents/{id_}/"), f"documents/{id_}/")
        led = [link for link in links if link.startswith("cited/")]
        assert led, f"{id_} {line}"
        for link in led:
            address, _, anchor = link.partition("#")
            assert anchor in {e.attributes.get("id") for e in built.page(address).all()}


def test_a_number_without_a_year_is_of_its_citing_message(small: Built) -> None:
    page = small.page("cited/messages/")
    heads = [" ".join(head.text().split()) for head in page.tagged("h3")]
    assert heads == ["STATE 4711 1974", "STATE 4711 1975"]


def test_what_is_not_settled_has_no_address() -> None:
    edition = edition_of([document_of("It was adopted under resolution 872 (1003) and S/RES/872 (1993).\n")])
    addresses = {each.thing.cites: each.address for each in missing(edition)}
    assert addresses == {"resolution 872 (1003)": "", "S/RES/872 (1993)": "https://undocs.org/S/RES/872(1993)"}
    (document,) = edition.documents
    assert {thing_of(each).settled for each in document.citations} == {True, False}
    assert address_of("LA PAZ 8767") == ""


def test_every_message_stands_once_by_time_and_once_with_each_addressee(built: Built) -> None:
    sent = {id_: data for id_, data in built.documents.items() if "sent" in data}
    expected = Counter(
        (id_, " ".join(each["name"].split())) for id_, data in sent.items() for each in data.get("addressees", ())
    )
    by_time, to_each = [], Counter[tuple[str, str]]()
    for address, page in built.pages("known"):
        rows = [row for row in page.tagged("tr") if row.attributes.get("id", "").startswith("m-")]
        documents = [next(x for x in _links(row, address) if x.startswith("documents/")).split("/")[1] for row in rows]
        if address.startswith("known/to/"):
            name = " ".join(page.tagged("h1")[0].text().split()).removeprefix("Addressed to ")
            to_each.update((id_, name) for id_ in documents)
        else:
            by_time += documents
    assert by_time == sorted(sent, key=lambda id_: (sent[id_]["sent"], id_))
    assert to_each == expected


def test_every_message_of_a_file_with_several_stands_by_its_own_time() -> None:
    first = OF_SEVERAL.format(day=17, to="DIRECTOR", sender="MEXICO CITY", cite="DIR CITE MEXI 3691")
    second = OF_SEVERAL.format(day=15, to="MEXICO CITY", sender="DIRECTOR", cite="MEXI CITE DIR 20415")
    text = f"{first}\n14-00000\n{second}"
    (document,) = edition_of([document_of(text, "two")]).documents
    sent = messages(edition_of([document.document]))
    assert len(document.document.parts) == len(sent)
    assert [each.sent for each in sent] == ["1961-02-15T10:37:00Z", "1961-02-17T10:37:00Z"]
    assert [each.url for each in sent] == [f"documents/two/#L{document.document.parts[1].lines[0]}", "documents/two/"]
    assert len({each.anchor for each in sent}) == len(sent)


def test_no_one_is_said_to_have_read_a_message(built: Built) -> None:
    said = [" ".join(page.text().split()).lower() for _, page in built.pages("known")]
    assert said
    assert not [text for text in said if re.search(r"\bread by\b|\breceived by\b|\bknew\b", text)]


def test_a_documents_addressees_lead_to_what_was_addressed_to_them(small: Built) -> None:
    links = _links(small.page("documents/cable-1/"), "documents/cable-1/")
    assert {"known/to/secstate-washdc/", "known/to/amembassy-lima/", "known/to/amembassy-santiago/"} <= set(links)


def test_chart_is_drawn_where_it_helps_and_leads_to_rows(small: Built) -> None:
    page = small.page("known/to/secstate-washdc/")
    (figure,) = page.tagged("figure")
    links = _links(figure, "known/to/secstate-washdc/")
    assert len(links) == len(set(links))
    rows = {row.attributes.get("id") for row in page.tagged("tr")}
    assert {link.partition("#")[2] for link in links} <= rows
    counts = [int(e.text()) for e in figure.all(lambda e: "rr-chart__count" in e.classes)]
    assert sum(counts) == sum("sent" in data for data in small.documents.values())


def test_few_moments_and_those_of_one_day_make_no_chart() -> None:
    day = [f"1974-01-02T{hour:02}:00:00Z" for hour in range(9)]
    assert chart(day) is None
    assert chart([f"1974-01-0{n}T00:00:00Z" for n in range(1, FEWEST)]) is None


@pytest.mark.parametrize(
    ("moments", "unit"),
    [
        ([f"1974-01-{n:02}T10:00:00Z" for n in range(1, 20)], "day"),
        ([f"1974-{n:02}-01T10:00:00Z" for n in range(1, 13)], "month"),
        ([f"{n}-06-01T10:00:00Z" for n in range(1950, 1995)], "year"),
    ],
)
def test_chart_counts_every_moment(moments: list[str], unit: str) -> None:
    drawn = chart(moments)
    assert drawn is not None
    assert drawn.unit == unit
    assert sum(column.count for column in drawn.columns) == len(moments)
    assert drawn.columns[0].first == moments[0]


@pytest.mark.parametrize("count", [0, 1, MOST_ROWS, MOST_ROWS + 1, 3 * MOST_ROWS + 7])
def test_a_long_list_is_split_and_loses_nothing(count: int) -> None:
    def context(rows: Sequence[int]) -> Mapping[str, object]:
        return {"rows": rows}

    made = list(split("room/list.md", "List", "list.html", range(count), context))
    given = [page.context() for page in made]
    rows: list[int] = []
    for each in given:
        some = each["rows"]
        assert isinstance(some, range)
        assert len(some) <= MOST_ROWS
        rows += some
    assert rows == list(range(count))
    assert len({page.uri for page in made}) == len(made)
    assert made[0].uri == "room/list.md"
