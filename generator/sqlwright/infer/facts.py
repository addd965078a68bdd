"""What inference finds out of a query: tables of facts beside the tree, which later passes read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ..dialects.base import Resolved
from ..model.catalog import Column
from ..model.query import Placeholder
from ..model.syntax import Expression, Query, TableFunction
from ..model.types import SqlType
from ..model.values import entity
from .scopes import RelationColumn, Resolution

VOLATILE: Final = frozenset(
    ("random", "gen_random_uuid", "clock_timestamp", "nextval", "uuid_generate_v4", "uuid", "rand")
)
"""Functions that give another value at each call."""


@dataclass(slots=True, eq=False)
class ParameterFacts:
    """A parameter, gathered over all its places.

    `meets` are the columns it is compared with or stored in, and `stored` the latter alone, once for each place where
    it is; `stored_nullable` and `stored_required` tell whether one
    of those it is stored in takes NULL, or refuses it; `tested` whether some place asks if it is NULL; `sequence`
    whether it stands for the values of a list.
    """

    key: str
    placeholders: list[Placeholder] = field(default_factory=list[Placeholder])
    type: SqlType | None = None
    decided_at: Expression | None = None
    hint: str | None = None
    sequence: bool = False
    meets: list[Column] = field(default_factory=list[Column])
    stored: list[Column] = field(default_factory=list[Column])
    stored_nullable: bool = False
    stored_required: bool = False
    tested: bool = False
    met_at: list[tuple[Expression, Column]] = field(default_factory=list[tuple[Expression, Column]])
    """The places where it stands without a cast, with the columns that it meets there."""

    @property
    def name(self) -> str:
        """What it is called, or `?`."""
        return self.placeholders[0].name or "?"


@dataclass(slots=True, eq=False)
class TypeFacts:
    """The types of a query's expressions; None for one that nothing decides."""

    types: dict[Expression, SqlType | None] = field(default_factory=dict[Expression, "SqlType | None"])
    resolved: dict[Expression, Resolved] = field(default_factory=dict[Expression, Resolved])
    outputs: dict[Query, list[SqlType | None]] = field(default_factory=dict[Query, "list[SqlType | None]"])
    function_columns: dict[tuple[TableFunction, int], SqlType] = field(
        default_factory=dict[tuple[TableFunction, int], SqlType]
    )
    """The declared columns of JSON_TABLE and XMLTABLE."""
    parameters: dict[str, ParameterFacts] = field(default_factory=dict[str, ParameterFacts])


@entity
class QueryFacts:
    """A query that is understood: its names, its types, and which of its expressions are never NULL.

    `column_nullable` tells of a column in FROM whether it can be NULL where it comes from, whatever the joins.
    """

    resolution: Resolution
    types: TypeFacts
    never_null: Callable[[Expression], bool]
    column_nullable: Callable[[RelationColumn], bool]
