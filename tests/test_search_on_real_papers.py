"""The search over two hundred real papers as a collection of its own, its index in parts, held to a brute-force oracle.

What is found must be what the rule finds in the records, word by word; what a facet counts must be what the front
matter of the pages says. The papers are those of ../shared/corpora, where they are.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from readingroom.export.records import Scope
from readingroom.publish.search import parts
from readingroom.publish.search.parts import part_of
from readingroom.publish.search.stream import REACH
from readingroom.words import Words, read_query
from tests.indexing import records
from tests.reading import ROOT
from tests.small import Small

CORPORA = ROOT.parent / "shared" / "corpora"
DOCUMENTS = 200
PARTS = 3
SEED = 20261120
ASKED = 12

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not here; they are samples of larger ones"
)

_FOUND = """async ([base, query, state]) => {
  const { openIndex } = await import(`${base}assets/search/index.js`);
  const { narrowed, needed } = await import(`${base}assets/search/narrowing.js`);
  const { readQuery } = await import(`${base}assets/words.js`);
  const { readAddress } = await import(`${base}assets/search/address.js`);
  globalThis.index ??= await openIndex(base);
  const found = await index.answers("documents", readQuery(query));
  const read = readAddress(state, index.facetNames);
  await index.tables.load(...needed(read));
  const left = narrowed(index, "documents", found, read);
  return [...left];
}"""


@dataclass(frozen=True)
class Papers:
    """The collection, built and served: its documents' words, their front matter, and a page of its search."""

    order: tuple[str, ...]
    """the documents' ids, in the order of the records' numbers"""
    lines: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Words]
    metadata: Mapping[str, Mapping[str, Any]]
    address: str
    page: Page

    def found(self, query: str, state: str = "") -> set[str]:
        return {self.order[number] for number in self.page.evaluate(_FOUND, [f"{self.address}/", query, state])}

    def expected(self, query: str) -> set[str]:
        asked = read_query(query)
        return {id_ for id_, words in self.words.items() if asked.matches(words)}


