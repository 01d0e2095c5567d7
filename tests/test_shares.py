"""Work shared among processes gives what one process gives: the same bytes, and the same problems."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readingroom import pipeline, shares
from readingroom.collection import Collection
from readingroom.problems import Problem
from readingroom.shares import ProcessError, Share, each_in_order, in_shares
from tests.small import GOOD, Small

needs_fork = pytest.mark.skipif(not shares._CAN_FORK, reason="processes cannot be forked safely here")
DOCUMENTS = 7


def _collection(root: Path) -> Small:
    """A few documents, and pages of which some lead to anchors that are there and some to ones that are not."""
    small = Small.at(root, {f"letter-{number}.txt": GOOD for number in range(DOCUMENTS)})
    small.write("docs/people/anthony-lake.md", "---\nname: Anthony Lake\n---\n\n[line](../documents/letter-1.md#L3)\n")
    small.write("docs/people/peter-tarnoff.md", "---\nname: Peter Tarnoff\n---\n\n[gone](anthony-lake.md#nowhere)\n")
    small.write(
        "docs/people/boris-yeltsin.md", "---\nname: Boris Yeltsin\n---\n\n[gone](../documents/letter-2.md#L99)\n"
    )
    small.write("docs/places/brussels.md", "---\nname: Brussels\n---\n\n[gone](#here) and [nothing](nothing.md)\n")
    return small


def _built(root: Path, jobs: int) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    outcome = pipeline.build(Collection.at(_collection(root).root / "mkdocs.yml"), jobs=jobs)
    site = root / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}, (
        outcome.problems
    )


@needs_fork
def test_three_processes_build_what_one_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_WORTH_A_PROCESS", 1)
    (one, said_by_one), (three, said_by_three) = _built(tmp_path / "a", 1), _built(tmp_path / "b", 3)
    assert sorted(one) == sorted(three)
    assert [name for name, data in one.items() if data != three[name]] == []
    assert said_by_one == said_by_three
    said = "\n".join(map(str, said_by_one))
    assert all(lost in said for lost in ("#nowhere", "#L99", "#here", "nothing.md"))
    assert "#L3" not in said


@needs_fork
def test_results_stand_in_order() -> None:
    assert in_shares(lambda share: [share.index, *share.mine("abcdefg")], 3) == [
        [0, "a", "d", "g"],
        [1, "b", "e"],
        [2, "c", "f"],
    ]
    assert list(each_in_order(abs, range(-50, 0), 3)) == list(range(50, 0, -1))


@needs_fork
def test_what_a_process_raises_is_raised() -> None:
    def work(share: Share) -> int:
        return 1 // share.index

    with pytest.raises(ZeroDivisionError):
        in_shares(work, 2)


@needs_fork
def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ProcessError, match="ended before its work was done"):
        in_shares(lambda share: os._exit(1) if share.index else share.index, 2)
