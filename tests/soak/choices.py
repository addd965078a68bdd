"""Where random things come from: numbers that follow from a seed, or that were noted before."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

T = TypeVar("T")


class Source(Protocol):
    """Gives numbers. The smaller a number, the simpler is what is made of it."""

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        ...


class Rolled:
    """Numbers that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, limit: int) -> int:
        return self._random.randrange(limit) if limit > 1 else 0


class Replayed:
    """Numbers that were noted before, as far as they go, and then none but the simplest."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._left = list(reversed(numbers))

    def below(self, limit: int) -> int:
        return min(self._left.pop(), limit - 1) if self._left else 0


class Noted:
    """Numbers of another source, which are kept; `marks` are the places where a query begins, and the end."""

    def __init__(self, source: Source) -> None:
        self.begin(source)

    def begin(self, source: Source) -> None:
        self._source = source
        self.numbers: list[int] = []
        self.marks: list[int] = []

    def mark(self) -> None:
        self.marks.append(len(self.numbers))

    def below(self, limit: int) -> int:
        self.numbers.append(self._source.below(limit))
        return self.numbers[-1]


class Choices:
    """Choices made of numbers; the first alternative is always the simplest."""

    def __init__(self, source: Source) -> None:
        self.below = source.below
        self._source = source

    def mark(self) -> None:
        """Note that a query begins or ends here."""
        if isinstance(self._source, Noted):
            self._source.mark()

    def of(self, alternatives: Sequence[T]) -> T:
        return alternatives[self.below(len(alternatives))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases; the simplest is False."""
        return self.below(100) >= 100 - percent

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def some(self, alternatives: Sequence[T], low: int, high: int) -> list[T]:
        """Different ones of the alternatives, in their order."""
        left = list(range(len(alternatives)))
        count = self.between(min(low, len(left)), min(high, len(left)))
        taken = sorted(left.pop(self.below(len(left))) for _ in range(count))
        return [alternatives[place] for place in taken]
