"""JSON that a query has built, taken apart into rows, lists and values of their types.

Databases write the same values into JSON in ways that differ a little: a decimal as a number or as text, a truth value
as one or as 0 and 1, a moment with `T` or a blank in it. What is read here is the same for all. Anything else raises
ValueRefused: then the database is not what the statement was analysed for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final, NoReturn, TypeAlias, TypeVar
from uuid import UUID

from .errors import ValueRefused
from .values import WIDE, Json

_MOST_SHOWN: Final = 80
Document: TypeAlias = dict[str, "Document"] | list["Document"] | str | int | Decimal | bool | None
"""A JSON value whose numbers are as exact as its text."""

T = TypeVar("T")


class Members(dict[str, Document]):
    """The members of an object; it is said of one that is not there."""

    __slots__ = ()

    def __missing__(self, name: str) -> NoReturn:
        raise ValueRefused(f"the database gave a JSON object without the member {_shown(name)}")


def document(text: str | float) -> Document:
    """A JSON text, read. SQLite gives a number for one in a column that it takes for numeric."""
    written = text if isinstance(text, str) else repr(text)
    try:
        found: Document = json.loads(written, parse_float=Decimal, object_hook=Members)
    except ValueError:
        raise ValueRefused(f"the database gave a text that is no JSON: {_shown(written)}") from None
    return found


def members(value: Document) -> dict[str, Document]:
    """The members of an object."""
    return value if isinstance(value, dict) else _refused(value, "an object")


def items(value: Document) -> list[Document]:
    """The items of an array."""
    return value if isinstance(value, list) else _refused(value, "an array")


def list_of(value: Document, make: Callable[[Document], T]) -> list[T]:
    """The items of an array, each made by a function."""
    return [make(item) for item in items(value)]


def list_of_optional(value: Document, make: Callable[[Document], T]) -> list[T | None]:
    """The items of an array that can have null among them."""
    return [None if item is None else make(item) for item in items(value)]


# Values


def truth(value: Document) -> bool:
    return value == 1 if isinstance(value, bool | int) else _refused(value, "a truth value")


def whole(value: Document) -> int:
    """A whole number, which may have been written with an exponent or a point."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return _refused(value, "a whole number") if isinstance(value, bool) or not isinstance(value, int) else value


def real(value: Document) -> float:
    """A float. JSON has no NaN and no infinities; they are texts in it."""
    if isinstance(value, Decimal | int) or value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    return _refused(value, "a number")


def exact(value: Document, scale: int | None = None) -> Decimal:
    """A decimal, with as many digits behind the point as its type has."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        return _refused(value, "a number")
    try:
        found = Decimal(value)
        return found if scale is None else found.quantize(Decimal(1).scaleb(-scale), context=WIDE)
    except ArithmeticError:
        _refused(value, "a number")


def string(value: Document) -> str:
    return value if isinstance(value, str) else _refused(value, "a text")


def octets(value: Document) -> bytes:
    r"""Bytes, written as hexadecimal text behind `\x`."""
    try:
        return bytes.fromhex(string(value).removeprefix("\\x"))
    except ValueError:
        _refused(value, "bytes")


def day(value: Document) -> date:
    try:
        return date.fromisoformat(string(value)[:10])
    except ValueError:
        _refused(value, "a date")


def clock(value: Document) -> time:
    try:
        return time.fromisoformat(string(value))
    except ValueError:
        _refused(value, "a time")


def local(value: Document) -> datetime:
    """A moment without a zone."""
    try:
        return datetime.fromisoformat(string(value))
    except ValueError:
        _refused(value, "a date and a time")


def moment(value: Document) -> datetime:
    """A moment in UTC, which a text without a zone is taken to be in."""
    found = local(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def identifier(value: Document) -> UUID:
    try:
        return UUID(string(value))
    except ValueError:
        _refused(value, "a UUID")


def plain(value: Document) -> Json:
    """JSON as a column of JSON is read."""
    match value:
        case dict():
            return {name: plain(inner) for name, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case Decimal():
            return float(value)
        case _:
            return value


def _refused(value: Document, wanted: str) -> NoReturn:
    raise ValueRefused(f"the database gave JSON that has {_shown(value)} where {wanted} should be") from None


def _shown(value: Document) -> str:
    """A value in a message: its beginning, when it is long."""
    text = json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
