"""The five seeds: what must be recognized in each and what must not, and what the editors add to it.

Seeds are read without the editors' layer unless a test says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from readingroom.editorial.edition import Edited, Edition
from readingroom.model.document import Document
from readingroom.model.labels import Kind, Label
from readingroom.page.front_matter import metadata
from tests.reading import SEEDS, document_of, edition_of, html_of, page_of, seed_text
from tests.shown import Shown
from tests.small import Small

MEMORANDUM, STATE, CABLE, UNITED_NATIONS, LETTER = "000", "001", "002", "003", "004"


@cache
def document(seed: str) -> Document:
    return document_of(seed_text(seed), seed)


@cache
def bare(seed: str) -> Edited:
    """The document as recognizers alone describe it."""
    return edition_of([document(seed)]).documents[0]


def data(seed: str) -> Mapping[str, Any]:
    return metadata(bare(seed))


@cache
def shown(seed: str) -> Shown:
    return Shown.of(html_of(page_of(seed_text(seed)).partition("\n---\n")[2]))


def labels(seed: str, *kinds: Kind) -> list[Label]:
    return [label for label in document(seed).labels if label.kind in kinds]


def words(seed: str, label: Label) -> str:
    return document(seed).text[label.span]


def kinds(seed: str, line: int) -> list[Kind]:
    """The kinds of the labels on a line, from left to right."""
    span = document(seed).text.lines[line - 1].span
    return [label.kind for label in document(seed).labels if label.span.overlaps(span)]


def line_of(seed: str, offset: int) -> int:
    return document(seed).text.line_at(offset).number


# The memorandum to Anthony Lake


def test_memorandum_two_redactions_under_1_4_d() -> None:
    expected = {"exemptions": ["E.O. 13526 1.4(d)"], "as_written": "E.O. 13526, 1.4(d)"}
    assert data(MEMORANDUM)["redactions"] == [
        {"id": "withheld-1", "line": 25, **expected},
        {"id": "withheld-2", "line": 29, **expected},
    ]


def test_memorandum_banners_plain_and_struck() -> None:
    found = [(line_of("000", m.span.start), m.detail.get("cancelled")) for m in labels(MEMORANDUM, Kind.MARKING)]
    plain, struck = [3, 5, 36, 40], [43, 47, 61, 63]
    assert found == [*((line, None) for line in plain), *((line, "yes") for line in struck)]
    assert {label.detail["level"] for label in labels(MEMORANDUM, Kind.MARKING)} == {"confidential"}


def test_memorandum_stamp_over_two_lines() -> None:
    stamp = labels(MEMORANDUM, Kind.STAMP)[0]
    assert words(MEMORANDUM, stamp) == "DECLASSIFIED IN PART\nPER E. O. 13526"
    assert data(MEMORANDUM)["release"] == {
        "extent": "part",
        "authority": "E.O. 13526",
        "as_written": "DECLASSIFIED IN PART PER E. O. 13526",
    }


def test_memorandum_photocopy_stamp_twice_and_each_ends_a_page() -> None:
    stamps = [label for label in labels(MEMORANDUM, Kind.ARCHIVAL_MARK) if "PHOTOCOPY" in words(MEMORANDUM, label)]
    assert [line_of(MEMORANDUM, stamp.span.start) for stamp in stamps] == [41, 64]
    assert [line_of(MEMORANDUM, start) for start in document(MEMORANDUM).page_starts] == [43, 66]


def test_memorandum_duration() -> None:
    assert data(MEMORANDUM)["declassify_on"] == "OADR"


def test_memorandum_subject_over_two_lines() -> None:
    assert data(MEMORANDUM)["subject"] == "Draft Message to General Quesnot on Rwanda Peacekeeping"


def test_memorandum_two_authors() -> None:
    assert data(MEMORANDUM)["from"] == ["RICHARD A. CLARKE", "JENNIFER WARD"]
    assert data(MEMORANDUM)["to"] == ["ANTHONY LAKE"]


def test_memorandum_approve_or_disapprove() -> None:
    assert [words(MEMORANDUM, label) for label in labels(MEMORANDUM, Kind.FORM)] == ["Approve _____ Disapprove _____"]


def test_memorandum_tabs() -> None:
    assert [label.detail["tab"] for label in labels(MEMORANDUM, Kind.ATTACHMENT)] == ["Tab I", "Tab II"]


def test_memorandum_tab_i_is_a_letter_of_its_own() -> None:
    first, second = data(MEMORANDUM)["parts"]
    assert (first["type"], first["lines"], first["date"]) == ("memorandum", [1, 64], "1993-10-01")
    assert (second["type"], second["lines"]) == ("letter", [66, 80])
    assert (second["from"], second["to"]) == (["Anthony Lake"], ["General Quesnot"])
    assert "date" not in second


def test_memorandum_signature_with_two_lines_of_title() -> None:
    (signature,) = labels(MEMORANDUM, Kind.SIGNATURE)
    assert words(MEMORANDUM, signature) == "Anthony Lake\nAssistant to the President\nfor National Security Affairs"


def test_memorandum_backslash_before_dollar_is_ocrs() -> None:
    assert "could exceed $80 million" in shown(MEMORANDUM).line(27)


def test_memorandum_log_number_date_agency_and_concurrence() -> None:
    assert data(MEMORANDUM)["identifiers"] == {"log": "7511.Redo"}
    assert data(MEMORANDUM)["date"] == "1993-10-01"
    assert data(MEMORANDUM)["agency"] == "National Security Council"
    assert data(MEMORANDUM)["concurrences"] == ["Jennifer Walker"]


def test_memorandum_nothing_joined_over_a_redaction() -> None:
    for join in document(MEMORANDUM).joins:
        assert not any(join.before <= redaction.span.start < join.after for redaction in document("000").redactions)
    assert kinds(MEMORANDUM, 23) == kinds(MEMORANDUM, 27) == [Kind.TEXT]


def test_memorandum_bold_is_marked_as_ocrs_not_as_emphasis() -> None:
    (bold,) = shown(MEMORANDUM).transcription.tagged("b")
    assert bold.text() == "final vote is likely to take place on Monday, October 4."
    assert bold.classes == ["rr-ocr"]
    assert shown(MEMORANDUM).transcription.tagged("strong", "em", "i") == []


# The memorandum of the Department of State


def test_state_original_and_current_level() -> None:
    assert data(STATE)["classification"] == "confidential"
    assert data(STATE)["release"]["marking"] == "unclassified"


def test_state_release() -> None:
    assert data(STATE)["release"] == {
        "extent": "full",
        "marking": "unclassified",
        "authority": "UNITED STATES DEPARTMENT OF STATE",
        "date": "2003-02-12",
        "reviewer": "JOHN L. MILLS",
        "as_written": "RELEASED IN FULL",
    }
    assert data(STATE)["identifiers"] == {"case": "200101636"}


def test_state_scrambled_columns_are_flagged_and_never_reversed() -> None:
    assert "from" not in data(STATE)
    assert "to" not in data(STATE)
    assert data(STATE)["uncertain"] == ["from", "to"]
    assert [label.detail["field"] for line in (17, 19, 21, 23) for label in _on(STATE, line)] == ["scrambled"] * 4
    reason = "the labels FROM and TO stand apart from their values, so the words do not say which is whose"
    assert {doubt.key: doubt.reason for doubt in bare(STATE).doubts} == {"from": reason, "to": reason}


def _on(seed: str, line: int) -> list[Label]:
    span = document(seed).text.lines[line - 1].span
    return [label for label in document(seed).labels if label.span.overlaps(span)]


def test_state_combined_head_line() -> None:
    assert kinds(STATE, 13) == [Kind.HEADING, Kind.MARKING, Kind.ROUTING, Kind.STAMP]
    assert data(STATE)["type"] == "memorandum"
    assert data(STATE)["declassify_on"] == "OADR"


def test_state_subject_over_blank_lines() -> None:
    assert data(STATE)["subject"] == ("State Of Play On Discussions To Establish A Rwanda Peacekeeping Operation (PKO)")


def test_state_ticks_and_dashes() -> None:
    marks = {line_of(STATE, label.span.start): label.detail["mark"] for label in labels(STATE, Kind.ITEM)}
    assert marks == {35: "-", 36: "--", 37: "-", 38: "--", 39: "--", 53: "-", 54: "--", 55: "--"}


def test_state_underline_is_rendered() -> None:
    assert [element.text() for element in shown(STATE).transcription.tagged("u")] == ["UN-only"]


def test_state_drafting_and_clearance() -> None:
    assert data(STATE)["drafted"] == ["AF/C:SAHonley 7-1707"]
    assert data(STATE)["cleared"] == [
        "AF/C:ARender",
        "AF/E:DShinn",
        "AF/W:PChaveas",
        "EUR/WE:EHeaphy (subst)",
        "AF/FO: PBushnell",
        "IO:JSBrims",
    ]


def test_state_date_and_agency() -> None:
    assert data(STATE)["date"] == "1993-09-15"
    assert data(STATE)["agency"] == "Department of State"


def test_state_lone_comma_is_a_stray_mark() -> None:
    assert kinds(STATE, 15) == [Kind.STRAY_MARK]


def test_state_archival_marks_are_no_dates_or_numbers() -> None:
    assert kinds(STATE, 47) == kinds(STATE, 61) == [Kind.ARCHIVAL_MARK]
    assert "number" not in data(STATE)


# The cable from Brussels


def test_cable_release_line() -> None:
    assert kinds(CABLE, 1) == kinds(CABLE, 3) == kinds(CABLE, 5) == [Kind.RELEASE]
    assert data(CABLE)["release"] == {
        "extent": "full",
        "marking": "unclassified",
        "authority": "U.S. Department of State",
        "date": "2014-03-26",
        "reviewer": "Archie Bolster",
        "as_written": "RELEASED IN FULL",
    }
    assert data(CABLE)["identifiers"] == {"case": "F-2014-01300", "doc": "C05517350"}
    assert data(CABLE)["classification"] == "confidential"


def test_cable_page_lines_with_text_glued_to_them() -> None:
    assert [words(CABLE, label) for label in labels(CABLE, Kind.PAGE_LINE)] == [
        f"PAGE 0{page} BRUSSE 03953 081041Z" for page in (1, 2, 3)
    ]
    assert [line_of(CABLE, start) for start in document(CABLE).page_starts] == [21, 37]
    assert kinds(CABLE, 39) == [Kind.PAGE_LINE, Kind.TEXT]


def test_cable_routing_sum() -> None:
    routing = labels(CABLE, Kind.ROUTING)
    assert [label.detail for label in routing] == [{"copies": "54", "agrees": "yes"}] * 2


def test_cable_message_control_number() -> None:
    control = next(each for each in labels(CABLE, Kind.HANDLING) if each.detail["field"] == "control number")
    assert words(CABLE, control) == "-----3984BC 081042Z /38"


def test_cable_date_time_group() -> None:
    assert data(CABLE)["date"] == "1994-04-08"
    assert data(CABLE)["sent"] == "1994-04-08T10:37:00Z"


def test_cable_fourteen_addressees() -> None:
    addressees = data(CABLE)["addressees"]
    assert len(addressees) == 14
    assert addressees[0] == {"name": "SECSTATE WASHDC", "role": "action", "precedence": "niact immediate"}
    assert {addressee["role"] for addressee in addressees[1:]} == {"info"}
    assert {addressee["precedence"] for addressee in addressees[1:]} == {"immediate"}
    names = [addressee["name"] for addressee in addressees]
    assert names[7:10] == ["USMISSION USUN NEW YORK", "JCS WASHDC//J4//J5//", "SECDEF WASHDC//OASD/ISP//"]
    assert data(CABLE)["from"] == ["AMEMBASSY BRUSSELS"]
    assert data(CABLE)["precedence"] == "niact immediate"


def test_cable_order_line_with_a_banner_glued_to_it() -> None:
    assert kinds(CABLE, 19) == [Kind.HEAD, Kind.MARKING]
    assert data(CABLE)["declassify_on"] == "OADR"


def test_cable_eight_tags() -> None:
    assert data(CABLE)["tags"] == ["PGOV", "PREL", "PHUM", "PREF", "KDEM", "RW", "BY", "BE"]


def test_cable_subject_in_two_parts() -> None:
    assert data(CABLE)["subject"] == ("CLAES ASKS SYG FOR CHANGE IN UNAMIR MANDATE; ASKS FOR USG VIEWS AND SUPPORT")


def test_cable_reference_to_a_telephone_call() -> None:
    assert data(CABLE)["references"] == [{"cites": "JOHNSON MCCULLEY TELCON OF 4/8", "line": 25}]


def test_cable_portion_mark_is_no_banner() -> None:
    (mark,) = labels(CABLE, Kind.PORTION_MARK)
    assert words(CABLE, mark) == "CONFIDENTIAL - ENTIRE TEXT."


def test_cable_paragraph_numbers_as_printed() -> None:
    assert [label.detail["mark"] for label in labels(CABLE, Kind.ITEM)] == ["2.", "3.", "3.", "4.", "5."]


def test_cable_sentence_goes_on_over_the_page_break() -> None:
    (join,) = document(CABLE).joins
    content = document(CABLE).text.content
    assert content[: join.before].endswith("WOULD LIKE US TO")
    assert content[join.after :].startswith("SUPPORT THIS REQUEST")
    flow = next(p for p in shown(CABLE).transcription.tagged("p") if "WOULD LIKE US TO" in p.text())
    assert "SUPPORT THIS REQUEST" in flow.text()


def test_cable_signer_and_end() -> None:
    assert data(CABLE)["signed"] == "BLINKEN"
    assert kinds(CABLE, 43) == [Kind.SIGNATURE]
    assert kinds(CABLE, 47) == [Kind.END]


def test_cable_number_is_that_of_its_number_line() -> None:
    assert data(CABLE)["number"] == "BRUSSELS 03953"


@pytest.mark.parametrize(("line", "typed"), [(39, "AT 3 PM APRIL 7 LOCAL TIME."), (41, "MINIMÍZE")])
def test_cable_nothing_is_corrected(line: int, typed: str) -> None:
    assert typed in shown(CABLE).line(line)


def test_cable_is_not_dated_by_its_handling() -> None:
    assert data(CABLE)["read_from"]["date"] == data(CABLE)["read_from"]["sent"] == "L13"
    assert "10:41" not in data(CABLE)["sent"]


# The cable of the United Nations


def test_un_cable_head() -> None:
    assert data(UNITED_NATIONS)["to"] == ["Booh-Booh", "Dallaire"]
    assert data(UNITED_NATIONS)["from"] == ["Annan, UNations New York"]
    assert data(UNITED_NATIONS)["handling"] == ["No Distribution", "UNAMIR Only"]
    assert data(UNITED_NATIONS)["subject"] == "Contacts with Informant"
    assert data(UNITED_NATIONS)["date"] == "1994-01-11"


def test_un_cable_number() -> None:
    assert data(UNITED_NATIONS)["number"] == "UNAMIR: 100"


def test_un_cable_references_of_which_the_impossible_year_is_left() -> None:
    assert data(UNITED_NATIONS)["references"] == [
        {"cites": "MIR-79", "line": 15},
        {"cites": "resolution 872 (1003)", "line": 15},
    ]
    assert [citation.document for citation in bare(UNITED_NATIONS).citations] == [None, None]


def test_un_cable_eight_paragraphs() -> None:
    items = labels(UNITED_NATIONS, Kind.ITEM)
    assert [label.detail["mark"] for label in items] == [f"{number}." for number in range(1, 9)]


def test_un_cable_regards() -> None:
    assert kinds(UNITED_NATIONS, 26) == [Kind.CLOSING]


def test_un_cable_has_no_level() -> None:
    assert data(UNITED_NATIONS)["classification"] == "unmarked"
    assert labels(UNITED_NATIONS, Kind.MARKING) == []


@pytest.mark.parametrize(("line", "typed"), [(15, "cable, ass it clearly"), (15, "872 (1003)"), (23, "of you plans")])
def test_un_cable_nothing_is_repaired(line: int, typed: str) -> None:
    assert typed in shown(UNITED_NATIONS).line(line)


# The letter to Boris Yeltsin


def test_letter_instruction_of_the_privacy_channel() -> None:
    assert kinds(LETTER, 1) == kinds(LETTER, 2) == [Kind.CHANNEL]
    assert data(LETTER)["handling"] == ["PRIVACY CHANNEL"]


def test_letter_salutation_and_closing() -> None:
    assert [words(LETTER, label) for label in labels(LETTER, Kind.SALUTATION)] == ["DEAR BORIS:"]
    assert [words(LETTER, label) for label in labels(LETTER, Kind.CLOSING)] == ["SINCERELY,"]
    assert data(LETTER)["type"] == "letter"


def test_letter_signature_is_the_name_alone_and_uncertain() -> None:
    assert data(LETTER)["signed"] == "BILL"
    assert "signed" in data(LETTER)["uncertain"]


def test_letter_is_undated() -> None:
    assert "date" not in data(LETTER)
    assert data(LETTER)["title"] == "Letter to BORIS, undated"


def test_letter_has_no_level() -> None:
    assert data(LETTER)["classification"] == "unmarked"


@pytest.mark.parametrize(
    ("line", "typed"),
    [(22, "AND I BAVE DEVELOPED"), (107, "S0 PERCENT"), (134, "I WOULD'ﬁfKE TO ﬁEAR"), (71, "#ORGANIZATION")],
)
def test_letter_nothing_is_corrected(line: int, typed: str) -> None:
    assert typed in shown(LETTER).line(line)


def test_letter_hyphen_of_a_name_at_a_line_end_stays() -> None:
    assert shown(LETTER).line(111).endswith("NAGORNO-'")
    assert shown(LETTER).line(112).startswith("KARABAKH")


# The editors' layer


def _edited(demo: Edition, seed: str) -> Mapping[str, Any]:
    return metadata(next(each for each in demo.documents if each.document.source.stem.startswith(seed)))


def test_editors_settle_the_scrambled_columns(demo: Edition) -> None:
    found = _edited(demo, STATE)
    assert (found["from"], found["to"]) == (["George E. Moose"], ["Mr. Tarnoff"])
    assert found["edited"] == ["from", "to"]
    assert (found["read_from"]["from"], found["read_from"]["to"]) == ("L23", "L17")
    assert "uncertain" not in found


def test_without_the_annotation_a_problem_names_the_file_to_settle_it_in(tmp_path: Path) -> None:
    small = Small.at(tmp_path / "edition")
    (path,) = SEEDS.glob("001*.txt")
    small.write(f"seeds/{path.name}", path.read_bytes())
    said = small.said()
    assert [line.partition(" ")[0] for line in said] == [f"seeds/{path.name}:17:"] * 2
    assert all(f"in docs/annotations/{path.stem}.md." in line for line in said)
    small.write(f"docs/annotations/{path.stem}.md", "---\nfrom: {value: [A], line: 23}\nto: [B]\n---\n")
    assert small.said() == []


def test_editors_date_the_letter(demo: Edition) -> None:
    found = _edited(demo, LETTER)
    assert found["date"] == "[1994-12-02..1994-12-04]"
    assert {"date", "from", "to"} <= set(found["supplied"])


def test_editors_leave_the_order_of_time(demo: Edition) -> None:
    assert [each.document.source.stem[:3] for each in demo.documents] == ["001", "000", "003", "002", "004"]


def test_edition_is_without_a_problem(demo: Edition) -> None:
    assert demo.problems == ()
    assert demo.failed == ()
