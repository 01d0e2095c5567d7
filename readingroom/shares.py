"""Work shared among processes: all of them know the whole, each does its share, and the results stand in order.

Processes are forked, so that nothing but results has to be sent. Where the system cannot fork safely, one does it all.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
_WORTH_A_PROCESS = 50
"""So many documents at least make a process worth starting."""
_BATCH = 16
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


def _call(item: object) -> Any:  # noqa: ANN401 - whatever the function returns
    if _function is None:
        raise ProcessError("This process was not told what to do.")
    return _function(item)


def batched(items: Iterable[_T], size: int) -> Iterator[tuple[_T, ...]]:
    """Yield the items in tuples of `size`, the last of what is left."""
    every = iter(items)
    while batch := tuple(islice(every, size)):
        yield batch


def in_shares(work: Callable[[Share], _R], processes: int) -> list[_R]:
    """Return what `work` returns for each share, in their order. Raises what it raises, and ProcessError."""
    if processes <= 1:
        return [work(Share())]
    context = multiprocessing.get_context("fork")
    shares = [Share(index, processes) for index in range(processes)]
    pipes = [context.Pipe(duplex=False) for _ in shares]
    started = [
        context.Process(target=_do, args=(work, share, sender))
        for share, (_, sender) in zip(shares, pipes, strict=True)
    ]
    for process in started:
        process.start()
    for _, sender in pipes:
        sender.close()
    said = [_heard(receiver) for receiver, _ in pipes]
    for process in started:
        process.join()
    return list(_results(said))


def _do(work: Callable[[Share], object], share: Share, sender: Connection) -> None:
    try:
        said: tuple[object, Exception | None] = (work(share), None)
    except Exception as error:  # noqa: BLE001 - it is raised again where the work was asked for
        said = (None, error)
    sender.send(said)
    sender.close()


def _heard(receiver: Connection) -> tuple[object, Exception | None]:
    try:
        said: tuple[object, Exception | None] = receiver.recv()
    except EOFError:
        return None, ProcessError("A process of the build ended before its work was done. Was there too little memory?")
    return said


def _results(said: Iterable[tuple[object, Exception | None]]) -> Iterable[_R]:
    for result, error in said:
        if error is not None:
            raise error
        yield result  # type: ignore[misc] # what `work` returned
