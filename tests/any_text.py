"""Hypothesis strategies: any text whatever, and texts that look enough like a document to lead recognizers astray."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.reading import SEEDS

_CHARACTERS = st.characters(codec="utf-8")
_ODD = (
    "\0",
    "\x01",
    "\x02",
    "\x03",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x7f",
    "\x85",
    "\x9f",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "    ",
    " ",
    "\u00a0",
    "\u00ad",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ufdd0",
    "\U0001f5c4",
    "e\u0301",
    "\u0301",
    "İ",
)
_MARKS = ("**", "~~", "<u>", "</u>", "\\", "\\$", "\\_", "\\*", "\\#", "- 2. ", "- -- ", "__", "*", "~", "<U>", "***")
_MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<div",
    "</div>",
    "<p markdown>",
    "]]>",
    "<!DOCTYPE html>",
    "<a href='javascript:alert(1)'>",
    "[x](javascript:alert(1))",
    "![x](y)",
    "[x][y]",
    "[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<http://example.org>",
    "http://example.org/",
    "# ",
    "###### ",
    "Title\n===",
    "> ",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "1) ",
    "```",
    "~~~",
    "`",
    "    code",
    "a | b\n--- | ---\n",
    "|",
    "[^1]",
    "[^1]: note",
    "Term\n:   definition",
    ":   ",
    "*[abbr]: x",
    "*[marking: secret]* ",
    "*[label]*",
    "*[…]*",
    "*[page 2]*",
    "*[¶ 3.]*",
    "{: onclick=alert(1) }",
    "{: #L1 .x }",
    "{#id}",
    "{{ x }}",
    "{% raw %}",
    "$a$",
    "$$",
    "&copy;",
    "&#60;",
    "&#x3c;",
    "&",
    "(c)",
    "1/2",
    ":smile:",
    "==x==",
    "^x^",
    "++x++",
    "!!! note",
    "<!-- transcription: *[labels]* and links are this edition's, all else is the document's -->",
    "<!-- end of transcription -->",
    "readingroom-transcription-stands-here",
    "rrcontrol0041",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03",
    "\x02klzzwxh:0000\x03",
    "---",
    "...",
)
_RECORDS = (
    "CONFIDENTIAL",
    "~~SECRET~~",
    "S E C R E T",
    "TOP SECRET",
    "UNCLASSIFIED",
    "EXDIS",
    "CONFIDENTIAL - ENTIRE TEXT.",
    "PAGE 02 BRUSSE 03953 081041Z ",
    "CONFIDENTIAL BRUSSELS 03953",
    "S E C R E T LA PAZ 5838",
    "ACTION EUR-01",
    "INFO LOG-00 AF-01 /002W",
    "-----3984BC 081042Z /38 O 081037Z APR 94 ZFF4",
    "O 081037Z APR 94",
    "FM AMEMBASSY BRUSSELS TO SECSTATE WASHDC IMMEDIATE 6354 INFO ",
    "FM ",
    "TO ",
    "INFO ",
    "E.O. 12356: DECL: OADR ",
    "TAGS: PGOV, OVIP (VANCE, CYRUS), BL",
    "TAGS: ",
    "SUBJECT: ",
    "Subject:",
    "REF: A) STATE 1, B) ",
    "REF:",
    "NNNN",
    "BLINKEN",
    "E.O. 13526, 1.4(d)",
    "1.4(D), 1.4(B)",
    "B1",
    "DECLASSIFIED IN PART",
    "PER E. O. 13526",
    "RELEASED IN FULL",
    "RELEASED IN PART B1",
    "DENIED IN FULL",
    "X LIBRARY PHOTOCOPY",
    "Declassify on: OADR",
    "UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY: A B DATE/CASE ID: 12 FEB 2003 200101636",
    "U.S. Department of State Case No. F-2014-01300 Doc No. C05517350 Date: 03/26/2014",
    "REVIEW AUTHORITY: A. Reviewer, Senior Reviewer",
    "NATIONAL SECURITY COUNCIL\nWASHINGTON, D.C. 20506",
    "MEMORANDUM FOR A. READER",
    "INFORMATION MEMORANDUM CONFIDENTIAL S/S DECL: OADR",
    "FROM:",
    "TO:",
    "From: A. WRITER/B. WRITER",
    "To: A / B, MISSION Only",
    "Number: MISSION: 1",
    "DATE: 31 Nov 1963",
    "October 1, 1993",
    "9/15/93",
    "VIA BLUE CHANNEL",
    "PRIVACY CHANNEL MESSAGE: ",
    "Dear Reader:",
    "Sincerely,",
    "Tab I Reply",
    "Approve _____",
    "Drafted: AF/C:SAHonley 7-1707",
    "Cleared:",
    "Concurrences by: A. Reader",
    "2",
    ",",
    "960143 BX I",
    "resolution 872 (1993)",
    "MIR-79",
    "S/RES/872 (1993)",
    "1. Text of a paragraph",
    "3. ",
    "-- a tick",
    "a sentence that goes on",
)
_SEEDS = tuple(sorted(path.read_bytes().decode() for path in SEEDS.glob("*.txt")))

_PIECES = st.one_of(
    st.sampled_from(_ODD),
    st.sampled_from(_MARKS),
    st.sampled_from(_MARKUP),
    st.sampled_from(_RECORDS),
    st.text(_CHARACTERS, max_size=12),
    st.text(st.sampled_from("ABE aeo 019.,:;-_*~<>/\\()[]{}|!?\"'\n"), max_size=30),
)
_PARTED = st.sampled_from(("", "", " ", "\n", "\n", "\n\n"))

made = st.lists(st.tuples(_PIECES, _PARTED), max_size=14).map(lambda pieces: "".join(map("".join, pieces)))
"""Pieces of every sort one after another: records, markup, OCR's marks, odd characters, any text."""

records = st.lists(st.sampled_from(_RECORDS + _MARKS + _ODD), min_size=2, max_size=25).flatmap(
    lambda pieces: st.sampled_from(("\n", "\n\n", " ")).map(lambda parted: parted.join(pieces))
)
"""Lines of documents in any order."""

long_lines = st.tuples(_PIECES, st.integers(1_000, 4_000)).map(lambda it: (it[0] * it[1])[:10_000])
"""One piece over and over, to ten thousand characters."""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A stretch of one of the demonstration edition's seeds, with pieces put in, taken out and moved."""
    seed = draw(st.sampled_from(_SEEDS))
    start = draw(st.integers(0, len(seed) - 1))
    text = seed[start : start + draw(st.integers(1, 3_000))]
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.integers(0, len(text)))
        last = min(len(text), first + draw(st.integers(0, 40)))
        text = text[:first] + draw(st.one_of(_PIECES, st.just(text[last : last + 30]))) + text[last:]
    return text


any_text = st.one_of(st.text(_CHARACTERS, max_size=200), made, made, records, mutated(), long_lines).filter(
    lambda text: bool(text.strip())
)
"""Any text that can be a seed: it holds something beside white space."""
