"""The search over several hundred small records in parts, in a browser: what is answered, and what is loaded for it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from readingroom.export.records import Record, Scope
from readingroom.publish.search import parts, write_input
from readingroom.words import read_query
from tests.indexing import write_index
from tests.reading import ROOT

PARTS = 4
RECORDS = 700
SEED = 20261120
WORDS = ("cable", "co-operation", "cooperation", "AF/C", "memo", "U.S.", "embassy", "will", "not", "be", "repeat")

ASK = """async ([query, sort]) => {
  const { openIndex } = await import("/assets/search/index.js");
  const { passages } = await import("/assets/search/passages.js");
  const { readQuery } = await import("/assets/words.js");
  globalThis.index ??= await openIndex(location.href);
  const asked = readQuery(query);
  await index.tables.load("times");
  const found = index.tables.inTime("documents", await index.answers("documents", asked));
  return Promise.all(found.slice(0, sort).map(async (number) => {
    const record = await index.record("documents", number);
    return { id: record.id, passages: await passages(record, asked) };
  }));
}"""


def _small(number: int, chance: random.Random) -> Record:
    lines = tuple((line, " ".join(chance.choices(WORDS, k=8))) for line in range(1, 4))
    day = f"19{chance.randrange(60, 95)}-0{chance.randrange(1, 9)}-01" if number % 7 else None
    return Record(f"d{number}", Scope.DOCUMENTS, f"documents/d{number}/", "D", "cable", lines, sorted=day)


def _long() -> Record:
    """A record whose words stand early, late, and across the end of its first piece."""
    lines = [(number, "filler " * 20) for number in range(1, 201)]
    for number in (2, 30, 40, 150, 190):
        lines[number] = (number + 1, "an early word" if number < 100 else "a late word")
    border = next(place for place in range(200) if sum(len(words) for _, words in lines[:place]) >= 8_000)
    lines[border - 1], lines[border] = (border, "this goes over"), (border + 1, "the border")
    return Record("long", Scope.DOCUMENTS, "documents/long/", "Long", "cable", tuple(lines))


def _in_time(record: Record) -> tuple[str, int, str]:
    """By day, the undated last, then as the records are numbered."""
    return record.sorted or "9", parts.part_of(record.id, PARTS), record.id


@dataclass
class Index:
    page: Page
    records: dict[str, Record]
    asked: list[str] = field(default_factory=list)

    def found(self, query: str, most: int = RECORDS + 1) -> list[Any]:
        """What answers, in the order of time, with its passages; `asked` has the files that were loaded for it."""
        self.asked.clear()
        return list(self.page.evaluate(ASK, [query, most]))

    def forget(self) -> None:
        """Let nothing be loaded yet."""
        self.page.reload()

    def expected(self, query: str) -> list[str]:
        asked = read_query(query)
        every = (record for record in self.records.values() if asked.matches(record.words()))
        return [record.id for record in sorted(every, key=_in_time)]


@pytest.fixture(scope="module")
def index(
    browser: Browser,
    served: Callable[[Path], AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Index]:
    site, cache = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("cache")
    shutil.copytree(ROOT / "overrides" / "assets", site / "assets")
    (site / "index.html").write_text("<!doctype html><title>Search</title>", "utf-8")
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [*(_small(number, chance) for number in range(RECORDS)), _long()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "parts_for", lambda _: PARTS)
        write_index([write_input(record, cache) for record in records], cache, site)
    with served(site) as address:
        page = browser.new_page()
        made = Index(page, {record.id: record for record in records})
        page.on("request", lambda request: made.asked.append(request.url.rpartition("/")[2].partition("?")[0]))
        page.goto(f"{address}/")
        yield made
        page.close()


@pytest.mark.parametrize(
    "query",
    [
        "cable",
        "cooperation -embassy",
        "co-operation",
        '"cooperation will not be repeat"',
        "AF/C OR U.S.",
        "late early",
        "nothing",
        "",
    ],
)
def test_all_parts_answer_as_one_in_the_order_of_time(index: Index, query: str) -> None:
    assert [each["id"] for each in index.found(query)] == index.expected(query)


def test_long_phrases_are_looked_for_in_the_records_where_the_index_cannot_say(index: Index) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    asked = 0
    for record in chance.sample([each for each in index.records.values() if each.id != "long"], 25):
        phrase = " ".join(record.words().joined[:20])
        swapped = phrase.split()[::-1]
        for query in (f'"{phrase}"', f'"{" ".join(swapped)}"'):
            assert [each["id"] for each in index.found(query)] == index.expected(query), f"{query}, seed {SEED}"
        asked += phrase != " ".join(record.words().parts[:20])
    assert asked


def _passages(found: Any) -> list[str]:  # noqa: ANN401 - JSON may be anything
    return ["".join(piece["text"] for piece in each["pieces"] if piece["marked"]) for each in found["passages"]]


def _lines(found: Any) -> list[int]:  # noqa: ANN401 - JSON may be anything
    return [each["line"] for each in found["passages"]]


def test_of_a_long_record_no_more_is_loaded_than_its_passages_take(index: Index) -> None:
    index.forget()
    (early,) = index.found("early")
    assert _lines(early) == [3, 31, 41]
    pieces = [name for name in index.asked if name.endswith(".passages")]
    assert [name.split(".")[1] for name in pieces] == ["0"]
    (late,) = index.found("late")
    assert _lines(late) == [151, 191]
    index.forget()
    (both,) = index.found("early late")
    assert _lines(both) == [3, 31, 151]


def test_a_passage_goes_over_the_border_of_two_pieces(index: Index) -> None:
    (found,) = index.found('"over the border"')
    assert _passages(found) == ["over the border"]


@pytest.mark.parametrize("asked_before", [False, True])
def test_a_page_from_before_a_build_shows_no_other_record(
    browser: Browser,
    served: Callable[[Path], AbstractContextManager[str]],
    tmp_path: Path,
    *,
    asked_before: bool,
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_small(number, chance) for number in range(9)]
    site, cache = tmp_path / "site", tmp_path / "cache"
    shutil.copytree(ROOT / "overrides" / "assets", site / "assets")
    (site / "index.html").write_text("<!doctype html><title>Search</title>", "utf-8")
    write_index([write_input(record, cache) for record in records], cache, site)
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}/")
        page.evaluate(ASK, ["embassy" if asked_before else "", 0])
        write_index([write_input(record, cache) for record in records[1:]], cache, site)
        with pytest.raises(PlaywrightError, match=r"of another build|answers 404"):
            page.evaluate(ASK, ["embassy", 10])
        page.close()


def test_a_few_of_many_load_a_few(index: Index) -> None:
    index.forget()
    index.found("cable", 10)
    kinds = {kind: [name for name in index.asked if name.endswith(kind)] for kind in (".passages", ".pf_index")}
    assert len(kinds[".passages"]) == 10
    assert len(set(kinds[".pf_index"])) <= PARTS
    assert len([name for name in index.asked if name.startswith("names-")]) <= 10
    assert {name.partition("-")[0] for name in index.asked if name.endswith(".json")} == {
        *("manifest.json", "names", "pagefind", "times"),
    }
