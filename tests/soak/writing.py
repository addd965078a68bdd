"""What a query under construction knows: names in sight, aliases given, constructs reached, and the mistake to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.soak.choices import Choices
from tests.soak.facts import Facts, Sort
from tests.soak.schema import Schema


@dataclass(frozen=True, slots=True)
class Visible:
    """A column that can be named; `qualifier` is empty for one that USING has merged."""

    qualifier: str
    name: str
    sort: Sort

    @property
    def full(self) -> str:
        return f"{self.qualifier}.{self.name}" if self.qualifier else self.name


@dataclass(frozen=True, slots=True)
class Result:
    """The text of a query that gives rows, and its columns."""

    text: str
    columns: tuple[tuple[str, Sort], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A WITH query that can be read from."""

    name: str
    columns: tuple[tuple[str, Sort], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the columns that it can name, those of queries around, and what may be in it.

    In a `grouped` place only `keys` may be named outside aggregates.
    """

    columns: tuple[Visible, ...] = ()
    outer: tuple[Visible, ...] = ()
    keys: tuple[tuple[str, Sort], ...] = ()
    grouped: bool = False
    aggregates: bool = False
    windows: bool = False
    window_names: tuple[str, ...] = ()
    depth: int = 2

    @property
    def deeper(self) -> Place:
        return replace(self, depth=self.depth - 1)

    @property
    def of_rows(self) -> Place:
        """The place inside an aggregate; one of outer columns alone would belong to an outer query."""
        return replace(
            self, grouped=False, aggregates=False, windows=False, keys=(), outer=(), depth=min(self.depth - 1, 1)
        )

    @property
    def seen_within(self) -> tuple[Visible, ...]:
        """The columns that a subquery in this place can name as those around it."""
        if not self.grouped:
            return self.columns + self.outer
        names = {text for text, _ in self.keys}
        return tuple(column for column in self.columns if column.full in names) + self.outer


@dataclass(slots=True)
class Writer:
    """The state of writing one query. `query` writes a whole one for an expression that needs it."""

    choices: Choices
    facts: Facts
    schema: Schema
    query: Callable[[Writer, tuple[Visible, ...], tuple[Sort, ...] | None, int], Result]
    mistake: str | None = None
    reached: set[str] = field(default_factory=set[str])
    named: list[Named] = field(default_factory=list[Named])
    unread: list[Named] = field(default_factory=list[Named])
    """The WITH queries that nothing reads from yet."""
    aliases: int = 0

    def name(self, named: Named) -> None:
        self.named.append(named)
        self.unread.append(named)

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    def reach(self, construct: str) -> None:
        self.reached.add(construct)

    def slips(self, mistake: str) -> bool:
        """Whether the one mistake of this query is made here."""
        if self.mistake != mistake:
            return False
        self.mistake = None
        self.reach(f"mistake: {mistake}")
        return True
