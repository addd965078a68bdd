"""PostgreSQL's types: their names, what they are to Python, and the typing of literals and conversions.

The rules are those of the manual's chapter 10; which operator or function is meant is decided in `callables.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...diagnostics import did_you_mean
from ...model.catalog import Catalog, Column, RelationKind, Table
from ...model.syntax import Call, Number, String, TypeName
from ...model.types import OTHER, Family, Kind, SqlType, Type
from ..base import FunctionColumn, Resolved, TypeFailure
from . import catalogs
from .callables import Callables
from .comparing import FRAME_OFFSETS
from .literals import is_possible
from .typenames import canonical_name, shown, written_names
from .typology import Typology, operand_of, written

_KINDS: Final = {
    "bool": Kind.BOOL,
    "int2": Kind.INT16,
    "int4": Kind.INT32,
    "int8": Kind.INT64,
    "float4": Kind.FLOAT32,
    "float8": Kind.FLOAT64,
    "numeric": Kind.DECIMAL,
    "text": Kind.STR,
    "varchar": Kind.STR,
    "bpchar": Kind.STR,
    "char": Kind.STR,
    "name": Kind.STR,
    "citext": Kind.STR,
    "unknown": Kind.STR,
    "bytea": Kind.BYTES,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "timestamp": Kind.TIMESTAMP,
    "timestamptz": Kind.TIMESTAMPTZ,
    "interval": Kind.INTERVAL,
    "uuid": Kind.UUID,
    "json": Kind.JSON,
    "jsonb": Kind.JSON,
}
_BOOL: Final = SqlType("bool")
_TEXT: Final = SqlType("text")
_RECORD: Final = SqlType("record", family=Family.ROW)


class PostgresTypes:
    """The types of one catalog, behind the protocol `dialects.base.Types`."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._types = Typology(catalog)
        self._callables = Callables(self._types, self)

    # Names of types

    def from_name(self, name: TypeName) -> SqlType | TypeFailure:
        canonical = canonical_name(name)
        array = name.dimensions > 0
        user = self._types.user_type(canonical, name.schema)
        if user is not None:
            return SqlType(user.name, (), array, user.family, user.schema)
        info = catalogs.types().get(canonical)
        if info is None and canonical.startswith("_"):
            info = catalogs.types().get(canonical[1:])
            array = True
        if info is not None and self._types.has(info.extension):
            own_schema = name.schema in (None, "pg_catalog", "public")
            if own_schema or info.extension is not None:
                family = Family.PSEUDO if info.pseudo else Family.RANGE if info.category == "R" else Family.BASE
                return SqlType(info.name, _modifiers(info.name, name), array, family)
        if self._types.has_strangers and info is None:
            return SqlType(canonical, name.args, array, Family.OPAQUE, name.schema)
        return self._unknown_type(name)

    def _unknown_type(self, name: TypeName) -> TypeFailure:
        info = catalogs.types().get(name.name)
        help: str | None
        if info is not None and info.extension is not None:
            help = f"add `create extension {info.extension}` to the schema"
        else:
            known = [*written_names(), *catalogs.types(), *(key[1] for key in self._types.user_keys())]
            help = did_you_mean(name.name, known, "define it with CREATE TYPE or CREATE DOMAIN before it is used")
        shown_name = f"{name.schema}.{name.name}" if name.schema else name.name
        return TypeFailure("unknown-type", f"type `{shown_name}` does not exist", help)

    def neutral(self, type: SqlType) -> Type:
        if type.array:
            return Type(Kind.ARRAY, self.neutral(SqlType(type.name, type.args, False, type.family, type.schema)))
        if type.family is Family.ENUM:
            return Type(Kind.ENUM, enum=type.key)
        if type.family is Family.DOMAIN:
            domain = self.catalog.domains.get(type.key)
            return self.neutral(domain.base) if domain is not None else OTHER
        kind = _KINDS.get(type.name) if type.schema is None else None
        if kind is None:
            return OTHER
        numbers = [int(arg) for arg in type.args if arg.lstrip("-").isdigit()]
        if kind is Kind.DECIMAL and numbers:
            return Type(kind, precision=numbers[0], scale=numbers[1] if len(numbers) > 1 else 0)
        if kind is Kind.STR and numbers:
            return Type(kind, length=numbers[0])
        return Type(kind)

    def display(self, type: SqlType) -> str:
        default = self.catalog.default_schema
        name = shown(type.name, type.args) if type.schema is None else type.name
        if type.schema not in (None, default):
            name = f"{type.schema}.{name}"
        return name + ("[]" if type.array else "")

    # Literals

    def number(self, literal: Number) -> SqlType:
        text = literal.text.replace("_", "").lower()
        if text.startswith(("0x", "0o", "0b")):
            return _integer(int(text, 0))
        if text.isdigit():
            return _integer(int(text))
        return SqlType("numeric")

    def string(self, literal: String) -> SqlType | None:
        if literal.mark in ("b", "x"):
            return SqlType("bit")
        return None

    def boolean(self) -> SqlType:
        return _BOOL

    def text(self) -> SqlType:
        return _TEXT

    def undecided(self) -> SqlType | None:
        return _TEXT

    def null(self) -> SqlType | None:
        return None

    def unread_null(self) -> SqlType | None:
        return _TEXT

    def limit(self) -> SqlType:
        return SqlType("int8")

    # Functions

    def unary(self, op: str, operand: SqlType | None) -> Resolved | TypeFailure:
        return self._callables.unary(op, operand)

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure:
        return self._callables.binary(op, left, right)

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        return self._callables.call(call, args)

    def function_columns(self, call: Call) -> tuple[FunctionColumn, ...] | None:
        return self._callables.columns(call)

    # Conversions

    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None:
        known = [found for found in types if found is not None]
        if not known:
            return None
        if all(found == known[0] for found in known):
            return known[0]
        name = self._types.common_name([operand_of(found) for found in types])
        if name is not None:
            return self._types.parsed(name)
        first = known[0]
        categories = [self._types.category(written(found)) for found in known]
        other = next((found for found, kind in zip(known, categories, strict=True) if kind != categories[0]), known[-1])
        return TypeFailure(
            "no-common-type",
            f"{what} types {self.display(first)} and {self.display(other)} cannot be matched",
            "cast them to one type",
        )

    def cast_result(self, type: SqlType) -> SqlType:
        return type

    def literal(self, text: str, type: SqlType) -> TypeFailure | None:
        if type.array:
            possible = text.strip()[:1] in ("{", "[")
            return None if possible else self._no_value(text, type, "write an array as `{a,b}`")
        base = self._types.parsed(self._types.base(written(type)))
        if base == _RECORD:
            return self._no_value(text, type, "write a row: (…, …)")
        enum = self.catalog.enums.get(base.key) if base.family is Family.ENUM else None
        if enum is not None and text not in enum.labels:
            help = did_you_mean(text, enum.labels, f"its labels are {', '.join(enum.labels)}")
            return self._no_value(text, type, help)
        if base.schema is None and not is_possible(text, base.name):
            return self._no_value(text, type, "write a value of that type, or cast what it stands beside")
        return None

    def _no_value(self, text: str, type: SqlType, help: str | None) -> TypeFailure:
        return TypeFailure("bad-literal", f"'{text}' is no value of {self.display(type)}", help)

    def cast(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        if source is None or self._types.coercible(written(source), written(target), "e"):
            return None
        if self._types.may_know(written(source)) or self._types.may_know(written(target)):
            return None
        message = f"cannot cast type {self.display(source)} to {self.display(target)}"
        return TypeFailure("bad-cast", message, "cast through a type that both convert to, such as text")

    def condition(self, type: SqlType) -> TypeFailure | None:
        if self._types.coercible(written(type), "bool", "a"):
            return None
        message = f"a condition must be boolean, and this is {self.display(type)}"
        return TypeFailure("not-boolean", message, "compare it with something")

    def assign(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        if source is None or self._types.coercible(written(source), written(target), "a"):
            return None
        return TypeFailure(
            "wrong-type",
            f"{self.display(target)} is needed here, and the value is {self.display(source)}",
            f"cast it: (…)::{self.display(target)}",
        )

    def becomes(self, source: SqlType, target: SqlType) -> bool:
        return self._types.coercible(written(source), written(target))

    def element(self, array: SqlType) -> SqlType | None:
        name = self._types.element_name(self._types.base(written(array)))
        return self._types.parsed(name) if name is not None else None

    def subscript(self, type: SqlType) -> SqlType:
        return _TEXT if type.name == "jsonb" and not type.array else SqlType("int4")

    def has_subscripts(self, type: SqlType) -> bool:
        return type.name in ("jsonb", "hstore") or self.element(type) is not None

    def array_of(self, element: SqlType) -> SqlType | None:
        return None if element.array else SqlType(element.name, element.args, True, element.family, element.schema)

    def fields_of(self, name: str) -> tuple[Column, ...] | None:
        """The fields of a composite or row type, by the name that resolution knows it by."""
        return self.fields(self._types.parsed(name))

    def fields(self, type: SqlType) -> tuple[Column, ...] | None:
        if type.family not in (Family.COMPOSITE, Family.ROW, Family.DOMAIN):
            return None
        base = self._types.parsed(self._types.base(written(type)))
        if base.array:
            return None
        composite = self.catalog.composites.get(base.key)
        if composite is not None:
            return composite.fields
        table = self.catalog.tables.get(base.key)
        return table.columns if table is not None and base.family is Family.ROW else None

    def row_type(self, table: Table) -> SqlType | None:
        if table.kind is RelationKind.SYSTEM:
            return _RECORD
        return SqlType(table.name, (), False, Family.ROW, table.schema)

    def is_comparable(self, type: SqlType, ordered: bool) -> bool:
        return self._types.comparable(written(type), ordered)

    def frame_offsets(self, ordered: SqlType) -> tuple[SqlType, ...] | None:
        return tuple(SqlType(name) for name in FRAME_OFFSETS.get(self._types.base(written(ordered)), "").split())


def _modifiers(name: str, declared: TypeName) -> tuple[str, ...]:
    if name == "bpchar" and not declared.args and declared.name != "bpchar":
        return ("1",)
    return () if name in ("float4", "float8") else declared.args


def _integer(value: int) -> SqlType:
    if value < 2**31:
        return SqlType("int4")
    return SqlType("int8" if value < 2**63 else "numeric")
