"""Values in a schema of SQLite: literals, the expressions that make values, and conversions on assignment."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from ....model.types import Kind, Type

_WIDE: Final = Context(prec=2000)
_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
_BARE: Final = _INTEGERS | _FLOATS | {Kind.INTERVAL}
_UUID: Final = (
    "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
    "substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"
)
_MOMENTS: Final = {
    Kind.TIMESTAMPTZ: "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')",
    Kind.TIMESTAMP: "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')",
    Kind.DATE: "(date('now'))",
    Kind.TIME: "(strftime('%H:%M:%f', 'now') || '000')",
}
_TODAY: Final = {
    Kind.DATE: "(date('now'))",
    Kind.TIMESTAMP: "(date('now') || ' 00:00:00.000000')",
    Kind.TIMESTAMPTZ: "(date('now') || ' 00:00:00.000000+00:00')",
}
_MADE: Final = {
    **{("moment.now", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.now.local", kind): text for kind, text in _MOMENTS.items()},
    **{("moment.today", kind): text for kind, text in _TODAY.items()},
    ("moment.now.text", Kind.STR): "(datetime('now'))",
    ("uuid.random", Kind.UUID): _UUID,
    ("uuid.random", Kind.STR): _UUID,
    ("random", Kind.FLOAT64): "((random() & 9007199254740991) / 9007199254740992.0)",
}


def quoted_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def literal(value: str, type: Type) -> str | None:
    """A value in its neutral form as it is kept; None for a type that is not kept."""
    match type.kind:
        case Kind.BOOL:
            return "1" if value == "true" else "0"
        case Kind.DECIMAL:
            return quoted_text(decimal_text(value, type.scale))
        case Kind.BYTES:
            return f"x'{value}'"
        case Kind.JSON:
            return quoted_text(_compact(value))
        case kind if kind in _BARE:
            return value
        case Kind.OTHER | Kind.UINT64:
            return None
        case _:
            return None if "\0" in value else quoted_text(value)


def made(operation: str, type: Type) -> str | None:
    """The expression of an operation without operands, in parentheses."""
    return _MADE.get((operation, type.kind))


def decimal_text(value: str, scale: int | None) -> str:
    """A decimal in the one spelling that it has at its scale."""
    found = Decimal(value)
    if scale is not None:
        rounded = found.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_WIDE)
        return f"{abs(rounded) if rounded.is_zero() else rounded:f}"
    text = f"{found:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _compact(value: str) -> str:
    """JSON in its shortest form, as values that are stored later have it; what is not JSON is left for the check."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        return value
