"""One kind of message for everything that can be wrong: where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum


class Severity(IntEnum):
    """How much stops: an error keeps the old site, a warning is counted (an error with `--strict`)."""

    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at a path below the collection and, where there is one, a line (from 1; else 0)."""

    path: str
    line: int
    code: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the one-line form that editors and GitHub can jump from."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        kind = "" if self.severity is Severity.ERROR else " (warning)"
        return f"{place}: {self.code} {self.message}{kind}"

    def github(self) -> str:
        """Return the workflow command that makes this an annotation on a pull request."""
        kind = "error" if self.severity is Severity.ERROR else "warning"
        line = f",line={self.line}" if self.line else ""
        return f"::{kind} file={_property(self.path)}{line},title={self.code}::{_data(self.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def settled(problems: Iterable[Problem], *, strict: bool = False) -> tuple[Problem, ...]:
    """Return the problems sorted and without repetition; with `strict`, every warning is an error."""
    found = sorted(set(problems))
    return tuple(replace(p, severity=Severity.ERROR) for p in found) if strict else tuple(found)


def tally(problems: Iterable[Problem]) -> str:
    """Return how many there are, in words: `2 errors, 1 warning`."""
    every = list(problems)
    errors = sum(p.severity is Severity.ERROR for p in every)
    return f"{_count(errors, 'error')}, {_count(len(every) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
