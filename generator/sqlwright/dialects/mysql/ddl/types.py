"""The types that columns are declared with on MySQL and MariaDB."""

from __future__ import annotations

from typing import Final

from ....model.catalog import Column, RelationKind, Table
from ....model.syntax import Binary, Call, ColumnName, Expression, Number
from ....model.types import Family, Kind, SqlType, Type
from ....model.values import value
from ...ddl import Carried
from .flavour import Flavour
from .limits import MysqlLimits
from .values import quoted_text
from .widths import SHORTEST, Place, Widths

LONGEST_VARCHAR: Final = 16383
_LONG: Final = frozenset("tinytext text mediumtext longtext tinyblob blob mediumblob longblob json".split())
_DECLARED: Final = {
    Kind.BOOL: "tinyint(1)",
    Kind.INT16: "smallint",
    Kind.INT32: "int",
    Kind.INT64: "bigint",
    Kind.UINT64: "bigint unsigned",
    Kind.FLOAT32: "float",
    Kind.FLOAT64: "double",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.TIMESTAMP: "datetime",
    Kind.TIMESTAMPTZ: "datetime",
    Kind.INTERVAL: "bigint",
    Kind.JSON: "json",
    Kind.ARRAY: "json",
}
_WITH_FRACTION: Final = frozenset(("time", "datetime"))


def declared_types(carried: Carried, flavour: Flavour, widths: Widths) -> dict[Place, str]:
    """The types that all columns are declared with. Those that have no equivalent are reported."""
    d = _Declaring(carried, flavour, widths)
    tables = [table for table in carried.catalog.tables.values() if table.kind is RelationKind.TABLE]
    return {(table.key, column.name): _declared(column, table, d) for table in tables for column in table.columns}


@value
class _Declaring:
    carried: Carried
    flavour: Flavour
    widths: Widths


def _declared(column: Column, table: Table, d: _Declaring) -> str:
    limits = d.carried.limits(column)
    type = d.carried.type(column)
    found = _own(limits.type, d) if isinstance(limits, MysqlLimits) else None
    found = found or _type_text(column, table, type, d)
    if found is None:
        d.carried.refuse(
            f"column `{column.name}` of `{table.name}` has {_written(column, d)}, which {d.flavour.title} cannot keep "
            "exactly",
            column.span,
            f"store it as text or JSON, or leave {d.flavour.title} out of this package's targets",
        )
        return "longtext"
    if found in _WITH_FRACTION:
        digits = 6 if limits.digits is None else limits.digits
        return f"{found}({digits})" if digits else found
    return found


def _written(column: Column, d: _Declaring) -> str:
    return f"type {d.carried.declared(column)}" if column.type.name else "no declared type"


def _own(type: SqlType, d: _Declaring) -> str | None:
    """A type that was declared for one of the two, as the other one has it. A TIMESTAMP, which ends in 2038, a UUID
    and an enum are written as those of other databases are."""
    if type.family is Family.ENUM or type.name in ("timestamp", "datetime", "time", "uuid", "vector"):
        return None
    if type.name in d.flavour.strange_types:
        return None
    if type.name == "set":
        return f"set({', '.join(quoted_text(label) for label in type.args)})"
    word, _, unsigned = type.name.partition(" ")
    inside = f"({', '.join(type.args)})" if type.args else ""
    return f"{word}{inside} {unsigned}".rstrip()


def _type_text(column: Column, table: Table, type: Type, d: _Declaring) -> str | None:
    match type:
        case Type(kind=Kind.DECIMAL):
            return _decimal(column, table, type, d)
        case Type(kind=Kind.STR):
            return _text(column, table, type, d)
        case Type(kind=Kind.BYTES):
            return _bytes(column, table, d)
        case Type(kind=Kind.UUID):
            return d.flavour.uuid
        case Type(kind=Kind.ENUM):
            return _enum(column, table, type, d)
        case _:
            return _DECLARED.get(type.kind)


def _decimal(column: Column, table: Table, type: Type, d: _Declaring) -> str | None:
    if type.precision is None:
        d.carried.leave_out(
            f"column `{column.name}` of `{table.name}` has no precision: {d.flavour.title} keeps 35 digits before the "
            "point and 30 behind it",
            column.span,
            "declare it, as in numeric(12, 2)",
        )
        return "decimal(65, 30)"
    scale = type.scale or 0
    fits = type.precision <= 65 and 0 <= scale <= min(30, type.precision)
    return f"decimal({type.precision}, {scale})" if fits else None


def _text(column: Column, table: Table, type: Type, d: _Declaring) -> str:
    width = d.widths.get(table, column.name)
    if width is None:
        short = type.length is not None and type.length <= LONGEST_VARCHAR
        return f"varchar({type.length})" if short else "longtext"
    if type.length is None or width < type.length:
        message = (
            f"column `{column.name}` of `{table.name}` stands in a key, where {d.flavour.title} keeps no more than "
            f"{width} characters of it"
        )
        if width < min(SHORTEST, type.length or SHORTEST):
            help = "make the key of fewer columns, or declare the length of its texts, as in varchar(100)"
            d.carried.refuse(message, column.span, help)
        else:
            help = f"declare a length of {width} or less, as in varchar({width}), if no text is longer"
            d.carried.leave_out(message, column.span, help)
    return f"varchar({width})"


def _bytes(column: Column, table: Table, d: _Declaring) -> str:
    width = d.widths.get(table, column.name)
    if width is None:
        return "longblob"
    if any(_keeps_short(check.condition.expression, column, width) for check in table.checks):
        return f"varbinary({width})"
    d.carried.leave_out(
        f"column `{column.name}` of `{table.name}` stands in a key, where {d.flavour.title} keeps no more than {width} "
        "bytes of it",
        column.span,
        f"write check (octet_length({column.name}) <= {width}) if no value is longer, else make the key of a digest",
    )
    return f"varbinary({width})"


def _keeps_short(condition: Expression, column: Column, width: int) -> bool:
    """Whether a CHECK says that a column has no more bytes than that."""
    match condition:
        case Binary(op="<=", left=Call(args=(ColumnName(parts=(*_, name)),)) as call, right=Number(text=most)):
            lengths = call.function in ("length", "octet_length")
            return lengths and name.text == column.name and most.isdigit() and int(most) <= width
        case _:
            return False


def _enum(column: Column, table: Table, type: Type, d: _Declaring) -> str:
    labels = d.carried.labels(type)
    if any(label != label.rstrip(" ") for label in labels):
        message = f"an enum of `{table.name}` has a label that ends with a blank, which {d.flavour.title} cuts off"
        d.carried.refuse(message, column.span, "rename the label")
    return f"enum({', '.join(quoted_text(label) for label in labels)})"


def is_long(declared: str) -> bool:
    """Whether values of a declared type may be kept outside of their row."""
    return declared.partition("(")[0] in _LONG
