"""Real documents, damaged as scanners, OCR, editors' programs and file transfers damage them, by a seed of chance.

A mutant is settled by the documents, the seed and its number: any one can be made again alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Change = Callable[[list[str], Random, Sequence[str]], list[str]]
Coding = Callable[[str, Random], bytes]

_MISREAD = (
    ("rn", "m"),
    ("m", "rn"),
    ("O", "0"),
    ("0", "O"),
    ("l", "1"),
    ("1", "I"),
    ("I", "|"),
    ("S", "5"),
    ("B", "8"),
    ("E", "F"),
    ("c", "e"),
    ("N", "Ν"),
    ("C", "("),
    (" ", ""),
    ("", " "),
    (".", ","),
    (":", ";"),
    ("-", "—"),
    ("'", "’"),
    ("", "*"),
    ("", "**"),
    ("", "~~"),
    ("", "_"),
    ("", "<"),
    ("", "\\"),
    ("", "`"),
    ("", "["),
    ("", "]("),
    ("", "{"),
    ("", "&"),
    ("", "é"),
    ("", "\u00a0"),
    ("", "\u2028"),
)
"""What stands on the paper, and what OCR makes of it; with the signs that it makes of dirt."""
_CONTROLS = "\0\x01\x02\x03\x07\x08\x0b\x0c\x1a\x1b\x1c\x7f\x85\x9f"
_TEXT_AT_MOST = 100
"""One control character in so many at most, lest the bytes rightly count as no text."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """The bytes of a damaged document, and what was done to it."""

    data: bytes
    changes: tuple[str, ...]


def mutant(documents: Sequence[str], seed: int, number: int) -> Mutant:
    """Return the mutant of this number: up to six changes of the lines of a document, then an encoding."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 - it has to be repeatable
    lines = _lines(chance.choice(documents))
    changes = [chance.choice(CHANGES) for _ in range(chance.randint(1, 6))]
    for change in changes:
        changed = change(lines, chance, documents)
        lines = changed if "".join(changed).strip() else lines
    coding = chance.choice(CODINGS)
    data = coding("".join(lines), chance)
    return Mutant(data, tuple(_called(each) for each in (*changes, coding)))


def _called(what: object) -> str:
    return str(getattr(what, "__name__", "")).strip("_")


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def _some(lines: list[str], chance: Random) -> set[int]:
    """Return the numbers of a few lines, or of many."""
    share = chance.choice((0.01, 0.05, 0.2))
    return {at for at in range(len(lines)) if chance.random() < share} or {chance.randrange(len(lines))}


def _deleted(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    gone = _some(lines, chance)
    return [line for at, line in enumerate(lines) if at not in gone]


def _doubled(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    twice = _some(lines, chance)
    return [line for at, line in enumerate(lines) for _ in range(1 + (at in twice))]


def _spliced(lines: list[str], chance: Random, documents: Sequence[str]) -> list[str]:
    others = _lines(chance.choice(documents))
    first = chance.randrange(len(others))
    at = chance.randint(0, len(lines))
    return [*lines[:at], *others[first : first + chance.randint(1, 30)], *lines[at:]]


def _swapped(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    swapped = list(lines)
    for at in sorted(_some(lines, chance)):
        other = min(len(lines) - 1, at + chance.choice((1, 1, 2, 5, len(lines))))
        swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped


def _garbled(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    chosen = _some(lines, chance)
    return [_misread(line, chance) if at in chosen else line for at, line in enumerate(lines)]


def _misread(line: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 4)):
        right, wrong = chance.choice(_MISREAD)
        if right:
            places = [match.start() for match in re.finditer(re.escape(right), line)]
        else:
            places = list(range(len(line.rstrip("\r\n")) + 1))
        if places:
            at = chance.choice(places)
            line = line[:at] + wrong + line[at + len(right) :]
    return line


def _cut(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    """Cut lines in two, or leave their second half out."""
    chosen = _some(lines, chance)
    return [part for at, line in enumerate(lines) for part in (_halves(line, chance) if at in chosen else (line,))]


def _halves(line: str, chance: Random) -> tuple[str, ...]:
    at = chance.randint(0, len(line))
    return (line[:at] + "\n",) if chance.random() < 0.5 else (line[:at] + "\n", line[at:])


def _joined(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    chosen = _some(lines, chance)
    between = chance.choice(("", " ", "   "))
    return [line.rstrip("\r\n") + between if at in chosen else line for at, line in enumerate(lines)]


def _ended_otherwise(lines: list[str], chance: Random, _: Sequence[str]) -> list[str]:
    """End the lines as another system does, or each as it happens."""
    ends = chance.choice((("\r",), ("\r\n",), ("\r", "\n", "\r\n", "\n\r")))
    return [re.sub(r"[\r\n]+$", chance.choice(ends), line) for line in lines]


def _as_utf_8(text: str, _: Random) -> bytes:
    return text.encode()


def _with_a_mark(text: str, _: Random) -> bytes:
    return text.encode("utf-8-sig")


def _as_utf_16(text: str, chance: Random) -> bytes:
    return f"\ufeff{text}".encode(chance.choice(("utf-16-le", "utf-16-be")))


def _as_windows_1252(text: str, _: Random) -> bytes:
    return text.encode("cp1252", errors="replace")


def _as_latin_1(text: str, _: Random) -> bytes:
    return text.encode("latin-1", errors="replace")


def _with_invalid_bytes(text: str, chance: Random) -> bytes:
    data = text.encode()
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(1, len(data))
        data = data[:at] + bytes((chance.randint(0x80, 0xFF),)) + data[at:]
    return data


def _with_controls(text: str, chance: Random) -> bytes:
    for _ in range(min(chance.randint(1, 20), len(text) // _TEXT_AT_MOST)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(_CONTROLS) + text[at:]
    return text.encode()


CHANGES: tuple[Change, ...] = (
    _deleted,
    _doubled,
    _spliced,
    _swapped,
    _garbled,
    _garbled,
    _cut,
    _joined,
    _ended_otherwise,
)
CODINGS: tuple[Coding, ...] = (
    _as_utf_8,
    _as_utf_8,
    _as_utf_8,
    _with_a_mark,
    _as_utf_16,
    _as_windows_1252,
    _as_latin_1,
    _with_invalid_bytes,
    _with_controls,
)
