"""Every regular expression of the package, how it is used, and lines made to cost it as much as possible."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import readingroom
from tests.regex_steps import LETTERS, REPEATS, Node, letters_of, operation, parsed

_AT_THE_START = frozenset({"match", "fullmatch"})
_USES = frozenset({*_AT_THE_START, "search", "finditer", "findall", "sub", "subn", "split"})
_LOOKED_AT = frozenset({"pattern", "flags", "groups"})
_WRITTEN_OUT = frozenset({*_USES, "compile"})
_LETTERS_TRIED = " Aa0.-,_/(*:\"'é\n~<"
"""What is put into a run, one line each: as many as the run allows, from the commonest on."""
_TRIED = 4
_PUMPED = 8
"""A repeat of fewer is none that a long line could feed."""
_FAILS = "\x7f!:a0A "


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it stands, and whether it is only ever tried at one place."""

    where: str
    pattern: re.Pattern[str]
    at_start: bool


def modules() -> list[types.ModuleType]:
    """All modules of the package but the one that runs it."""
    names = [found.name for found in pkgutil.walk_packages(readingroom.__path__, "readingroom.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def patterns() -> list[Used]:
    """Every pattern of the package, once: those that modules hold, and those that are written where they are used."""
    uses = _uses()
    found: dict[tuple[str, int, bool], Used] = {}
    for module in modules():
        for name, value in vars(module).items():
            for held, field in _held(value):
                if held is value and not uses[held]:  # a part of a table, where it is found again
                    continue
                by = {field} if field in _USES else uses[held] if held is value else uses[module, field or name]
                used = Used(f"{module.__name__}.{name}", held, bool(by) and by <= _AT_THE_START)
                found.setdefault((held.pattern, held.flags, used.at_start), used)
        for used in _written_out(module):
            found.setdefault((used.pattern.pattern, used.pattern.flags, used.at_start), used)
    return list(found.values())


def _held(value: object, field: str = "") -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield the patterns in a value of ours, however deep, each with the field of the record that holds it, if any.

    One that is held by its method (`pattern.match`) is yielded with that.
    """
    if isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, re.Pattern):
        yield value.__self__, value.__name__
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value, field
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _held(each, field)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from _held(each, field)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _held(getattr(value, each.name), each.name)


@cache
def _tree(module: types.ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _uses() -> Mapping[object, set[str]]:
    """Return by which methods a pattern is used, or what a module has under a name; `held` where it is given on."""
    uses: defaultdict[object, set[str]] = defaultdict(set)
    for module in modules():
        for name, by in _uses_in(_tree(module)).items():
            held = vars(module).get(name)
            if isinstance(held, re.Pattern):
                uses[held] |= by
            else:
                uses[module, name] |= by - {"held"}
    return uses


def _uses_in(tree: ast.Module) -> Mapping[str, set[str]]:
    """Return by which methods each name of a module is used; of a table, what loops over it do with its members."""
    uses: defaultdict[str, set[str]] = defaultdict(set)
    looked_at: set[ast.AST] = set()
    for table in tree.body:
        if isinstance(table, (ast.Assign, ast.AnnAssign)):  # its loops say what becomes of what it holds
            looked_at |= set(ast.walk(table))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _USES | _LOOKED_AT:
            looked_at.add(node.value)
            uses[_name(node.value)] |= {node.attr} & _USES
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.iter, ast.Name):
            members = (each.id for each in ast.walk(node.target) if isinstance(each, ast.Name))
            uses[node.iter.id] |= set().union(*(uses[member] for member in members))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in looked_at:
            uses[node.id].add("held")
    return uses


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _written_out(module: types.ModuleType) -> Iterator[Used]:
    """Yield the patterns of calls such as `re.search("…", words)` inside functions."""
    for function in ast.walk(_tree(module)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            method, pattern = node.func.attr, node.args[0]
            if _name(node.func.value) == "re" and method in _WRITTEN_OUT and _constant(pattern, function):
                code = compile(ast.Expression(pattern), str(module.__file__), "eval")
                written = re.compile(eval(code, vars(module)))  # noqa: S307 - it is our own
                yield Used(f"{module.__name__}:{node.lineno}", written, method in _AT_THE_START)


def _constant(node: ast.expr, function: ast.FunctionDef) -> bool:
    """Return whether a pattern can be known without running the function: it has no name of the function's own."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    own = {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    own |= {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    return not names & own


def attacks(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """Return what to make lines of: a lead that matches, a unit to repeat, and an end at which the match fails."""
    tree = parsed(pattern)
    found = {attack for full in (False, True) for attack in _attacks(list(tree), tree.state.flags, "", full=full)}
    return sorted(found)


def _attacks(nodes: Sequence[Node], flags: int, lead: str, *, full: bool) -> Iterator[tuple[str, str, str]]:
    for op, value in nodes:
        if op in REPEATS:
            least, most, inside = value
            if most >= _PUMPED:
                for unit in _units(list(inside), flags):
                    fails = [end for end in _FAILS if end not in unit][:2]
                    yield from ((lead, unit, end) for end in fails)
            yield from _attacks(list(inside), flags, lead, full=full)
            del least
        else:
            for inner, inner_flags in _inside(op, value, flags):
                yield from _attacks(inner, inner_flags, lead, full=full)
        lead += _example((op, value), flags, full=full)


def _inside(op: Any, value: Any, flags: int) -> Iterator[tuple[list[Node], int]]:  # noqa: ANN401 - the parser's own
    if op is operation.SUBPATTERN:
        yield list(value[3]), (flags | value[1]) & ~value[2]
    elif op is operation.ATOMIC_GROUP:
        yield list(value), flags
    elif op is operation.BRANCH:
        yield from ((list(each), flags) for each in value[1])
    elif op in {operation.ASSERT, operation.ASSERT_NOT}:
        yield list(value[1]), flags


def _units(nodes: list[Node], flags: int) -> set[str]:
    """Return what can be repeated, in some of the ways in which the repeated can be written."""
    if len(nodes) == 1 and nodes[0][0] in LETTERS:
        return set(_allowed(nodes[0], flags)[:_TRIED])
    whole = {_examples(nodes, flags, full=full) for full in (False, True)}
    for op, value in nodes:
        if op is operation.BRANCH:
            whole |= {_examples(list(each), flags, full=True) for each in value[1]}
        elif op is operation.SUBPATTERN and len(nodes) == 1:
            whole |= _units(list(value[3]), flags)
    return whole - {""}


def _allowed(node: Node, flags: int) -> str:
    """Return the letters that a test lets through, the commonest first; where none of these does, any that does."""
    test = letters_of(node, flags)
    common = "".join(letter for letter in _LETTERS_TRIED if test[letter])
    return common or next((chr(code) for code in range(0x3000) if test[chr(code)]), "")


def _examples(nodes: Sequence[Node], flags: int, *, full: bool) -> str:
    return "".join(_example(node, flags, full=full) for node in nodes)


def _example(node: Node, flags: int, *, full: bool) -> str:
    """Return a short string that a node matches; where it may match nothing, nothing unless `full`."""
    op, value = node
    if op in LETTERS:
        return _allowed(node, flags)[:1]
    if op in REPEATS:
        times: int = max(value[0], int(full))
        return _examples(list(value[2]), flags, full=full) * times
    if op is operation.BRANCH:
        return _examples(list(value[1][0]), flags, full=full)
    if op in {operation.SUBPATTERN, operation.ATOMIC_GROUP}:
        ((inner, inner_flags),) = _inside(op, value, flags)
        return _examples(inner, inner_flags, full=full)
    return ""
