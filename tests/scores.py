"""How well real papers are recognized: `../shared/corpora` converted as collections and scored, beside the floors.

The floors stand in `scores.yml`, per corpus, kind and field, as right answers of all that are scored; with them the
digests of what they were measured on. The scoring itself is `../shared/tools/score.py`, which others use too.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.starter import start

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TOOL = SHARED / "tools" / "score.py"
FLOORS = Path(__file__).parent / "scores.yml"
KINDS: Mapping[str, Mapping[str, str]] = {
    "cables": {"cables": "gold.json"},
    "jfk": {"forms": "forms.json", "hand": "hand.json"},
}
"""Corpus, then what is scored of it by which gold file."""

Scores = dict[str, dict[str, str]]
"""Kind, then field, then `right/scored`."""

_HEAD = """# What recognition must reach on ../shared/corpora: right/scored of each field, by corpus and kind.
# tests/test_scores.py fails below these. Raise them: pytest tests/test_scores.py --update-scores
# (which lowers none unless --allow-lower is given too).
"""
_ROW = re.compile(r"(?P<field>\S(?:[\w ]*\S)?)\s+(?P<right>\d+) /\s+(?P<scored>\d+)\s+[\d.]+$", re.MULTILINE)


def digest(place: Path) -> str:
    """The SHA-256 of a file, or of all files below a folder with their names, sorted."""
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    total = hashlib.sha256()
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(place).as_posix()}\n{digest(path)}\n".encode())
    return total.hexdigest()


def scores_of(corpus: str, work: Path) -> Scores:
    """The scores of a corpus, converted as a collection of its own below `work`."""
    folder = work / corpus
    start(folder)
    shutil.copytree(SHARED / "corpora" / corpus / "seeds", folder / "seeds", dirs_exist_ok=True)
    pipeline.convert(Collection.at(folder / "mkdocs.yml"))
    return {kind: _scored(folder / "docs", corpus, kind, gold) for kind, gold in KINDS[corpus].items()}


def _scored(docs: Path, corpus: str, kind: str, gold: str) -> dict[str, str]:
    where = SHARED / "corpora" / corpus / gold
    command = [sys.executable, str(TOOL), "--docs", str(docs), "--gold", str(where), "--kind", kind]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {row["field"]: f"{row['right']}/{row['scored']}" for row in _ROW.finditer(said)}


def floors() -> dict[str, Any]:
    """What `scores.yml` holds."""
    held: dict[str, Any] = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return held


def below(floor: Mapping[str, Mapping[str, str]], found: Scores) -> list[str]:
    """Every field whose score is below its floor, or that one of the two does not have, in words."""
    wrong = []
    for kind in sorted(floor.keys() | found.keys()):
        least, got = floor.get(kind, {}), found.get(kind, {})
        for field in sorted(least.keys() | got.keys()):
            if field not in least or field not in got:
                wrong.append(f"{kind}, {field}: floor {least.get(field, 'none')}, found {got.get(field, 'none')}")
            elif _lower(got[field], least[field]):
                wrong.append(f"{kind}, {field}: {got[field]}, floor {least[field]}")
    return wrong


def _lower(found: str, floor: str) -> bool:
    (right, scored), (least, of) = (map(int, pair.split("/")) for pair in (found, floor))
    return right * of < least * scored


def write_floors(corpus: str, found: Scores) -> None:
    """Make today's scores of a corpus the floors, with the digests of what they were measured on."""
    held = floors()
    held[corpus] = {"corpus": digest(SHARED / "corpora" / corpus), "tool": digest(TOOL), "floors": found}
    text = yaml.safe_dump({name: held[name] for name in sorted(held)}, sort_keys=False, allow_unicode=True, width=120)
    FLOORS.write_text(_HEAD + text, encoding="utf-8", newline="\n")
