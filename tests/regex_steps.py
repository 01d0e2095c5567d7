"""How much work a regular expression is: the steps of its match, counted, as no timer can count them.

Python's engine says nothing of its work, so its own parse tree is matched here in its own order: each look at a
character, each iteration and each return to an earlier choice is a step. What is found is what `re` finds
(`test_regex_steps.py` holds that), what it costs grows as it does there.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
operation: Any = importlib.import_module("re._constants")

LETTERS = frozenset({operation.LITERAL, operation.NOT_LITERAL, operation.IN, operation.ANY})
"""What matches exactly one character."""
REPEATS = frozenset({operation.MAX_REPEAT, operation.MIN_REPEAT, operation.POSSESSIVE_REPEAT})

Node = tuple[Any, Any]
Then = Callable[[int], int]
"""What is to be matched from an offset on: returns where it ends, or NO."""
NO = -1
NEVER = 10**9
_DEEP = 100_000
_SCOPED = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.ASCII


class TooManyError(Exception):
    """A match takes more steps than were allowed."""


class Steps:
    """A pattern whose matches are counted. `taken` is the number of steps so far."""

    def __init__(self, pattern: re.Pattern[str], most: float = NEVER) -> None:
        """Prepare the pattern; a match raises TooManyError above `most` steps."""
        self.taken = 0
        self.most = most
        tree = parsed(pattern)
        self._string = ""
        self._end = 0
        self._starts: list[int] = [NO] * tree.state.groups
        self._spans: list[tuple[int, int]] = [(NO, NO)] * tree.state.groups
        self._tests: list[_Letters] = []
        self._masks: list[bytes] = []
        self._frames: list[tuple[int, int]] = []
        self._origin, self._must_advance, self._whole = 0, False, False
        self._first = self._begins(list(tree), tree.state.flags)
        self._run = self._sequence(list(tree), tree.state.flags, self._done)
        self._starters = b""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the groups of the last match stand, the first being group 1; (-1, -1) for one that took no part."""
        return self._spans[1:]

    def match(self, string: str, *, whole: bool = False) -> tuple[int, int] | None:
        """Return the span of a match at the start of `string` (or, if `whole`, of all of it)."""
        self._take(string, whole=whole)
        return self._at(0, must_advance=False)

    def search(self, string: str) -> tuple[int, int] | None:
        """Return the span of the first match in `string`."""
        return next(self.finditer(string), None)

    def finditer(self, string: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of all matches in `string`, left to right."""
        self._take(string)
        at, must_advance = 0, False
        while at <= self._end:
            found = self._at(at, must_advance=must_advance)
            self._count(1)
            if found is None:
                at = self._next_start(at + 1)
                must_advance = False
                continue
            yield found
            must_advance = found[1] == found[0]
            at = found[1]

    def _take(self, string: str, *, whole: bool = False) -> None:
        self._string, self._end, self._whole = string, len(string), whole
        self._masks = [test.of(string) for test in self._tests]
        if self._first is not None:
            either = 0
            for place in self._first:
                either |= int.from_bytes(self._masks[place])
            self._starters = either.to_bytes(self._end + 1)

    def _next_start(self, at: int) -> int:
        """Return the next offset at which a match can begin; the engine too looks for its first character alone."""
        if self._first is None:
            return at
        start = self._starters.find(1, at)
        start = start if start >= 0 else self._end + 1
        self._count(start - at)
        return start

    def _at(self, at: int, *, must_advance: bool) -> tuple[int, int] | None:
        self._origin, self._must_advance = at, must_advance
        self._frames[:] = [(0, NO)] * len(self._frames)
        self._spans = [(NO, NO)] * len(self._spans)
        end = self._run(at)
        return None if end == NO else (at, end)

    def _count(self, steps: int) -> None:
        self.taken += steps
        if self.taken > self.most:
            raise TooManyError

    def _done(self, at: int) -> int:
        short = (self._whole and at != self._end) or (self._must_advance and at == self._origin)
        return NO if short else at

    def _sequence(self, nodes: Sequence[Node], flags: int, then: Then) -> Then:
        for node in reversed(nodes):
            then = self._node(node, flags, then)
        return then

    def _node(self, node: Node, flags: int, then: Then) -> Then:
        op, value = node
        if op in LETTERS:
            return self._letter(self._test(node, flags), then)
        make: Callable[[Any, int, Then], Then] = {
            operation.AT: self._place,
            operation.BRANCH: self._branch,
            operation.SUBPATTERN: self._group,
            operation.ATOMIC_GROUP: self._atomic,
            operation.ASSERT: self._looking,
            operation.ASSERT_NOT: self._not_looking,
            operation.GROUPREF: self._again,
            operation.GROUPREF_EXISTS: self._if_group,
            operation.MAX_REPEAT: self._greedy,
            operation.MIN_REPEAT: self._lazy,
            operation.POSSESSIVE_REPEAT: self._possessive,
        }[op]
        return make(value, flags, then)

    def _test(self, node: Node, flags: int) -> int:
        self._tests.append(_Letters(node, flags))
        return len(self._tests) - 1

    def _letter(self, test: int, then: Then) -> Then:
        def look(at: int) -> int:
            self._count(1)
            return then(at + 1) if self._masks[test][at] else NO

        return look

    def _place(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401 - the parser's own values
        lines = bool(flags & re.MULTILINE)

        def stands(at: int) -> int:
            self._count(1)
            return then(at) if _stands(value, self._string, at, lines=lines) else NO

        return stands

    def _branch(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        branches = [self._sequence(list(each), flags, then) for each in value[1]]

        def either(at: int) -> int:
            self._count(1)
            return next((end for branch in branches if (end := branch(at)) != NO), NO)

        return either

    def _group(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        group, added, removed, inside = value
        flags = (flags | added) & ~removed
        if group is None:
            return self._sequence(list(inside), flags, then)

        def close(at: int) -> int:
            before = self._spans[group]
            self._spans[group] = (self._starts[group], at)
            end = then(at)
            if end == NO:
                self._spans[group] = before
            return end

        body = self._sequence(list(inside), flags, close)

        def open_(at: int) -> int:
            before = self._starts[group]
            self._starts[group] = at
            end = body(at)
            self._starts[group] = before
            return end

        return open_

    def _atomic(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        body = self._sequence(list(value), flags, _where)

        def once(at: int) -> int:
            before = list(self._spans)
            end = body(at)
            end = then(end) if end != NO else NO
            if end == NO:
                self._spans = before
            return end

        return once

    def _looking(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        direction, inside = value
        body = self._sequence(list(inside), flags, _where)
        back = inside.getwidth()[0] if direction < 0 else 0

        def look(at: int) -> int:
            return then(at) if at >= back and body(at - back) != NO else NO

        return look

    def _not_looking(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        direction, inside = value
        body = self._sequence(list(inside), flags, _where)
        back = inside.getwidth()[0] if direction < 0 else 0

        def look(at: int) -> int:
            before = list(self._spans)
            found = at >= back and body(at - back) != NO
            self._spans = before
            return NO if found else then(at)

        return look

    def _again(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        def same(at: int) -> int:
            start, end = self._spans[value]
            words, said = self._string[start:end], self._string[at : at + end - start]
            self._count(end - start + 1)
            if flags & re.IGNORECASE:
                words, said = words.lower(), said.lower()
            return then(at + end - start) if end != NO and words == said else NO

        return same

    def _if_group(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        group, yes, no = value
        if_so = self._sequence(list(yes), flags, then)
        if_not = self._sequence(list(no or ()), flags, then)
        return lambda at: if_so(at) if self._spans[group] != (NO, NO) else if_not(at)

    def _single(self, inside: Any, flags: int) -> int | None:  # noqa: ANN401
        """Return the test of what is repeated, where that is one character."""
        return self._test(inside[0], flags) if len(inside) == 1 and inside[0][0] in LETTERS else None

    def _stretch(self, test: int, at: int, most: int) -> int:
        """Return where a run of characters that pass the test ends."""
        end = min(self._masks[test].find(0, at), at + most)
        self._count(end - at + 1)
        return end

    def _greedy(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        least, most, inside = value
        test = self._single(inside, flags)
        if test is None:
            return self._until(value, flags, then, greedy=True)

        def run(at: int) -> int:
            for last in range(self._stretch(test, at, int(most)), at + least - 1, -1):
                self._count(1)
                if (end := then(last)) != NO:
                    return end
            return NO

        return run

    def _lazy(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        least, most, inside = value
        test = self._single(inside, flags)
        if test is None:
            return self._until(value, flags, then, greedy=False)

        def run(at: int) -> int:
            mask, last = self._masks[test], at
            while last - at <= most:
                self._count(1)
                if last - at >= least and (end := then(last)) != NO:
                    return end
                if not mask[last]:
                    return NO
                last += 1
            return NO

        return run

    def _possessive(self, value: Any, flags: int, then: Then) -> Then:  # noqa: ANN401
        least, most, inside = value
        test = self._single(inside, flags)
        body = self._sequence(list(inside), flags, _where)

        def run(at: int) -> int:
            before, count, last = list(self._spans), 0, at
            if test is not None:
                last = self._stretch(test, at, int(most))
                count = last - at
            else:
                while count < most and (end := body(last)) != NO:
                    self._count(1)
                    count += 1
                    if end == last:
                        count = max(count, least)
                        break
                    last = end
            end = then(last) if count >= least else NO
            if end == NO:
                self._spans = before
            return end

        return run

    def _until(self, value: Any, flags: int, then: Then, *, greedy: bool) -> Then:  # noqa: ANN401
        """Return the loop over more than one character; its frame: the iterations done, and where the last began."""
        least, most, inside = value
        place = len(self._frames)
        self._frames.append((0, NO))
        frames = self._frames

        def more(at: int, count: int, last: int) -> int:
            frames[place] = (count + 1, last)
            end = body(at)
            frames[place] = (count, last)
            return end

        def after(at: int) -> int:
            self._count(1)
            count, last = frames[place]
            if count < least:
                return more(at, count, last)
            if greedy and count < most and at != last and (end := _again(at, count, last)) != NO:
                return end
            end = then(at)
            frames[place] = (count, last)
            if end == NO and not greedy and count < most and at != last:
                return _again(at, count, last)
            return end

        def _again(at: int, count: int, last: int) -> int:
            frames[place] = (count + 1, at)
            end = body(at)
            frames[place] = (count, last)
            return end

        body = self._sequence(list(inside), flags, after)

        def enter(at: int) -> int:
            outer = frames[place]
            frames[place] = (0, NO)
            end = after(at)
            frames[place] = outer
            return end

        return enter

    def _begins(self, nodes: Sequence[Node], flags: int) -> list[int] | None:
        """Return the tests of which a match's first character passes one; None where it may be empty."""
        found: list[int] = []
        for op, value in nodes:
            if op in LETTERS:
                return [*found, self._test((op, value), flags)]
            if op is operation.SUBPATTERN:
                inner = self._begins(list(value[3]), (flags | value[1]) & ~value[2])
            elif op is operation.ATOMIC_GROUP:
                inner = self._begins(list(value), flags)
            elif op is operation.BRANCH:
                each = [self._begins(list(branch), flags) for branch in value[1]]
                inner = None if None in each else [test for tests in each for test in tests or ()]
            elif op in REPEATS:
                inner = self._begins(list(value[2]), flags)
                if value[0] == 0 and inner is not None:
                    found += inner
                    continue
            elif op in {operation.AT, operation.ASSERT, operation.ASSERT_NOT}:
                continue
            else:
                return None
            return None if inner is None else [*found, *inner]
        return None


def parsed(pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - Python has no types for it
    """Return Python's own parse tree of a pattern."""
    return _parser.parse(pattern.pattern, pattern.flags)


def letters_of(node: Node, flags: int) -> Mapping[str, int]:
    """Return which characters a node of LETTERS matches."""
    return _Letters(node, flags)


class _Letters(dict[str, int]):
    """Whether a character passes a test of the pattern: asked of `re` itself, once for each."""

    def __init__(self, node: Node, flags: int) -> None:
        super().__init__()
        state = _parser.State()
        state.flags = flags & (_SCOPED | re.UNICODE)
        self._one = _compiler.compile(_parser.SubPattern(state, [node]), state.flags)

    def __missing__(self, letter: str) -> int:
        self[letter] = int(self._one.match(letter) is not None)
        return self[letter]

    def of(self, string: str) -> bytes:
        """Return 1 for each character that passes, 0 for one that does not, and 0 for the end."""
        return bytes((*map(self.__getitem__, string), 0))


def _where(at: int) -> int:
    return at


def _stands(place: Any, string: str, at: int, *, lines: bool) -> bool:  # noqa: ANN401 - the parser's own value
    if place in {operation.AT_BEGINNING, operation.AT_BEGINNING_STRING}:
        return at == 0 or (lines and place is operation.AT_BEGINNING and string[at - 1] == "\n")
    if place is operation.AT_END_STRING:
        return at == len(string)
    if place is operation.AT_END:
        return at == len(string) or (string[at] == "\n" and (lines or at == len(string) - 1))
    before, after = at > 0 and _of_a_word(string[at - 1]), at < len(string) and _of_a_word(string[at])
    return (before != after) is (place is operation.AT_BOUNDARY)


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def deep(run: Callable[[], object]) -> object:
    """Return what `run` returns, which may go as deep as a line is long."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        return run()
    finally:
        sys.setrecursionlimit(before)
