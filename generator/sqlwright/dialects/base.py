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
class Features:
    """What a database can do, where they differ."""

    returning: frozenset[str] = frozenset(("insert", "update", "delete", "merge"))
    schemas: bool = True
    named_enums: bool = True
    """An enum is a type of its own, made before the tables."""
    primary_keys_not_null: bool = True
    foreign_keys_checked_at_definition: bool = True
    grouped_columns_required: bool = True
    types_are_checked: bool = True
    foreign_keys_enforced: bool = False
    """What a foreign key says of a row is true of every row. A key that is deferred, not yet validated, or passed over
    by a bulk load or a replica says nothing of the rows that a query sees, so that it is not relied on."""
    foreign_keys_indexed: bool = False
    """The database makes an index for a foreign key that has none."""
    strings_may_be_names: bool = False
    """`"x"` is a string when no column has that name (SQLite)."""
    index_names_of_tables: bool = False
    """Two tables may each have an index of one name."""
    constraints_named_for_tables: bool = False
    """A constraint without a name is given one made of the table's and the columns', which it keeps when they are
    renamed."""
    derived_tables_need_names: bool = False
    column_names_whole: bool = False
    """A list of names for the columns of a query in FROM or WITH must name all of them."""
    derived_columns_differ: bool = False
    """The columns of a query in FROM or WITH must have different names."""
    having_sees_tables: bool = True
    """HAVING may name columns that are neither selected nor grouped by, as far as they go with the groups."""
    columns_named_as_written: bool = False
    """A result column that is a table's is called as the query spells it, and not as the table does."""
    skips_unneeded_groups: bool = False
    """Groups behind IN, EXISTS, ANY and ALL, ORDER BY of one row, and unread columns in FROM are not looked at."""
    whole_groups: bool = False
    """An expression that is grouped by is known again only where nothing but a query stands around it."""
    conditions_fold: bool = False
    """Conditions on columns in FROM that are computed of no column there look past outer joins (MySQL 9.7)."""
    outputs_seen_inside: bool = False
    """Queries that stand behind SELECT, but in WHERE, see result columns of the query around them (no aggregates)."""
    rows_of_nothing_lose: bool = False
    """Aggregates of no rows, in a temporary table, lose what else is computed of columns (MariaDB 10.11)."""
    equals_determine: bool = False
    """A column stands beside aggregates, too, when unique keys and equalities let those of GROUP BY determine it."""
    excluded: bool = False
    """`excluded` is the row that an INSERT could not add."""
    excluded_is_named: bool = False
    """A column without a table's name in ON CONFLICT is one of the row that is there, never of `excluded`."""
    returning_sees_joins: bool = True
    """RETURNING may name the tables of FROM and USING."""
    returning_sees_alias: bool = True
    """RETURNING names the table by the alias that it has in the statement."""
    conditions_see_all: bool = False
    """ON may name the tables that are joined behind it, so that a bare name must be clear among all."""
    names_of_several: bool = False
    """Two tables of a query may have one name, as long as no column of it is in both (SQLite)."""
    made_columns_closed: frozenset[str] = frozenset(("insert", "update"))
    """The statements, of "insert" and "update", that may not name a column that the database makes."""
    derived_names_apart: frozenset[str] = frozenset()
    """What may have a table's name: "derived" for a query in FROM, "with" for a WITH query, "in with" beside WITH."""
    written_once: frozenset[str] = frozenset()
    """The statements, of "insert" and "update", that may name a column to write only once."""
    zeros_by_ignoring: frozenset[str] = frozenset()
    """Types of which INSERT IGNORE stores a zero for a value that is none, and drivers read a zero as NULL."""
    windows_spoil_quantified: bool = False
    """A comparison with ANY or ALL of what a window function gives may be NULL (MariaDB, which compares with the least
    or greatest of them)."""
    constants_spoil_in: bool = False
    """IN (or = ANY) of an aggregate of what is no column may be NULL in a group (MariaDB 10.11)."""
    qualifiers_are_final: bool = False
    """Whether a column is looked for in no outer query when an inner table has the name before its dot."""
    conflict_keys_checked: bool = False
    """The columns of ON CONFLICT must be those of a unique key for the statement to be prepared, not only to run."""
    values_gather: bool = False
    """VALUES of one row is read like a select list, where aggregates may stand."""
    windows_in_values: bool = True
    """A window function may stand in VALUES of several rows."""
    values_see_target: bool = False
    """The values of an INSERT may name columns of its table (MySQL, which has what was assigned before them there)."""
    outputs_over_merged: bool = False
    """A bare name that both a result column and a column merged by USING have is the result column's in GROUP BY and in
    windows."""
    windows_see_outputs: bool = False
    """A bare name in a window is looked for among the result columns: first in ORDER BY, last in PARTITION BY."""
    having_hides_inside: bool = False
    """Queries in HAVING see no more of the tables than HAVING does."""
    group_by_fields: bool = False
    """HAVING finds a column that is grouped by only where it is a table's, and not what a merged query computes."""
    group_names_differ: bool = False
    """HAVING finds no column of GROUP BY by its table's name where several of them have one name."""
    collected_by_position: bool = False
    """A whole number in the ORDER BY of group_concat is the position of an argument."""
    rollup_of_nothing: bool = True
    """WITH ROLLUP gives a row for all even where there are no rows."""
    closed_to_readers: frozenset[str] = frozenset()
    """The statements, of "insert", "update", "delete" and "joined delete", whose expressions may not read what they
    change."""
    outer_aggregates_checked: bool = False
    """An aggregate over columns of a query around it may stand only where that query's own may."""
    any_of_group: frozenset[str] = frozenset()
    """Functions whose argument stands beside aggregates without being grouped by."""
    locks_groups: bool = True
    """FOR UPDATE may stand where rows of the result are not rows of a table."""
    constants_order: bool = True
    """ORDER BY, GROUP BY and DISTINCT ON may name a constant that is no position."""
    recursion_takes_first: bool = False
    """The types of a recursive query are those of its first part, whatever the others give."""
    recursion_keeps_types: bool = False
    """The types of a recursive query are those of its first part, and the others must not change them."""
    having_alone: Literal["groups", "filters", "refused"] = "groups"
    """What HAVING does in a query that has no GROUP BY and no aggregate."""
    short_inserts: bool = False
    """An INSERT without a list of columns may give fewer values than there are."""
    list_by_array: bool = False
    """`in (:ids)` becomes `= any($1)`."""
    whole_rows: bool = True
    """The name of a table may stand for its whole row."""
    output_names: frozenset[str] = frozenset()
    """The clauses whose expressions may use the names of result columns: "where", "group by", "having", "order by".
    A bare name in GROUP BY or ORDER BY may everywhere."""
    lacks: frozenset[str] = frozenset()
    """Constructs that other databases have and this one has not, by the names of `infer.constructs.CONSTRUCTS`."""
    rules: frozenset[str] = frozenset()
    """The rules that the database holds statements to, by the names of `infer.rules.RULES`."""
    own_operators: bool = True
    """There may be operators that the grammar does not list."""
    statements: frozenset[str] = frozenset()
    """The words that statements other than queries begin with; empty where that is not checked."""
    names_differ_by_case: bool = False
    """Two names of tables, or aliases, that differ by case alone may be two names."""
    output_names_first: bool = True
    """A bare name in ORDER BY means a result column before a column of a table."""


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
