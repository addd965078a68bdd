"""Values in a schema of MySQL or MariaDB: literals, and the expressions that make values."""

from __future__ import annotations

import json
import re
from typing import Final

from ....model.types import Kind, Type
from .flavour import Flavour

NOW: Final = "current_timestamp(6)"
"""Connections of ours are in UTC, and so is this."""
_BARE: Final = frozenset(
    (
        Kind.BOOL,
        Kind.INT16,
        Kind.INT32,
        Kind.INT64,
        Kind.UINT64,
        Kind.FLOAT32,
        Kind.FLOAT64,
        Kind.DECIMAL,
        Kind.INTERVAL,
    )
)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "'": "''", "\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z"})
_ZONE: Final = re.compile(r"\+00:00\Z")
_MOMENTS: Final = {
    Kind.TIMESTAMPTZ: NOW,
    Kind.TIMESTAMP: NOW,
    Kind.DATE: "(current_date)",
    Kind.TIME: "(current_time(6))",
}
_TODAY: Final = {
    Kind.DATE: "(current_date)",
    Kind.TIMESTAMP: "(timestamp(current_date))",
    Kind.TIMESTAMPTZ: "(timestamp(current_date))",
    Kind.STR: "(date_format(current_date, '%Y-%m-%d'))",
}
_MADE: Final = {
    **{("moment.now", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.now.local", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.now.text", kind): text for kind, text in _MOMENTS.items()},
    ("moment.now.text", Kind.STR): "(date_format(current_timestamp, '%Y-%m-%d %H:%i:%s'))",
    **{("moment.today", kind): text for kind, text in _TODAY.items()},
    ("uuid.random", Kind.STR): "(uuid())",
    ("random", Kind.FLOAT64): "(rand())",
}


def quoted_text(value: str) -> str:
    """A string on one line, which backslashes escape in."""
    return "'" + value.translate(_ESCAPES) + "'"


def literal(value: str, type: Type, flavour: Flavour) -> str | None:
    """A value in its neutral form as a literal; None for a type that is not kept."""
    match type.kind:
        case kind if kind in _BARE:
            return value
        case Kind.BYTES:
            return _bytes(value)
        case Kind.UUID if flavour.uuid_is_bytes:
            return _bytes(value.replace("-", ""))
        case Kind.TIMESTAMP | Kind.TIMESTAMPTZ:
            return quoted_text(_ZONE.sub("", value))
        case Kind.JSON | Kind.ARRAY:
            return quoted_text(_compact(value))
        case Kind.OTHER:
            return None
        case _:
            return quoted_text(value)


def made(operation: str, type: Type, flavour: Flavour) -> str | None:
    """The expression of an operation without operands, in parentheses unless it may stand without."""
    if (operation, type.kind) == ("uuid.random", Kind.UUID):
        return flavour.made_uuid
    return _MADE.get((operation, type.kind))


def _bytes(digits: str) -> str:
    """Bytes as a number in hexadecimal digits: MariaDB 10.11 shows the default `x'ff'` as the byte itself."""
    return f"0x{digits}" if digits else "''"


def _compact(value: str) -> str:
    """JSON in its shortest form, as values that are stored later have it; what is not JSON is left for the server."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        return value
