"""The matcher that counts steps finds what Python's own engine finds; and it sees what backtracks."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.regex_steps import Steps, TooManyError, deep

_LETTERS = "aabbc A_\n"
_ATOMS = ("a", "b", "c", "[ab]", "[^a]", ".", r"\w", r"\s", " ", "(?i:A)", r"[^\W_]")
_PLACES = ("^", "$", r"\b", "(?m:^)", "(?m:$)", "(?<=a)", "(?<![ab])", "(?<!ab)")
_REPEATS = ("*", "+", "?", "{1,3}", "{0,2}", "{2}", "*?", "+?", "??", "{1,2}?", "*+", "++", "?+")
_GROUPS = ("(?:", "(?=", "(?!", "(?>")


def _pattern(chance: Random, depth: int = 0) -> str:
    """Some pattern of everything that patterns are made of, but groups that are read again."""
    kind = chance.random() if depth < 4 else 0
    if kind < 0.4:
        return chance.choice(_ATOMS)
    if kind < 0.5:
        return chance.choice(_PLACES)
    if kind < 0.65:
        return _pattern(chance, depth + 1) + _pattern(chance, depth + 1)
    if kind < 0.75:
        return f"(?:{_pattern(chance, depth + 1)}|{_pattern(chance, depth + 1)})"
    if kind < 0.82:
        return f"{chance.choice(_GROUPS)}{_pattern(chance, depth + 1)})"
    return f"(?:{_pattern(chance, depth + 1)}){chance.choice(_REPEATS)}"


def _same(pattern: re.Pattern[str], string: str) -> bool:
    steps = Steps(pattern)
    matches = (
        (pattern.match(string), steps.match(string)),
        (pattern.fullmatch(string), steps.match(string, whole=True)),
    )
    everywhere = [match.span() for match in pattern.finditer(string)] == list(steps.finditer(string))
    return everywhere and all((theirs and theirs.span()) == ours for theirs, ours in matches)


def test_finds_what_python_finds() -> None:
    chance = Random(1)  # noqa: S311 - it has to be repeatable
    for _ in range(4_000):
        pattern = re.compile(_pattern(chance))
        string = "".join(chance.choice(_LETTERS) for _ in range(chance.randint(1, 9)))
        assert _same(pattern, string), (pattern.pattern, string)


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)b\1", r"(?i)(a|b)\1", r"(a)?b(?(1)c|d)", r"(?P<x>a)*(?P=x)", r"(?:(a)|b)*\1", r"(?s)a.b", r"(?m)^a$"],
)
def test_groups_and_flags_mean_what_they_mean_to_python(pattern: str) -> None:
    chance = Random(2)  # noqa: S311
    for _ in range(200):
        string = "".join(chance.choice("aabbcdA\n") for _ in range(chance.randint(1, 9)))
        assert _same(re.compile(pattern), string), string


def _taken(pattern: str, string: str) -> int:
    steps = Steps(re.compile(pattern))
    deep(lambda: list(steps.finditer(string)))
    return steps.taken


@pytest.mark.parametrize(
    ("pattern", "growth"),
    [
        ("a+", 2),
        ("(?<!a)a++b", 2),
        (r"a+b", 4),
        (r"(?:a|b)*c", 4),
        (r"\s*,", 4),
        ("a*a*b", 8),
        ("^a*a*b", 4),
        (".{0,9}b", 2),
    ],
)
def test_a_line_twice_as_long_costs_what_the_pattern_makes_it_cost(pattern: str, growth: int) -> None:
    unit = " " if "s" in pattern else "a"
    assert _taken(pattern, unit * 256) / _taken(pattern, unit * 128) == pytest.approx(growth, rel=0.12)


def test_too_many_steps_are_not_taken() -> None:
    with pytest.raises(TooManyError):
        Steps(re.compile("^(?:a|aa)+$"), most=10_000).match("a" * 64 + "b")
