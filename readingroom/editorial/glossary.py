"""The glossary, `docs/glossary.md`: terms as they stand in the documents, as Markdown definition lists."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_LINK = re.compile(r"(?<!\\)\[([^\[\]\\]*+(?:\\.[^\[\]\\]*+)*)\]\([^()]*+\)")
_CITATION = re.compile(r"(?:(?<!\s)\s++)?\((?:\[[^\[\]]*+\]\([^()]*+\)[;,]?\s*+)+\)")
_EMPHASIS = re.compile(r"[*_`]")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its spellings, its anchor on the glossary page, and its explanation as plain words."""

    spellings: tuple[str, ...]
    anchor: str
    explanation: str


def anchor_of(term: str) -> str:
    """Return the anchor of a glossary entry: its first spelling in lower-case ASCII, runs of other signs a hyphen."""
    ascii_ = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-") or "term"


def read_glossary(docs: Path) -> tuple[Term, ...]:
    """Return the entries of the glossary, none where there is no glossary."""
    path = docs / "glossary.md"
    if not path.is_file():
        return ()
    terms: list[Term] = []
    spellings: list[str] = []
    explanation: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), "end"]:
        if line.startswith(":   "):
            explanation = [line[4:]]
        elif explanation and line.startswith("    "):
            explanation.append(line.strip())
        elif explanation and line.strip():
            terms.append(_term(spellings, explanation))
            spellings, explanation = [line.strip()], []
        elif line.strip():
            spellings.append(line.strip())
        elif not explanation:
            spellings = []
    return tuple(terms)


def _term(spellings: list[str], explanation: list[str]) -> Term:
    words = _CITATION.sub("", " ".join(explanation))
    words = _EMPHASIS.sub("", _LINK.sub(r"\1", words))
    return Term(tuple(s.replace("\\", "") for s in spellings), anchor_of(spellings[0]), " ".join(words.split()))
