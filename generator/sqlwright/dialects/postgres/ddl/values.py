"""Values in a schema of PostgreSQL: literals, the expressions that make values, and conversions on assignment."""

from __future__ import annotations

import json
from typing import Final, cast

from ....model.types import Kind, Type

_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_NUMBERS: Final = _INTEGERS | {Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL, Kind.UINT64}
_LOCAL: Final = "now() at time zone 'utc'"
_MOMENTS: Final = {
    Kind.TIMESTAMPTZ: "now()",
    Kind.TIMESTAMP: f"({_LOCAL})",
    Kind.DATE: f"(({_LOCAL})::date)",
    Kind.TIME: f"(({_LOCAL})::time)",
}
_TODAY: Final = {
    Kind.DATE: f"(({_LOCAL})::date)",
    Kind.TIMESTAMP: f"(date_trunc('day', {_LOCAL}))",
    Kind.TIMESTAMPTZ: "(date_trunc('day', now(), 'utc'))",
    Kind.STR: f"(to_char({_LOCAL}, 'YYYY-MM-DD'))",
}
_MADE: Final = {
    **{("moment.now", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.now.local", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.now.text", kind): text for kind, text in _MOMENTS.items()},
    ("moment.now.text", Kind.STR): f"(to_char({_LOCAL}, 'YYYY-MM-DD HH24:MI:SS'))",
    **{("moment.today", kind): text for kind, text in _TODAY.items()},
    ("uuid.random", Kind.UUID): "gen_random_uuid()",
    ("uuid.random", Kind.STR): "(gen_random_uuid()::text)",
    ("random", Kind.FLOAT64): "random()",
}


def quoted_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def literal(value: str, type: Type) -> str | None:
    """A value in its neutral form as a literal; None where PostgreSQL cannot hold it."""
    match type.kind:
        case Kind.BOOL:
            return value
        case kind if kind in _NUMBERS:
            return value
        case Kind.BYTES:
            return quoted_text("\\x" + value)
        case Kind.INTERVAL:
            return quoted_text(f"{value} microseconds")
        case Kind.ARRAY:
            return _array(value)
        case Kind.OTHER:
            return None
        case _:
            return None if "\0" in value else quoted_text(value)


def made(operation: str, type: Type) -> str | None:
    """The expression of an operation without operands."""
    return _MADE.get((operation, type.kind))


def _array(value: str) -> str | None:
    """A JSON array as an array's literal."""
    found: object = json.loads(value)
    return quoted_text(_items(cast("list[object]", found))) if isinstance(found, list) else None


def _items(found: object) -> str:
    match found:
        case list():
            return "{" + ",".join(_items(item) for item in cast("list[object]", found)) + "}"
        case None:
            return "NULL"
        case bool():
            return "true" if found else "false"
        case str():
            return '"' + found.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case _:
            return str(found)
