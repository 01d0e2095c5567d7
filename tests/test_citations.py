"""Citations of the five, each form read by a library or by its own rules; and what their pages say in their heads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pybtex.database import parse_string

from readingroom.data import table
from readingroom.editorial.edition import Edition
from readingroom.export.citing.bibtex import bibtex
from readingroom.export.citing.chicago import worded
from readingroom.export.citing.citation import Citation, Site, citation
from readingroom.export.citing.csl import csl_json, date_of
from readingroom.export.citing.linked_data import json_ld
from readingroom.export.citing.ris import ris
from readingroom.export.citing.zotero import metas
from readingroom.publish.views.card import first_sentence
from tests.shown import Shown
from tests.small import GOOD, Small

VENDOR = Path(__file__).parent / "vendor"
TO_LAKE, TO_TARNOFF, BRUSSELS, UNAMIR, TO_YELTSIN = (
    "000_ed839acb62f20c90",
    "001_a21a2ce5163f8341",
    "002_dca7c9e705e88075",
    "003_f5745315b034922a",
    "004_353d7f26f4e92e65",
)
IN = "Reading Room: Five Documents, 1993–94"


@pytest.fixture(scope="module")
def cited(demo: Edition) -> Mapping[str, Citation]:
    """The citations of the five by their ids, as of a site whose address is known."""
    site = Site.of(IN, "https://example.org/rr", demo.authorities)
    return {each.id: citation(each, site) for each in demo.documents}


@cache
def schema() -> Any:  # noqa: ANN401 - a schema has no shape of its own
    return jsonschema_rs.validator_for(json.loads((VENDOR / "csl-data.json").read_text(encoding="utf-8")))


def test_every_type_of_document_has_its_words_in_every_format() -> None:
    words = table("citation_types")
    assert set(words) == set(table("front_matter.schema")["$defs"]["type"]["enum"])
    assert all({"csl", "zotero", "ris", "bibtex", "schema"} <= set(entry) for entry in words.values())


def test_csl_json_is_valid_and_holds_who_what_when_and_where(cited: Mapping[str, Citation]) -> None:
    items = json.loads(csl_json(cited.values()))
    schema().validate(items)
    by_id = {item["id"]: item for item in items}
    assert by_id[TO_LAKE] == {
        "id": TO_LAKE,
        "type": "personal_communication",
        "genre": "Memorandum",
        "title": "Draft Message to General Quesnot on Rwanda Peacekeeping",
        "author": [{"family": "Clarke", "given": "Richard A."}, {"family": "Ward", "given": "Jennifer"}],
        "recipient": [{"family": "Lake", "given": "Anthony"}],
        "issued": {"date-parts": [[1993, 10, 1]]},
        "archive": "William J. Clinton Presidential Library",
        "source": IN,
        "URL": f"https://example.org/rr/documents/{TO_LAKE}/",
        "language": "en",
        "note": "Marked Confidential. Declassified in part. Log no. 7511.Redo.",
    }
    telegram = by_id[BRUSSELS]
    assert telegram["type"] == "report"
    assert telegram["genre"] == "Telegram"
    assert telegram["author"] == [{"literal": "U.S. Embassy Brussels"}]
    assert telegram["recipient"] == [{"literal": "Secretary of State"}]
    assert telegram["issued"] == {"date-parts": [[1994, 4, 8]]}
    assert telegram["number"] == "BRUSSELS 03953"
    assert telegram["archive"] == "U.S. Department of State"
    assert telegram["archive_location"] == "FOIA case F-2014-01300"
    assert telegram["call-number"] == "C05517350"
    assert telegram["note"] == "Marked Confidential. Released in full March 26, 2014."
    assert by_id[TO_TARNOFF]["recipient"] == [{"family": "Tarnoff", "given": "Peter"}]
    assert by_id[TO_TARNOFF]["archive_location"] == "case 200101636"
    assert by_id[UNAMIR]["genre"] == "Cable"
    assert by_id[UNAMIR]["number"] == "UNAMIR: 100"
    assert by_id[UNAMIR]["recipient"][1] == {"family": "Dallaire", "given": "Roméo"}
    assert "note" not in by_id[UNAMIR]
    letter = by_id[TO_YELTSIN]
    assert letter["issued"] == {"date-parts": [[1994, 12, 2], [1994, 12, 4]], "circa": True}
    assert letter["note"] == (
        "Written on one of the days December 2–4, 1994. Supplied by the editors: author, recipient, date, title."
    )
    assert not any("accessed" in item for item in items)


@pytest.mark.parametrize(
    ("edtf", "csl"),
    [
        ("1994-04-08", {"date-parts": [[1994, 4, 8]]}),
        ("1993-09", {"date-parts": [[1993, 9]]}),
        ("1994-12-02?", {"date-parts": [[1994, 12, 2]], "circa": True}),
        ("1994-12-02/1994-12-04", {"date-parts": [[1994, 12, 2], [1994, 12, 4]]}),
        ("199X", {"literal": "199X"}),
        ("../1994-12-04", {"literal": "../1994-12-04"}),
    ],
)
def test_dates_of_every_kind_have_a_form_in_csl(edtf: str, csl: Mapping[str, Any]) -> None:
    assert date_of(edtf) == csl


def test_bibtex_is_read_by_a_library(cited: Mapping[str, Citation]) -> None:
    entries = parse_string(bibtex(cited.values()), "bibtex").entries
    assert set(entries) == set(cited)
    memorandum = entries[TO_LAKE]
    assert memorandum.type == "misc"
    assert [str(person) for person in memorandum.persons["author"]] == ["Clarke, Richard A.", "Ward, Jennifer"]
    assert memorandum.fields["title"] == "{Draft Message to General Quesnot on Rwanda Peacekeeping}"
    assert memorandum.fields["howpublished"] == "Memorandum to Anthony Lake"
    assert (memorandum.fields["year"], memorandum.fields["month"]) == ("1993", "October")
    assert memorandum.fields["note"].startswith("William J. Clinton Presidential Library. Marked Confidential.")
    telegram = entries[BRUSSELS]
    assert telegram.type == "techreport"
    assert telegram.persons["author"][0].last_names == ["{U.S. Embassy Brussels}"]
    assert telegram.fields["number"] == "BRUSSELS 03953"
    assert telegram.fields["institution"] == "{U.S. Department of State}"
    assert telegram.fields["date"] == "1994-04-08"
    assert telegram.fields["url"] == f"https://example.org/rr/documents/{BRUSSELS}/"
    assert entries[TO_YELTSIN].fields["date"] == "1994-12-02/1994-12-04"


def test_bibtex_spells_out_what_tex_would_read(tmp_path: Path) -> None:
    seed = "MEMORANDUM\n\nTO: A & B {C}\n\nSUBJECT: 50% of $80 #1 a_b ~ c^d\n\nText.\n"
    (cited_here,) = _cited(Small.at(tmp_path, {"one.txt": seed}))
    assert cited_here.title.startswith("50% of $80 #1 a_b ~ c^d")
    written = bibtex([cited_here])
    assert r"{{50\% of \$80 \#1 a\_b \textasciitilde{} c\textasciicircum{}d" in written
    assert set(parse_string(written, "bibtex").entries) == {"one"}


def _cited(small: Small) -> list[Citation]:
    edition = small.read().edition
    return [citation(each, Site.of("Small", None, edition.authorities)) for each in edition.documents]


def test_ris_has_its_lines_and_each_record_its_end(cited: Mapping[str, Citation]) -> None:
    written = ris(cited.values())
    assert written.count("\r\n") == written.count("\n")
    lines = written.split("\r\n")[:-1]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == len(cited)
    telegram = ris([cited[BRUSSELS]]).split("\r\n")
    assert telegram[0] == "TY  - RPRT"
    assert {
        "AU  - U.S. Embassy Brussels",
        "DA  - 1994/04/08/",
        "SN  - BRUSSELS 03953",
        "DB  - U.S. Department of State",
        "AN  - FOIA case F-2014-01300",
        "CN  - C05517350",
        "N1  - To: Secretary of State",
    } <= set(telegram)
    assert {"TY  - PCOMM", "AU  - Ward, Jennifer", "A2  - Lake, Anthony"} <= set(ris([cited[TO_LAKE]]).split("\r\n"))
    assert "AU  - Annan (UNations New York)" in ris([cited[UNAMIR]])


def test_chicago_names_who_wrote_to_whom_what_when_and_where(cited: Mapping[str, Citation]) -> None:
    memorandum = worded(cited[TO_LAKE])
    assert memorandum.note == (
        "Richard A. Clarke and Jennifer Ward to Anthony Lake, memorandum, “Draft Message to General Quesnot on Rwanda "
        f"Peacekeeping,” October 1, 1993, William J. Clinton Presidential Library, in {IN}"
    )
    assert memorandum.bibliography == (
        "Clarke, Richard A., and Jennifer Ward. Memorandum to Anthony Lake. “Draft Message to General Quesnot on "
        f"Rwanda Peacekeeping.” October 1, 1993. William J. Clinton Presidential Library. In {IN}."
    )
    assert worded(cited[UNAMIR]).bibliography.startswith(
        "Annan, UNations New York. Cable UNAMIR: 100 to Jacques-Roger "
    )


def test_foreign_affairs_records_have_their_own_form(cited: Mapping[str, Citation]) -> None:
    assert worded(cited[TO_LAKE]).record == (
        "Richard A. Clarke and Jennifer Ward to Anthony Lake, memorandum, October 1, 1993, Confidential, "
        "declassified in part, William J. Clinton Presidential Library."
    )
    assert worded(cited[BRUSSELS]).record == (
        "U.S. Embassy Brussels to Secretary of State, telegram 03953, April 8, 1994, Confidential, “CLAES ASKS SYG FOR "
        "CHANGE IN UNAMIR MANDATE; ASKS FOR USG VIEWS AND SUPPORT,” U.S. Department of State, "
        "FOIA case F-2014-01300, doc. C05517350, released in full March 26, 2014."
    )


def test_what_the_editors_supplied_is_in_square_brackets(cited: Mapping[str, Citation]) -> None:
    letter = worded(cited[TO_YELTSIN])
    assert letter.note == (
        "[William J. Clinton] to [Boris Yeltsin], letter, [Clinton to Yeltsin on NATO and Nagorno-Karabakh], "
        f"[December 2–4, 1994], in {IN}"
    )
    assert letter.bibliography.startswith("[Clinton, William J.]. Letter to [Boris Yeltsin]. [Clinton to Yeltsin on ")
    assert letter.record == "[William J. Clinton] to [Boris Yeltsin], letter, [December 2–4, 1994]."


def test_a_paper_that_says_little_is_cited_by_what_it_says(tmp_path: Path) -> None:
    (letter,) = _cited(Small.at(tmp_path, {"one.txt": GOOD}))
    assert worded(letter).note == "A. Writer to Reader, letter, undated, in Small"
    schema().validate(json.loads(csl_json([letter])))
    assert "URL" not in csl_json([letter])


def test_zotero_is_told_type_people_date_and_archive(cited: Mapping[str, Citation]) -> None:
    assert metas(cited[TO_TARNOFF]) == (
        ("z:itemType", "letter"),
        ("DC.title", "State Of Play On Discussions To Establish A Rwanda Peacekeeping Operation (PKO)"),
        ("DC.creator", "Moose, George E."),
        ("z:recipients", "Tarnoff, Peter"),
        ("DC.date", "1993-09-15"),
        ("DC.language", "en"),
        ("DC.rights", "public domain"),
        ("z:letterType", "Memorandum"),
        ("z:archive", "U.S. Department of State"),
        ("z:archiveLocation", "case 200101636"),
        ("z:extra", "Marked Confidential. Released in full February 12, 2003."),
    )
    telegram = dict(metas(cited[BRUSSELS]))
    assert telegram["z:itemType"] == "report"
    assert telegram["DC.creator"] == "US Embassy Brussels,"
    assert telegram["z:reportNumber"] == "BRUSSELS 03953"
    assert telegram["z:callNumber"] == "C05517350"
    assert telegram["z:extra"].splitlines()[0] == "Recipient: Secretary of State"
    assert dict(metas(cited[TO_YELTSIN]))["DC.date"] == "December 2–4, 1994"
    assert dict(metas(cited[UNAMIR]))["DC.creator"] == "Annan (UNations New York),"


def test_json_ld_of_each_page_names_what_it_must(demo_site: Path, demo: Edition) -> None:
    for edited in demo.documents:
        (script,) = [
            element
            for element in _page(demo_site, edited.id).tagged("script")
            if element.attributes.get("type") == "application/ld+json"
        ]
        said = json.loads(script.text())
        assert said["@context"] == "https://schema.org"
        assert "ArchiveComponent" in said["@type"]
        assert {"name", "dateCreated", "author", "recipient", "isPartOf", "inLanguage", "encoding"} <= set(said)
        assert said["dateCreated"] == edited.date
        assert said["encoding"]["sha256"] == edited.document.source.sha256
        assert all(agent["name"] for agent in (*said["author"], *said["recipient"]))
    telegram = json.loads(json_ld(_of(demo, BRUSSELS), "", ""))
    assert telegram["holdingArchive"] == {"@type": "ArchiveOrganization", "name": "U.S. Department of State"}
    assert {"@type": "PropertyValue", "propertyID": "number", "value": "BRUSSELS 03953"} in telegram["identifier"]
    assert telegram["isPartOf"] == {"@type": "Collection", "name": IN, "url": "https://example.org/"}


def _of(demo: Edition, id_: str) -> Citation:
    edited = next(each for each in demo.documents if each.id == id_)
    return citation(edited, Site.of(IN, "https://example.org", demo.authorities))


def _page(site: Path, id_: str) -> Any:  # noqa: ANN401 - an element, whose class the helper keeps
    return Shown.of((site / "documents" / id_ / "index.html").read_text(encoding="utf-8")).root


def test_nothing_in_a_paper_ends_the_script(tmp_path: Path) -> None:
    seed = "MEMORANDUM\n\nSUBJECT: </script><b>&amp; more\n\nText.\n"
    (memorandum,) = _cited(Small.at(tmp_path, {"one.txt": seed}))
    written = json_ld(memorandum, "", "")
    assert not set("<>&") & set(written)
    assert json.loads(written)["name"].startswith("</script><b>&amp; more")


def test_each_document_has_its_citations_beside_it_and_data_has_all(demo_site: Path, demo: Edition) -> None:
    together = json.loads((demo_site / "data" / "citations.json").read_text(encoding="utf-8"))
    for edited, item in zip(demo.documents, together, strict=True):
        folder = demo_site / "documents" / edited.id
        assert json.loads((folder / "citation.json").read_text(encoding="utf-8")) == [item]
        for ending in ("bib", "ris"):
            own = (folder / f"citation.{ending}").read_bytes()
            assert own in (demo_site / "data" / f"citations.{ending}").read_bytes()


def test_every_page_has_a_card_and_its_description_fits_one(demo_site: Path) -> None:
    for path in sorted(demo_site.rglob("index.html")):
        page = Shown.of(path.read_text(encoding="utf-8")).root
        said = {
            meta.attributes.get("property") or meta.attributes.get("name"): meta.attributes.get("content", "")
            for meta in page.tagged("meta")
        }
        assert said.get("og:title"), path
        assert len(said.get("description", "")) <= 160, path
        assert said.get("og:description") == said.get("description"), path
        room, *below = path.relative_to(demo_site).parts
        if room in {"documents", "people", "organizations", "places", "events"} and len(below) == 2:
            assert said["description"], path


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("One thing. Another thing.\n\nMore.", "One thing."),
        ("The U.S. Embassy wrote to Mr. Lake. He read it.", "The U.S. Embassy wrote to Mr. Lake."),
        ("It was *so* ([the document](a.md); [a source](b.md#c)). Then [not](d.md).", "It was so."),
        ("He said “no.” She said yes.", "He said “no.”"),
        ("", ""),
    ],
)
def test_a_description_is_the_first_sentence_without_its_sources(markdown: str, sentence: str) -> None:
    assert first_sentence(markdown) == sentence


def test_a_long_sentence_is_cut_between_words() -> None:
    cut = first_sentence("word " * 50)
    assert cut.endswith("word…")
    assert len(cut) <= 160


def test_addresses_are_absolute_where_the_site_says_its_own(tmp_path: Path) -> None:
    small = Small.at(tmp_path, {"one.txt": GOOD})
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_url: https://example.org/room\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    assert small.build().published
    page = small.html("documents/one")
    address = "https://example.org/room/documents/one/"
    assert f'<meta property="og:url" content="{address}">' in page
    assert f'"url":"{address}"' in page
    assert f"{address}</span>." in page
    (item,) = json.loads((tmp_path / "site/documents/one/citation.json").read_text(encoding="utf-8"))
    assert item["URL"] == address


def test_a_number_is_short_where_the_sender_says_its_post(tmp_path: Path) -> None:
    seed = (
        "PAGE 01 LA PAZ 00244 111549Z\n\nR 111520Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC 5409\n\n"
        "UNCLAS LA PAZ 0244\n\nE.O. 11652: N/A\nTAGS: EAGR, BL\nSUBJECT: WHEAT\n\n1. TEXT.\n"
    )
    (telegram,) = _cited(Small.at(tmp_path, {"one.txt": seed}))
    assert telegram.number == "LA PAZ 0244"
    assert worded(telegram).note == (
        "U.S. Embassy La Paz to Secretary of State, telegram 0244, “WHEAT,” January 11, 1974, in Small"
    )
