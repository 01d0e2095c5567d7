"""Work shared among processes: all of them know the whole, each does its share, and the results stand in order.

Processes are forked, so that nothing but results has to be sent. Where the system cannot fork safely, one does it all.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from multiprocessing.sharedctypes import Synchronized

_T = TypeVar("_T")
_R = TypeVar("_R")
_WORTH_A_PROCESS = 50
"""So many documents at least make a process worth starting."""
_BATCH = 16
_TOGETHER, _TURNS = 64, 16
"""How many items a process takes at once, at most; and how often it asks for some, at least, where they are enough."""
_A_LIFE = 1024
"""So many items does a process do; then another takes its place, and the memory is given back that was its own."""
_LONG = 0.25
"""Seconds that a result may wait to be sent together with others."""
_CAN_FORK = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


class ProcessError(Exception):
    """A process ended before it could say what came of its share."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share number `index`, from 0, of so many."""

    index: int = 0
    of: int = 1

    def mine(self, every: Sequence[_T]) -> Sequence[_T]:
        """Return the items of this share: every so-manieth."""
        return every[self.index :: self.of]


def workers(asked: int, documents: int) -> int:
    """Return how many processes to use for so many documents; 0 asks for as many as there are cores at hand."""
    if not _CAN_FORK:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(asked or cores, documents // _WORTH_A_PROCESS))


def each_in_order(function: Callable[[_T], _R], items: Sequence[_T], processes: int) -> Iterator[_R]:
    """Yield what `function` returns for each item; items and results are sent, so both must be picklable."""
    if processes <= 1:
        yield from map(function, items)
        return
    with multiprocessing.get_context("fork").Pool(processes, _called, (function,)) as pool:
        yield from pool.imap(_call, items, chunksize=_BATCH)


_function: Callable[..., object] | None = None
"""What a process of a pool calls: known to it from the fork on, so that it need not be sent."""


def _called(function: Callable[..., object]) -> None:
    global _function  # noqa: PLW0603 - a pool has no other place for it
    _function = function
    gc.freeze()  # what was there before the fork stays, and need not be looked through


def _call(item: object) -> Any:  # noqa: ANN401 - whatever the function returns
    if _function is None:
        raise ProcessError("This process was not told what to do.")
    return _function(item)


def batched(items: Iterable[_T], size: int) -> Iterator[tuple[_T, ...]]:
    """Yield the items in tuples of `size`, the last of what is left."""
    every = iter(items)
    while batch := tuple(islice(every, size)):
        yield batch


def streamed(work: Callable[[Iterator[_T]], Iterator[_R]], items: Sequence[_T], processes: int) -> Iterator[_R]:
    """Yield what `work` yields for the items: in one process in their order, in several mixed, while they all go on.

    Each process takes the next few items when it is done with those before, so that none waits long for another.
    Raises what `work` raises, and ProcessError.
    """
    if processes <= 1:
        yield from work(iter(items))
        return
    context = multiprocessing.get_context("fork")
    turn = context.Value("q", 0)
    together = max(1, min(_TOGETHER, len(items) // (processes * _TURNS)))
    open_: dict[Connection, BaseProcess] = {}

    def start() -> None:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_do, args=(work, _taken(items, together, turn), sender), daemon=True)
        process.start()
        sender.close()
        open_[receiver] = process

    for _ in range(processes):
        start()
    try:
        while open_:
            for receiver in cast("list[Connection]", wait(open_)):
                batch = _heard(receiver)
                if batch is not None:
                    yield from batch
                    continue
                open_.pop(receiver).join()
                if turn.value < len(items):
                    start()
    finally:
        for process in open_.values():
            process.terminate()


def _do(work: Callable[[Iterator[_T]], Iterator[object]], taken: Iterator[_T], sender: Connection) -> None:
    """Send what the items yield that this process takes, in batches; last of all None, or what was raised."""
    gc.freeze()  # see _called
    try:
        for batch in _batches(work(taken)):
            sender.send(batch)
        sender.send(None)
    except Exception as error:  # noqa: BLE001 - it is raised again where the work was asked for
        sender.send(error)
    sender.close()


def _taken(items: Sequence[_T], together: int, turn: Synchronized[int]) -> Iterator[_T]:
    """Yield the next items that no process has taken, so many that lie together at once, as long as a process lives.

    What lies together lies together in memory, which is a process's own where the process has looked at it.
    """
    for _ in range(max(1, _A_LIFE // together)):
        with turn.get_lock():
            at, turn.value = turn.value, turn.value + together
        if at >= len(items):
            return
        yield from items[at : at + together]


def _batches(items: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    """Yield the items in tuples: many together where they come fast, and none kept back for long."""
    batch: list[_T] = []
    begun = time.monotonic()
    for item in items:
        batch.append(item)
        now = time.monotonic()
        if len(batch) >= _BATCH or now - begun >= _LONG:
            yield tuple(batch)
            batch, begun = [], now
    if batch:
        yield tuple(batch)


def _heard(receiver: Connection) -> tuple[Any, ...] | None:
    try:
        said = receiver.recv()
    except EOFError:
        said = ProcessError("A process of the build ended before its work was done. Was there too little memory?")
    if isinstance(said, Exception):
        raise said
    return cast("tuple[Any, ...] | None", said)
