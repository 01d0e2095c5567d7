"""Recognition and page cost in proportion to the text: twice the text, twice the work, counted in calls, not seconds.

What a pattern does inside one call is counted in `test_patterns.py`. That all lines of a million characters are got
through holds besides for what the two may not see: the square of that would take a day.
"""

import sys
from types import FrameType

import pytest

from tests.reading import document_of, page_of

HEAD = """CONFIDENTIAL
PAGE 01 LA PAZ 05838 021432Z
ACTION ARA-15
R 021359Z JUL 79
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 2004
CONFIDENTIAL LA PAZ 5838
TAGS: PINT, BL
SUBJECT: A VISIT
REF: STATE 271747
"""
PAGE = """1. THE MINISTER SPOKE OF MANY THINGS, AND OF STATE 271747,
AND WENT ON TO SPEAK OF OTHERS CONFIDENTIAL

CONFIDENTIAL

PAGE 02 LA PAZ 05838 021432Z

AND OF OTHERS STILL.
E.O. 13526, 1.4(d)
43
BOEKER
NNNN
"""
REPEATED = {
    "pages": PAGE,
    "sections": HEAD,
    "empty lines": "\n",
    "banners": "SECRET\n\n",
    "release lines": "UNCLASSIFIED\nRELEASED IN FULL\n",
    "addresses": "AMEMBASSY LIMA IMMEDIATE\n",
    "figures": "43\n\n",
    "salutations": "Dear Mr. President:\n\nSincerely,\n\nBill\n\n",
    "struck": "~~CONFIDENTIAL~~\n**x** <u>y</u>\n",
    "durations": "GROUP 1\nExcluded from automatic\ndowngrading and\ndeclassification\nE2 IMPDET\n",
    "choices": "SECRET\nCONFIDENTIAL\nINTERNAL\nUSE ONLY\nUNCLASSIFIED\n",
    "messages cited": "1. SEE LIMA 1234 AND 1235, AND REFTEL A.\n",
    "officers": "Drafted: AF/C:SAHonley 7-1707\n",
    "citations": "1. SEE RESOLUTION 872 (1993), S/RES/872 (1993) AND E.O. 12356.\n",
    "brackets": "He said [2 lines not declassified] to them.\n",
}
UNITS = [
    " ",
    "A ",
    "7",
    "PAGE 01 ",
    "(",
    "E.O. ",
    "- ",
    "TO ",
    "REF: ",
    "A, ",
    "*",
    "_",
    "S E C R E T ",
    "REFTEL A, ",
    "LIMA 1234, 1235 AND ",
    "**x** ~~y~~ ",
    "resolution 872 (1993) ",
]
LONG = 1_000_000


def work(text: str) -> int:
    """How many calls, of functions and of built-in ones, it takes to recognize `text` and to write its page."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        page_of(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED.keys())
def test_twice_the_lines_are_twice_the_work(unit: str) -> None:
    once, twice = work(HEAD + unit * 150), work(HEAD + unit * 300)
    assert twice < 2.15 * once


@pytest.mark.parametrize("unit", UNITS)
def test_a_line_twice_as_long_is_twice_the_work(unit: str) -> None:
    once, twice = (work(f"{HEAD}\n{unit * (size // len(unit))}!\n") for size in (4_000, 8_000))
    assert twice < 2.15 * once


@pytest.mark.parametrize("lead", ["", "CONFIDENTIAL "])
@pytest.mark.parametrize("unit", UNITS)
def test_a_line_of_a_million_characters_is_got_through(unit: str, lead: str) -> None:
    line = f"{lead}{unit * (LONG // len(unit))}!"
    assert document_of(f"{HEAD}\n{line}\n").text.content.endswith(f"{line}\n")
