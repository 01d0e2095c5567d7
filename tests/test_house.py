"""The rooms of the house: what may import what, how large they get, what is written over their doors."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from readingroom.data import table
from readingroom.recognize.redactions import meaning_of
from readingroom.starter import start
from tests.reading import ROOT

PACKAGE = ROOT / "readingroom"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("model", "source", "recognize", "editorial", "page", "export", "publish")
"""Every room, each below those that it may not import: an import goes from right to left only."""
LARGEST = 400

TEXT_ALTERING = frozenset(
    {
        "abbr",
        "admonition",
        "arithmatex",
        "b64",
        "betterem",
        "caret",
        "critic",
        "emoji",
        "escapeall",
        "fancylists",
        "highlight",
        "inlinehilite",
        "keys",
        "magiclink",
        "mark",
        "md_in_html",
        "nl2br",
        "pathconverter",
        "progressbar",
        "quotes",
        "saneheaders",
        "smarty",
        "smartsymbols",
        "snippets",
        "striphtml",
        "tasklist",
        "tilde",
        "wikilinks",
    }
)
"""Extensions of Python-Markdown and pymdownx that change characters, or read them as markup."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def room(module: str) -> str:
    """The room of a module of ours: `recognize` for `readingroom.recognize.cable`, `words` for `readingroom.words`."""
    return module.split(".")[1] if "." in module else ""


def rooms_used() -> Mapping[str, set[str]]:
    """Each room, or module beside the rooms, and those that it imports."""
    used: dict[str, set[str]] = {}
    for path in MODULES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        ours = {room(module) for module in imports(path) if module.startswith("readingroom.")}
        used.setdefault(own, set()).update(ours - {own, ""})
    return used


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda path: str(path.name))
def test_model_imports_the_standard_library_only(path: Path) -> None:
    for module in imports(path):
        assert module.startswith("readingroom.model") or module.partition(".")[0] in sys.stdlib_module_names


def test_imports_point_one_way() -> None:
    used = rooms_used()
    for at, own in enumerate(ROOMS):
        assert not used[own] & set(ROOMS[at + 1 :]), f"{own} imports {used[own]}"


def test_recognizers_know_no_editors_and_no_pages() -> None:
    assert not rooms_used()["recognize"] & {"editorial", "page", "publish", "export", "pipeline", "cli"}


def test_no_cycle_between_rooms() -> None:
    used = {own: set(others) for own, others in rooms_used().items()}
    while used:
        free = [own for own, others in used.items() if not others & used.keys()]
        assert free, f"a cycle among {sorted(used)}"
        for own in free:
            del used[own]


def test_only_publish_knows_mkdocs_and_pagefind() -> None:
    for path in MODULES:
        foreign = {module.partition(".")[0] for module in imports(path)} & {"mkdocs", "material", "pagefind"}
        assert not foreign or path.is_relative_to(PACKAGE / "publish"), f"{path} imports {foreign}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_is_small_and_says_what_it_is(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LARGEST
    assert ast.get_docstring(tree(path)) or path.name == "__main__.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_everything_public_has_a_docstring(path: Path) -> None:
    for node in _public(tree(path)):
        assert ast.get_docstring(node), f"{path.name}:{node.lineno} {node.name}"


def _public(within: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in within.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _names(extensions: object) -> list[str]:
    assert isinstance(extensions, list)
    return [next(iter(each)) if isinstance(each, dict) else str(each) for each in extensions]


@pytest.mark.parametrize("collection", ["demonstration", "starter"])
def test_no_extension_alters_text(collection: str, tmp_path: Path) -> None:
    file = ROOT / "mkdocs.yml"
    if collection == "starter":
        start(tmp_path)
        file = tmp_path / "mkdocs.yml"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    names = _names(config["markdown_extensions"])
    assert not {name.rpartition(".")[2] for name in names} & TEXT_ALTERING
    assert "readingroom.publish.transcription" in names
    assert config["plugins"] == []
    assert config["theme"]["font"] is False


_CODE_FORMS = re.compile(
    r"\d\.\d\([a-z]\)(\(\d{1,2}\))?|(\([a-zA-Z0-9]\))+|P\d|[257][05]X\d(-HUM|-WMD)?|X\d"
    r"|5\(B\)\(\d\)|6\(\d\)(\([A-C]\))?|[A-H]|PRM|RR|STAT(INTL)?"
)


def test_exemptions_have_meaning_and_source() -> None:
    for authority, entry in table("exemptions").items():
        assert {"title", "source", "codes"} <= set(entry) <= {"title", "source", "sourced", "codes"}
        for code, said in entry["codes"].items():
            meaning = said["meaning"] if isinstance(said, dict) else said
            assert _CODE_FORMS.fullmatch(code), f"{authority} {code}"
            assert meaning
            assert not meaning.endswith(".")


def test_wording_that_nobody_checked_is_not_shown() -> None:
    for authority, entry in table("exemptions").items():
        for code, said in entry["codes"].items():
            checked = entry.get("sourced", True) and not (isinstance(said, dict) and not said["sourced"])
            assert (meaning_of(f"{authority} {code}") is not None) is checked, f"{authority} {code}"


def test_levels_have_portion_mark_meaning_and_source() -> None:
    for name, entry in table("levels").items():
        assert {"portion", "meaning"} <= set(entry), name
        assert "source" in entry or name in {"official use only", "unclassified"}
    assert set(table("markings")["levels"].values()) == set(table("levels"))


def test_levels_of_schema_are_those_of_the_table() -> None:
    schema = table("front_matter.schema")["$defs"]["classification"]["enum"]
    assert schema == [*table("levels"), "unmarked"]


def test_every_prosign_has_a_word_and_a_meaning() -> None:
    precedence = table("precedence")
    assert set(precedence["prosigns"].values()) <= set(precedence["meanings"])
    assert {word.upper() for word in precedence["prosigns"].values()} <= set(precedence["words"])


def test_every_table_says_what_it_is_and_where_it_comes_from() -> None:
    for path in sorted((PACKAGE / "data").glob("*.yml")):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


def test_paths_that_the_readme_names_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]+/[\w./-]*|\w+\.(?:py|yml|toml|lock))`", text))
    named |= set(re.findall(r"\]\(([^)#:]+)\)", text))
    written = ("site", "docs/documents", ".venv")
    missing = [path for path in sorted(named) if not path.startswith((*written, "__")) and not (ROOT / path).exists()]
    assert missing == []
