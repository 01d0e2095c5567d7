"""Work shared among processes gives what one process gives: the same bytes, and the same problems."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readingroom import pipeline, shares
from readingroom.problems import Problem
from readingroom.publish.joining import JoiningError
from readingroom.shares import ProcessError, Share, each_in_order, streamed
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
    outcome = pipeline.build(_collection(root).collection, jobs=jobs)
    return _files(root), outcome.problems


def _files(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


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


def test_three_shards_joined_are_what_one_build_makes(tmp_path: Path) -> None:
    one, said_by_one = _built(tmp_path / "a", 1)
    collection = _collection(tmp_path / "b").collection
    folders = [tmp_path / f"part-{index}" for index in range(3)]
    printed = [pipeline.build_shard(collection, Share(at, 3), folder).printed for at, folder in enumerate(folders)]
    assert min(printed) > 0
    outcome = pipeline.join(collection, folders)
    assert sum(printed) == outcome.pages
    assert (_files(tmp_path / "b"), outcome.problems) == (one, said_by_one)
    again = pipeline.build(collection)
    assert again.printed == 0
    assert (_files(tmp_path / "b"), again.problems) == (one, said_by_one)


def test_shards_of_another_state_or_too_few_are_refused(tmp_path: Path) -> None:
    small = _collection(tmp_path / "a")
    folders = [tmp_path / f"part-{index}" for index in range(2)]
    pipeline.build_shard(small.collection, Share(0, 2), folders[0])
    with pytest.raises(JoiningError, match="shares are missing: 2/2"):
        pipeline.join(small.collection, folders[:1])
    small.write("docs/people/anthony-lake.md", "---\nname: Anthony Lake of Another State\n---\n")
    pipeline.build_shard(small.collection, Share(1, 2), folders[1])
    with pytest.raises(JoiningError, match="another state"):
        pipeline.join(small.collection, folders)
    with pytest.raises(JoiningError, match="no finished share"):
        pipeline.join(small.collection, [tmp_path])


@needs_fork
def test_each_item_is_one_process_s() -> None:
    found = list(streamed(lambda taken: ((each, os.getpid()) for each in taken), range(500), 3))
    assert sorted(each for each, _ in found) == list(range(500))
    assert os.getpid() not in {process for _, process in found}


@needs_fork
def test_who_is_done_takes_what_another_would_have_to_wait_for() -> None:
    """The first item lasts until all others are done, which can only be if they are another process's."""
    done = multiprocessing.get_context("fork").Value("i", 0)

    def work(taken: Iterator[int]) -> Iterator[int]:
        for each in taken:
            while each == 0 and done.value < 19:
                time.sleep(0.01)
            with done.get_lock():
                done.value += 1
            yield each

    assert sorted(streamed(work, range(20), 2)) == list(range(20))


@needs_fork
def test_another_process_takes_the_place_of_one_that_did_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_A_LIFE", 50)
    found = list(streamed(lambda taken: ((each, os.getpid()) for each in taken), range(500), 2))
    assert sorted(each for each, _ in found) == list(range(500))
    done = Counter(process for _, process in found)
    assert max(done.values()) <= 50
    assert len(done) >= 10


@needs_fork
def test_results_stand_in_order() -> None:
    assert list(each_in_order(abs, range(-50, 0), 3)) == list(range(50, 0, -1))


@needs_fork
def test_what_a_process_raises_is_raised() -> None:
    def work(taken: Iterator[int]) -> Iterator[int]:
        for each in taken:
            yield 1 // each

    with pytest.raises(ZeroDivisionError):
        list(streamed(work, range(10), 2))


@needs_fork
def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ProcessError, match="ended before its work was done"):
        list(streamed(lambda taken: (os._exit(1) for each in taken if each == 5), range(10), 2))
