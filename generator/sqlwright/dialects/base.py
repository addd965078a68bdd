"""What a database must be able to say of itself: the protocol that every dialect implements.

A dialect is one `Dialect` value made of the parts below. Nothing outside this folder and the modules of the same name
in `live/` and `runtime/` asks which database it deals with: it asks the part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, Protocol

from ..model.catalog import Catalog, Column, Table
from ..model.lexis import Grammar
from ..model.statement import Bound
from ..model.syntax import Binary, Call, Cast, Expression, Identifier, Number, SelectItem, String, TypeName
from ..model.typed import TypedParameter
from ..model.types import Kind, SqlType, Type
from ..model.values import value
from .ddl import Ddl
from .features import Features
from .translation import Meaning, Spelling


class Names(Protocol):
    """How a database spells and compares names."""

    def spelled(self, name: Identifier) -> str:
        """The name as the database keeps it."""
        ...

    def table_key(self, name: str) -> str:
        """What two spellings of one table have in common."""
        ...

    def column_key(self, name: str) -> str:
        """What two spellings of one column have in common."""
        ...

    def quoted(self, name: str) -> str:
        """The name for use in a statement, quoted only where it must be."""
        ...

    def label(self, item: SelectItem, text: str) -> str:
        """The name that the database gives a result column without an alias; `text` is the item as written."""
        ...

    def value_label(self, item: SelectItem, text: str, position: int) -> str:
        """The name of a column of VALUES, by its value in the first row and its position, counted from 0."""
        ...


@value
class TypeFailure:
    """Why operands do not go together, in the database's words, and what to do about it."""

    code: str
    message: str
    help: str | None = None


FunctionKind = Literal["function", "aggregate", "window"]


@value
class Resolved:
    """An operator or function that was found: what its operands become, and what it gives."""

    operands: tuple[SqlType, ...]
    result: SqlType
    returns_set: bool = False
    strict: bool = False
    """A NULL operand gives NULL."""
    own: bool = False
    """A function of the user's, of which nothing more is known."""
    kind: FunctionKind | None = None
    """What sort of function it is, where the database tells."""
    columns: tuple[tuple[str, SqlType], ...] = ()
    """The columns of a function that returns rows."""


@value
class FunctionColumn:
    """A column of a function that is called in FROM."""

    name: str
    type: SqlType
    nullable: bool = True


