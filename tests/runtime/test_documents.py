"""JSON that queries build: what every database writes is read, and anything else is refused with a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.runtime import ValueRefused
from sqlwright.runtime import documents as d

Read = Callable[[d.Document], object]


@pytest.mark.parametrize(
    ("text", "read", "value"),
    [
        ("true", d.truth, True),
        ("0", d.truth, False),
        ("1", d.truth, True),
        ("12", d.whole, 12),
        ("1.2E3", d.whole, 1200),
        ("5.0", d.whole, 5),
        ("1", d.real, 1.0),
        ("0.1", d.real, 0.1),
        ("1e+20", d.real, 1e20),
        ('"-Infinity"', d.real, float("-inf")),
        ("12345678901234.567890", d.exact, Decimal("12345678901234.567890")),
        ('"10.5"', d.exact, Decimal("10.5")),
        ("7", d.exact, Decimal(7)),
        ('""', d.string, ""),
        (r'"\\x00ff"', d.octets, b"\x00\xff"),
        ('"00FF"', d.octets, b"\x00\xff"),
        ('"2024-02-29"', d.day, date(2024, 2, 29)),
        ('"2024-02-29 00:00:00"', d.day, date(2024, 2, 29)),
        ('"03:04:05.12"', d.clock, time(3, 4, 5, 120000)),
        ('"03:04:05"', d.clock, time(3, 4, 5)),
        ('"2024-01-02T03:04:05.1"', d.local, datetime(2024, 1, 2, 3, 4, 5, 100000)),
        ('"2024-01-02 03:04:05.000001"', d.local, datetime(2024, 1, 2, 3, 4, 5, 1)),
        ('"2024-01-02T03:04:05+02:00"', d.moment, datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC)),
        ('"2024-01-02 03:04:05"', d.moment, datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ('"00000000-0000-0000-0000-00000000000A"', d.identifier, UUID(int=10)),
        ('{"a": [1.5, {"b": null}]}', d.plain, {"a": [1.5, {"b": None}]}),
    ],
)
def test_what_databases_write_is_read(text: str, read: Read, value: object) -> None:
    found = read(d.document(text))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "read", "wanted"),
    [
        ("2", d.members, "an object"),
        ("{}", d.items, "an array"),
        ('"yes"', d.truth, "a truth value"),
        ("0.5", d.truth, "a truth value"),
        ("true", d.whole, "a whole number"),
        ("1.5", d.whole, "a whole number"),
        ('"1"', d.whole, "a whole number"),
        ('"x"', d.real, "a number"),
        ("[]", d.real, "a number"),
        ("true", d.exact, "a number"),
        ('"x"', d.exact, "a number"),
        ("null", d.exact, "a number"),
        ("1", d.string, "a text"),
        ("null", d.string, "a text"),
        (r'"\\x0"', d.octets, "bytes"),
        ('"2024-02-30"', d.day, "a date"),
        ("20240229", d.day, "a text"),
        ('"25:00"', d.clock, "a time"),
        ('"now"', d.local, "a date and a time"),
        ('"now"', d.moment, "a date and a time"),
        ('"12-34"', d.identifier, "a UUID"),
    ],
)
def test_anything_else_is_refused(text: str, read: Read, wanted: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        read(d.document(text))
    assert (
        str(refused.value) == f"the database gave JSON that has {json.dumps(json.loads(text))} where {wanted} should be"
    )


def test_a_number_too_wide_for_its_scale_is_refused() -> None:
    with pytest.raises(ValueRefused, match="a number"):
        d.exact(Decimal("1e9999"), 2)


def test_a_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValueRefused, match=r"no JSON: \"\{'a'"):
        d.document("{'a': 1}")


def test_a_member_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueRefused, match='without the member "b"'):
        d.members(d.document('{"a": 1}'))["b"]


def test_a_long_value_is_shown_by_its_beginning() -> None:
    with pytest.raises(ValueRefused) as refused:
        d.whole("x" * 10_000)
    assert len(str(refused.value)) < 200


def test_lists() -> None:
    assert d.list_of(d.document("[1, 2]"), d.whole) == [1, 2]
    assert d.list_of_optional(d.document("[1, null]"), d.whole) == [1, None]
    assert d.list_of_optional(d.document("[[null], null]"), lambda inner: d.list_of_optional(inner, d.whole)) == [
        [None],
        None,
    ]
    with pytest.raises(ValueRefused, match="has null where a whole number"):
        d.list_of(d.document("[1, null]"), d.whole)
    with pytest.raises(ValueRefused, match="has null where an array"):
        d.list_of(None, d.whole)


def test_a_number_of_sqlite_is_json_too() -> None:
    assert (d.document(5), d.document(0.5)) == (5, Decimal("0.5"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_decimals_keep_their_digits(value: Decimal) -> None:
    assert str(d.exact(d.document(f"{value:f}"), 6)) == str(value)


@given(st.floats(allow_nan=False))
def test_floats_come_back(value: float) -> None:
    text = json.dumps(value) if abs(value) != float("inf") else json.dumps(f"{value:f}".replace("inf", "Infinity"))
    assert d.real(d.document(text)) == value
