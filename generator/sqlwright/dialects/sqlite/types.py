"""SQLite's types: affinities, with the declared type honoured where it says more.

An expression has a type only where its value is sure to have it (sqlite.org/datatype3.html): what is not sure is
ANY, which is `other` to Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.catalog import Catalog, Column, Table
from ...model.syntax import Call, Number, String, TypeName
from ...model.types import OTHER, Kind, SqlType, Type
from ..base import FunctionColumn, Resolved, TypeFailure
from .functions import ANY, TABLE_FUNCTIONS, function

_BOOLEAN: Final = SqlType("boolean")
_INTEGER: Final = SqlType("integer")
_REAL: Final = SqlType("real")
_TEXT: Final = SqlType("text")
_BLOB: Final = SqlType("blob")
_JSON: Final = SqlType("json")

_KINDS: Final = {
    "bigint": Kind.INT64,
    "binary": Kind.BYTES,
    "blob": Kind.BYTES,
    "bool": Kind.BOOL,
    "boolean": Kind.BOOL,
    "bytea": Kind.BYTES,
    "date": Kind.DATE,
    "datetime": Kind.TIMESTAMP,
    "dec": Kind.DECIMAL,
    "decimal": Kind.DECIMAL,
    "double": Kind.FLOAT64,
    "double precision": Kind.FLOAT64,
    "float": Kind.FLOAT64,
    "guid": Kind.UUID,
    "int2": Kind.INT16,
    "interval": Kind.INTERVAL,
    "json": Kind.JSON,
    "jsonb": Kind.JSON,
    "number": Kind.DECIMAL,
    "numeric": Kind.DECIMAL,
    "real": Kind.FLOAT64,
    "smallint": Kind.INT16,
    "string": Kind.STR,
    "time": Kind.TIME,
    "timestamp": Kind.TIMESTAMP,
    "timestamp with time zone": Kind.TIMESTAMPTZ,
    "timestamp without time zone": Kind.TIMESTAMP,
    "timestamptz": Kind.TIMESTAMPTZ,
    "tinyint": Kind.INT16,
    "uuid": Kind.UUID,
    "varbinary": Kind.BYTES,
}
_BY_AFFINITY: Final = {
    "integer": Kind.INT64,
    "text": Kind.STR,
    "real": Kind.FLOAT64,
    "blob": Kind.BYTES,
    "numeric": Kind.OTHER,
}
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">=", "like", "not like", "glob", "regexp", "match", "is"))
_BITS: Final = frozenset(("&", "|", "<<", ">>"))


def affinity(type: SqlType) -> str:
    """The affinity that a declared type gives a column (datatype3.html, section 3.1)."""
    name = type.name.upper()
    if "INT" in name:
        return "integer"
    if any(part in name for part in ("CHAR", "CLOB", "TEXT")):
        return "text"
    if "BLOB" in name or not name:
        return "blob"
    if any(part in name for part in ("REAL", "FLOA", "DOUB")):
        return "real"
    return "numeric"


class SqliteTypes:
    """The types of one catalog, behind the protocol `dialects.base.Types`. Little is refused: SQLite refuses little."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def from_name(self, name: TypeName) -> SqlType | TypeFailure:
        return SqlType(name.name.lower(), name.args)

    def cast_result(self, type: SqlType) -> SqlType:
        """A cast converts to the affinity of the type it names, and to nothing finer."""
        if type.name in ("boolean", "bool", "json"):
            return type
        found = affinity(type)
        return ANY if found == "numeric" else SqlType(found)

    def neutral(self, type: SqlType) -> Type:
        if type.name in ("", "any"):
            return OTHER
        numbers = [int(arg) for arg in type.args if arg.lstrip("-").isdigit()]
        if type.name == "tinyint" and numbers == [1]:
            return Type(Kind.BOOL)
        kind = _KINDS.get(type.name) or _BY_AFFINITY[affinity(type)]
        if kind is Kind.DECIMAL and numbers:
            return Type(kind, precision=numbers[0], scale=numbers[1] if len(numbers) > 1 else 0)
        if kind is Kind.STR and numbers:
            return Type(kind, length=numbers[0])
        return Type(kind)

    def display(self, type: SqlType) -> str:
        name = type.name.upper() or "ANY"
        return f"{name}({', '.join(type.args)})" if type.args else name

    # Literals

    def number(self, literal: Number) -> SqlType:
        text = literal.text.replace("_", "").lower()
        if text.startswith("0x"):
            return _INTEGER
        return _INTEGER if text.isdigit() and int(text) < 2**63 else _REAL

    def string(self, literal: String) -> SqlType | None:
        return _BLOB if literal.mark == "x" else _TEXT

    def boolean(self) -> SqlType:
        return _BOOLEAN

    def text(self) -> SqlType:
        return _TEXT

    def undecided(self) -> SqlType | None:
        return None

    def null(self) -> SqlType | None:
        return None

    def unread_null(self) -> SqlType | None:
        return self.text()

    def limit(self) -> SqlType:
        return _INTEGER

    # Operators and functions

    def unary(self, op: str, operand: SqlType | None) -> Resolved | TypeFailure:
        if op == "~":
            return Resolved((_INTEGER,), _INTEGER)
        found = operand or ANY
        return Resolved((found,), _number(found))

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure:
        if op in _COMPARISONS:
            fallback = _TEXT if op.endswith(("like", "glob", "regexp", "match")) else ANY
            return Resolved((left or right or fallback, right or left or fallback), _BOOLEAN)
        if op in _BITS:
            return Resolved((_INTEGER, _INTEGER), _INTEGER)
        if op == "||":
            return Resolved((left or _TEXT, right or _TEXT), _TEXT)
        if op in ("->", "->>"):
            return Resolved((left or _JSON, right or _TEXT), _JSON if op == "->" else ANY)
        first, second = left or right or ANY, right or left or ANY
        return Resolved((first, second), _arithmetic(op, first, second))

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        return function(call, args, self)

    def function_columns(self, call: Call) -> tuple[FunctionColumn, ...] | None:
        return TABLE_FUNCTIONS.get(call.function.lower())

    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None:
        known = [found for found in types if found is not None]
        if not known:
            return None
        first = known[0]
        if all(found == first for found in known):
            return first
        kinds = {self.neutral(found).kind for found in known}
        if len(kinds) == 1:
            return SqlType(first.name)
        if kinds <= {Kind.BOOL, Kind.INT16, Kind.INT64}:
            return _INTEGER
        if kinds <= {Kind.INT16, Kind.INT64, Kind.FLOAT64}:
            return _REAL
        decimals = {found for found in known if self.neutral(found).kind is Kind.DECIMAL}
        if len(decimals) == 1 and kinds <= {Kind.INT16, Kind.INT64, Kind.DECIMAL}:
            return decimals.pop()
        textual = {Kind.STR, Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMPTZ, Kind.UUID, Kind.JSON}
        literal_free = kinds - {Kind.STR}
        if kinds <= textual:
            return (
                next(found for found in known if self.neutral(found).kind in literal_free)
                if (len(literal_free) == 1)
                else _TEXT
            )
        return ANY

    def literal(self, text: str, type: SqlType) -> TypeFailure | None:
        return None

    def cast(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        return None

    def condition(self, type: SqlType) -> TypeFailure | None:
        return None

    def assign(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        return None

    def element(self, array: SqlType) -> SqlType | None:
        return None

    def subscript(self, type: SqlType) -> SqlType:
        return _INTEGER

    def has_subscripts(self, type: SqlType) -> bool:
        return False

    def array_of(self, element: SqlType) -> SqlType | None:
        return None

    def fields(self, type: SqlType) -> tuple[Column, ...] | None:
        return None

    def row_type(self, table: Table) -> SqlType | None:
        return None

    def becomes(self, source: SqlType, target: SqlType) -> bool:
        return True

    def is_comparable(self, type: SqlType, ordered: bool) -> bool:
        return True

    def frame_offsets(self, ordered: SqlType) -> tuple[SqlType, ...] | None:
        return None


def _number(type: SqlType) -> SqlType:
    found = affinity(type)
    if type.name in ("boolean", "bool"):
        return _INTEGER
    return {"integer": _INTEGER, "real": _REAL}.get(found, ANY)


def _arithmetic(op: str, left: SqlType, right: SqlType) -> SqlType:
    numbers = (_number(left), _number(right))
    if op == "%":
        return _INTEGER if numbers == (_INTEGER, _INTEGER) else ANY
    if numbers == (_INTEGER, _INTEGER):
        return _INTEGER
    return _REAL if _REAL in numbers and ANY not in numbers else ANY