class Types(Protocol):
    """A database's types and the rules by which it types expressions; one value serves one catalog.

    None as an operand's type stands for one that is not known yet: a parameter, or a literal whose type the context
    decides. A `Resolved` says what such an operand becomes.
    """

    catalog: Catalog

    def from_name(self, name: TypeName) -> SqlType | TypeFailure:
        """The type that a written name stands for."""
        ...

    def neutral(self, type: SqlType) -> Type:
        """What the type is to Python and to other databases."""
        ...

    def display(self, type: SqlType) -> str:
        """The type as users write it."""
        ...

    def number(self, literal: Number) -> SqlType: ...

    def string(self, literal: String) -> SqlType | None:
        """The type of a string literal; None where the context decides."""
        ...

    def boolean(self) -> SqlType: ...

    def text(self) -> SqlType:
        """What an unknown literal becomes when nothing decides."""
        ...

    def undecided(self) -> SqlType | None:
        """What CASE, COALESCE, UNION and the like give when no branch has a type; None leaves it to the context."""
        ...

    def null(self) -> SqlType | None:
        """The type that operators and functions see in NULL; None where it is like a parameter of no type yet."""
        ...

    def unread_null(self) -> SqlType | None:
        """What a column of NULL is in a query in FROM or WITH; None where it is NULL still."""
        ...

    def limit(self) -> SqlType:
        """The type of LIMIT and OFFSET."""
        ...

    def unary(self, op: str, operand: SqlType | None) -> Resolved | TypeFailure: ...

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure: ...

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure: ...

    def function_columns(self, call: Call) -> tuple[FunctionColumn, ...] | None:
        """The columns that a function gives in FROM; None when it gives a single value."""
        ...

    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None:
        """The type that branches of CASE, COALESCE, VALUES or a set operation agree on; None when all are unknown."""
        ...

    def cast_result(self, type: SqlType) -> SqlType:
        """The type of a value that was cast to a type."""
        ...

    def literal(self, text: str, type: SqlType) -> TypeFailure | None:
        """Why a string literal cannot be a value of the type that its context decides, or None."""
        ...

    def cast(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        """Why an explicit cast is impossible, or None."""
        ...

    def condition(self, type: SqlType) -> TypeFailure | None:
        """Why a value of this type cannot decide anything (in WHERE, AND, CASE WHEN), or None."""
        ...

    def assign(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        """Why a value cannot be stored in a column of the target type, or None."""
        ...

    def becomes(self, source: SqlType, target: SqlType) -> bool:
        """Whether a value becomes one of another type by itself, wherever it stands."""
        ...

    def element(self, array: SqlType) -> SqlType | None:
        """The type of an array's elements; None when it is no array."""
        ...

    def subscript(self, type: SqlType) -> SqlType:
        """The type that stands in the brackets behind a value."""
        ...

    def has_subscripts(self, type: SqlType) -> bool: ...

    def array_of(self, element: SqlType) -> SqlType | None: ...

    def fields(self, type: SqlType) -> tuple[Column, ...] | None:
        """The fields of a composite or row type."""
        ...

    def row_type(self, table: Table) -> SqlType | None: ...

    def is_comparable(self, type: SqlType, ordered: bool) -> bool:
        """Whether values can be told apart (DISTINCT, GROUP BY) or, with `ordered`, be put in order."""
        ...

    def frame_offsets(self, ordered: SqlType) -> tuple[SqlType, ...] | None:
        """The types that a RANGE frame takes beside rows in the order of a type, the first for what is undecided;
        None where any will do."""
        ...


JSON_KINDS: Final = frozenset(
    (
        Kind.BOOL,
        *(Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL),
        *(Kind.STR, Kind.ENUM, Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMPTZ),
    )
)
"""The types whose values every database writes into JSON so that `runtime.documents` reads them back."""


class Nulls(Enum):
    """When a function or an operator gives NULL."""

    STRICT = "exactly when an operand is NULL"
    NEVER = "never"
    MAYBE = "at any time"
    AGGREGATE = "when no row, or only rows of NULL, went in"
    COLLECT = "when no row went in"
    FIRST_ARGUMENT = "exactly when the first operand is NULL"
    ALL = "when every operand is NULL"
    FRAME = "when the window's frame is empty, or the operand is NULL"
    NEIGHBOUR = "when there is no such row and no default, or the operand is NULL"
    BRANCHES = "when the operand that is chosen, any but the first, is NULL"
    NULLED = "when the first operand is NULL, or equal to the second"


class NullRules(Protocol):
    """What is known of NULL in a database's functions and operators. Unsure means MAYBE."""

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls: ...

    def is_strict(self, node: Expression, resolved: Resolved | None) -> bool:
        """Whether a NULL operand of a call or an operator is sure to make it NULL."""
        ...

    def of_operator(self, node: Binary) -> Nulls: ...

    def of_cast(self, cast: Cast, source: SqlType | None, target: SqlType) -> Nulls: ...

    def is_aggregate(self, call: Call) -> bool: ...


@value
class Code:
    """A Python expression over one value, which stands at `{0}`, and the names that it imports, by module."""

    text: str
    imports: tuple[tuple[str, str], ...] = ()


STRICT_BOUND: Final = Code("not_negative({0})", (("sqlwright.runtime.values", "not_negative"),))
"""A parameter of LIMIT where the database that the query was written for takes none below zero."""


@value
class Binding:
    """How values of a type go to and come from a driver; None where the driver takes or gives them as they are.

    `driver` is the annotation of what the driver gives.
    """

    driver: str
    driver_imports: tuple[tuple[str, str], ...] = ()
    encode: Code | None = None
    decode: Code | None = None


@value
class Placeholders:
    """How parameters are written in a statement that is sent."""

    numbered: str | None
    """`$` or `?` for `$1`, `?1`; None when each occurrence is the same, as `bare` is."""
    typed: str = "{0}"
    """How a placeholder (`{0}`) is written where its type (`{1}`) cannot be told from what stands around it."""
    bare: str = "?"
    doubled: str = ""
    """A character that is doubled wherever else it stands in a statement."""

    def text(self, number: int) -> str:
        """The placeholder of the parameter of a number (counted from 1)."""
        return self.bare if self.numbered is None else f"{self.numbered}{number}"

    def mark(self, number: int) -> str:
        """What stands for a parameter until its statement is whole: a bare placeholder is told by its place alone."""
        return f"\0{number}\0" if self.numbered is None else self.text(number)

    def finished(self, text: str) -> tuple[str, tuple[int, ...]]:
        """A statement with the marks in it replaced, and the numbers of the parameters of its bare placeholders."""
        parts = text.split("\0")
        plain = parts[::2]
        if self.doubled:
            plain = [part.replace(self.doubled, self.doubled * 2) for part in plain]
        return self.bare.join(plain), tuple(int(part) for part in parts[1::2])

    def readable(self, sql: str) -> str:
        """A statement with its placeholders as the database's own grammar reads them."""
        if not self.doubled:
            return sql
        parts = sql.split(self.doubled * 2)
        return self.doubled.join(part.replace(self.bare, "?") for part in parts)


def _as_named(name: str, type: Type) -> str:
    return name


def _no_bounds() -> Mapping[Bound, Code]:
    return {}


def _as_it_is(dialect: Dialect, catalog: Catalog) -> Dialect:
    return dialect


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """A database, to everything that must not know which one it is."""

    name: str
    title: str
    grammar: Grammar
    default_schema: str
    names: Names
    nulls: NullRules
    features: Features
    placeholders: Placeholders
    binding: Callable[[Type], Binding]
    """How values of a neutral type are bound and read. An enum is decoded by its class, which is not said here."""
    sequence_binding: Callable[[Type], Binding]
    """How the values of a parameter that stands for a list are bound."""
    in_sequence: Callable[[str, TypedParameter, bool], str]
    """`in (:ids)` or `not in (:ids)` for a placeholder that holds all the values: the operator and what follows it."""
    types: Callable[[Catalog], Types]
    completed_table: Callable[[Table], Table]
    """What the database adds to a table that its definition leaves unsaid: serial columns, row ids, …"""
    hidden_columns: Callable[[Table], tuple[Column, ...]]
    """The columns that a table has beside those it lists, which a star does not show."""
    system_table: Callable[[str | None, str], Table | None]
    """A relation of the database's own, by schema (None where the query names none) and name."""
    meaning: Meaning
    """Which operations its expressions are, for those who translate from it."""
    spelling: Spelling
    """How it writes what was written for another database."""
    ddl: Ddl
    sqlglot: str
    """The name by which sqlglot knows it."""
    json_kinds: frozenset[Kind] = JSON_KINDS
    """The types whose values its JSON functions write so that `runtime.documents` reads them back."""
    with_values_of: Callable[[Dialect, Catalog], Dialect] = _as_it_is
    """The dialect with values as a schema that was written in it keeps them."""
    steps_modules: tuple[str, str] = ("", "")
    """Where the runtime has changes that take several statements: the values that say which, and the functions that
    make them. Those that are not awaited have `_sync` behind their names, and behind their module's."""
    bounds: Mapping[Bound, Code] = field(default_factory=_no_bounds)
    """How the values of LIMIT's parameters become ones that the database takes, where it does not take all."""
    session: str = ""
    """What the runtime's `open_session` takes beside its target."""
    returned: Callable[[str, Type], str] = _as_named
    """What RETURNING must have for a column, by its quoted name, to give the value that SELECT would."""