@pytest.fixture(scope="module")
def papers(
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
    served: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[Papers]:
    small = Small.at(tmp_path_factory.mktemp("papers"))
    seeds = sorted(CORPORA.glob("*/seeds/*"), key=lambda path: path.name[::-1])[:DOCUMENTS]
    for seed in seeds:
        shutil.copyfile(seed, small.root / "seeds" / seed.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "parts_for", lambda _: PARTS)
        edition = small.build().edition
    documents = (record for record in records(edition) if record.scope is Scope.DOCUMENTS)
    every = sorted(documents, key=lambda record: (part_of(record.id, PARTS), record.id))
    pages = (small.root / "docs" / "documents").glob("*.md")
    front = (yaml.safe_load(page.read_text(encoding="utf-8").split("\n---\n", 1)[0][4:]) for page in pages)
    with served(small.root / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}/search/")
        yield Papers(
            order=tuple(record.id for record in every),
            lines={record.id: tuple(words for _, words in record.lines) for record in every},
            words={record.id: record.words() for record in every},
            metadata={data["id"]: data for data in front},
            address=address,
            page=page,
        )
        page.close()


def _words(papers: Papers, chance: random.Random) -> Iterator[str]:
    """Words and phrases of the papers, beginnings of words, and pairs from two papers."""
    texts = [words.parts for words in papers.words.values()]
    for _ in range(ASKED):
        text = [word for word in chance.choice(texts) if word]
        at = chance.randrange(len(text) - 3)
        other = chance.choice(chance.choice(texts) or ["x"]) or "x"
        yield text[at]
        yield f'"{" ".join(text[at : at + 3])}"'
        yield text[at][:3]
        yield f"{text[at]} {other}"
        yield f"{text[at]} OR {other}"
        yield f"{text[at]} -{other}"


def test_long_phrases_are_found_however_their_words_are_joined(papers: Papers) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    asked = 0
    for _ in range(ASKED):
        words = chance.choice(list(papers.words.values()))
        several = sorted(set(words.joined) - set(words.parts))
        if not several:
            continue
        place = words.joined.index(chance.choice(several))
        start = max(0, place - chance.randrange(2 * REACH))
        phrase = [word for word in words.joined[start : place + 2 * REACH] if word]
        swapped = [*phrase[:-2], phrase[-1], phrase[-2]]
        for query in (f'"{" ".join(phrase)}"', f'"{" ".join(swapped)}"'):
            assert papers.found(query) == papers.expected(query), f"{query}, seed {SEED}"
            asked += bool(papers.expected(query))
    assert asked


def test_random_questions_find_what_the_rule_finds(papers: Papers) -> None:
    for query in _words(papers, random.Random(SEED)):  # noqa: S311 - no secret
        assert papers.found(query) == papers.expected(query), f"{query!r}, seed {SEED}"


@pytest.mark.parametrize("kind", ["no document", "a beginning only", "never together", "over a line break", "a number"])
def test_each_kind_of_question(papers: Papers, kind: str) -> None:
    query = _asked(papers, kind)
    expected = papers.expected(query)
    assert bool(expected) == (kind in {"over a line break", "a number"})
    assert papers.found(query) == expected


def _asked(papers: Papers, kind: str) -> str:
    """A question of a kind, made from the papers at hand."""
    texts = {id_: set(words.parts) for id_, words in papers.words.items()}
    every = Counter(word for words in texts.values() for word in words if word)
    once = sorted(word for word, count in every.items() if count == 1 and word.isalpha() and len(word) > 6)
    if kind == "no document":
        return next(word for word in ("zygomorphic", "quixotically", "xylophonist") if word not in every)
    if kind == "a beginning only":
        return next(word[:-1] for word in once if word[:-1] not in every)
    if kind == "never together":
        holder = {word: id_ for id_, words in texts.items() for word in words & set(once)}
        return next(f"{once[0]} {word}" for word in once if holder[word] != holder[once[0]])
    if kind == "over a line break":
        longest = max(papers.lines.values(), key=lambda lines: len(lines))  # noqa: PLW0108 - len alone has no type here
        both = ((first.split(), second.split()) for first, second in pairwise(longest))
        return next(f'"{a[-1]} {b[0]}"' for a, b in both if a and b and a[-1].isalpha() and b[0].isalpha())
    return next(
        str(data["number"])
        for _, data in sorted(papers.metadata.items())
        if re.search(r"\d{4}$", data.get("number", ""))
    ).split()[-1]


def _values(data: Mapping[str, Any], facet: str) -> set[str]:
    """What the front matter of a page says of a facet."""
    if facet in {"year", "type", "from", "to"}:
        return _of_papers(data, facet)
    if facet == "exemption":
        return {code for redaction in data.get("redactions", []) for code in redaction.get("exemptions", [])}
    if facet == "withheld":
        return {"some" if data.get("redactions") else "none marked"}
    said = data.get(facet, [])
    return {said} if isinstance(said, str) else {str(value) for value in said}


def _of_papers(data: Mapping[str, Any], facet: str) -> set[str]:
    """What the front matter says of the document and of its papers; a routing sheet wrote nothing to anybody."""
    letters = facet in {"from", "to"}
    papers = [data, *(part for part in data.get("parts", []) if not (letters and part["type"] == "form"))]
    if facet == "year":
        return {str(paper["date"])[:4] for paper in papers if "date" in paper}
    if facet == "type":
        return {paper["type"] for paper in papers}
    return {str(name) for paper in papers for name in paper.get(facet, [])}


@pytest.mark.parametrize("facet", ["year", "type", "from", "to", "classification", "handling", "withheld", "exemption"])
def test_every_count_of_a_facet_is_the_front_matters(papers: Papers, facet: str) -> None:
    expected = Counter(value for data in papers.metadata.values() for value in _values(data, facet))
    page = papers.page
    page.goto(f"{papers.address}/search/")
    expect(page.locator("[data-rr-search-status]")).to_have_text(f"{DOCUMENTS} documents.")
    expect(page.locator("[data-rr-search-facets] fieldset").first).to_be_visible()
    unfold = page.locator(f"#rr-unfold-{facet}")
    if unfold.count():
        unfold.click()
    rows = page.locator(f"#rr-facet-{facet} > li label")
    shown = rows.evaluate_all(
        """rows => rows.map((row) => [
            row.querySelector("input").value, Number(row.querySelector(".rr-facet__count").textContent),
        ])"""
    )
    assert dict(shown) == dict(expected)


def test_facets_combined_and_left_out_leave_what_the_front_matter_says(papers: Papers) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(ASKED):
        data = chance.choice(list(papers.metadata.values()))
        kind, level = data["type"], data["classification"]
        left_out = chance.choice([each["type"] for each in papers.metadata.values() if each["type"] != kind])
        types = {id_: _values(each, "type") for id_, each in papers.metadata.items() if each["classification"] == level}
        assert papers.found("", f"?classification={level}&-type={left_out}") == {
            id_ for id_, named in types.items() if left_out not in named
        }
        assert papers.found("", f"?type={kind}&classification={level}") == {
            id_ for id_, named in types.items() if kind in named
        }


def test_a_range_of_years_leaves_the_dated_documents_of_these_years(papers: Papers) -> None:
    years = {id_: str(data["date"])[:4] for id_, data in papers.metadata.items() if "date" in data}
    for first, last in (("1960", "1963"), ("1974", "1974"), ("1963", "1979")):
        expected = {id_ for id_, year in years.items() if first <= year <= last}
        assert papers.found("", f"?after={first}&before={last}") == expected
