"""MySQL's types and the rules by which it types expressions. Little is refused: the server converts nearly all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...diagnostics import did_you_mean
from ...model.catalog import Catalog, Column, Table
from ...model.syntax import Call, Number, String, TypeName
from ...model.types import SqlType, Type
from ..base import FunctionColumn, Resolved, TypeFailure
from ..signatures import FunctionInfo
from . import decimals, kinds, typenames
from .callables import Callables
from .conversions import BIGINT, BLANK, BYTES, DOUBLE, NULL, TEXT, Conversions
from .functions import FUNCTIONS
from .operators import Operators

_LARGEST: Final = 2**63 - 1
_LARGEST_UNSIGNED: Final = 2**64 - 1
_SET_OPERATIONS: Final = frozenset(("UNION", "INTERSECT", "EXCEPT"))
_CAST_TO: Final = {"char": "varchar", "binary": "varbinary"}


class MysqlTypes:
    """The types of one catalog, behind the protocol `dialects.base.Types`."""

    functions: Mapping[str, FunctionInfo] = FUNCTIONS
    other_types: Mapping[str, str] = {}
    """Names of types that only this database knows, and what they are kept by."""
    operators = Operators(Conversions())
    integer = BIGINT.name
    """The type of an integer that is written out and fits a BIGINT."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._callables = Callables(catalog, self.functions, self.operators)

    def from_name(self, name: TypeName) -> SqlType | TypeFailure:
        found = typenames.sql_type(name, self.other_types) if name.schema is None else None
        if found is not None:
            return found
        known = (*typenames.known_names(), *self.other_types)
        help = did_you_mean(name.name, known, "use a type that the database has")
        return TypeFailure("unknown-type", f"type `{name.name}` does not exist", help)

    def cast_result(self, type: SqlType) -> SqlType:
        name = _CAST_TO.get(type.name)
        return SqlType(name, type.args if type.args != ("1",) else ()) if name is not None else type

    def neutral(self, type: SqlType) -> Type:
        return kinds.neutral(type)

    def display(self, type: SqlType) -> str:
        return typenames.display(type)

    # Literals

    def number(self, literal: Number) -> SqlType:
        text = literal.text.lower()
        if text[:2] in ("0x", "0b"):
            return BYTES
        if "e" in text:
            return DOUBLE
        if "." in text or int(text) > _LARGEST_UNSIGNED:
            return decimals.of_literal(text)
        return SqlType(self.integer if int(text) <= _LARGEST else "bigint unsigned", (str(len(text.lstrip("0")) or 1),))

    def string(self, literal: String) -> SqlType | None:
        return BYTES if literal.mark in ("x", "b") else TEXT

    def boolean(self) -> SqlType:
        return typenames.BOOLEAN

    def text(self) -> SqlType:
        return TEXT

    def undecided(self) -> SqlType | None:
        return None

    def null(self) -> SqlType | None:
        return NULL

    def unread_null(self) -> SqlType | None:
        return BLANK if self.operators.conversions.picked_nulls_are_text else None

    def limit(self) -> SqlType:
        return BIGINT

    # Operators and functions

    def unary(self, op: str, operand: SqlType | None) -> Resolved | TypeFailure:
        return self.operators.unary(op, operand)

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure:
        return self.operators.binary(op, left, right)

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        return self._callables.call(call, args)

    def function_columns(self, call: Call) -> tuple[FunctionColumn, ...] | None:
        return None

    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None:
        """A column that USING merges is the first table's."""
        if what == "JOIN":
            return types[0]
        conversions = self.operators.conversions
        return conversions.united(types) if what in _SET_OPERATIONS else conversions.common(types)

    def literal(self, text: str, type: SqlType) -> TypeFailure | None:
        return None

    def cast(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        return None

    def condition(self, type: SqlType) -> TypeFailure | None:
        return None

    def assign(self, source: SqlType | None, target: SqlType) -> TypeFailure | None:
        return None

    # What neither database has

    def element(self, array: SqlType) -> SqlType | None:
        return None

    def subscript(self, type: SqlType) -> SqlType:
        return BIGINT

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
