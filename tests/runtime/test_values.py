"""The canonical forms of values: what goes in comes out, equal values have one spelling, and text order is theirs."""

from __future__ import annotations

import math
from collections import OrderedDict, UserDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.runtime import Json, JsonInput, ValueRefused
from sqlwright.runtime import values as v

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31), timezones=ZONES)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class TestDecimals:
    @given(DECIMALS)
    def test_come_back(self, value: Decimal) -> None:
        assert Decimal(v.decimal_text(value)) == value

    @given(DECIMALS, st.integers(0, 6))
    def test_equal_ones_have_one_text(self, value: Decimal, zeros: int) -> None:
        padded = Decimal(f"{value:f}" + ("" if "." in f"{value:f}" else ".") + "0" * zeros)
        assert v.decimal_text(padded) == v.decimal_text(value)
        assert "e" not in v.decimal_text(value).lower()

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**9), max_value=10**9))
    def test_are_rounded_half_away_from_zero(self, value: Decimal) -> None:
        assert v.decimal_text(value, 2) == f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}".replace(
            "-0.00", "0.00"
        )

    @pytest.mark.parametrize(
        ("value", "scale", "text"),
        [
            ("10.5", None, "10.5"),
            ("10.50", None, "10.5"),
            ("1E+3", None, "1000"),
            ("-0.000", None, "0"),
            ("100", None, "100"),
            ("10.5", 2, "10.50"),
            ("0.005", 2, "0.01"),
            ("-0.005", 2, "-0.01"),
            ("-0.004", 2, "0.00"),
            ("1234567", 0, "1234567"),
            ("99999999999999.999999", 6, "99999999999999.999999"),
        ],
    )
    def test_are_spelled(self, value: str, scale: int | None, text: str) -> None:
        assert v.decimal_text(Decimal(value), scale) == text

    @pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
    def test_must_be_numbers(self, value: str) -> None:
        with pytest.raises(ValueRefused, match="no number"):
            v.decimal_text(Decimal(value), 2)

    @pytest.mark.parametrize("value", ["1000", "999.995", "-1000", "1E+3000"])
    def test_must_fit(self, value: str) -> None:
        with pytest.raises(ValueRefused, match="digits"):
            v.decimal_text(Decimal(value), 2, 5)

    def test_that_just_fit(self) -> None:
        assert v.decimal_text(Decimal("999.994"), 2, 5) == "999.99"
        assert v.decimal_text(Decimal("0.01"), 2, 2) == "0.01"


class TestMoments:
    @given(st.datetimes())
    def test_without_a_zone(self, value: datetime) -> None:
        assert v.timestamp_value(v.timestamp_text(value)) == value
        assert v.naive(value) == value

    @given(MOMENTS)
    def test_with_a_zone(self, value: datetime) -> None:
        found = v.timestamptz_value(v.timestamptz_text(value))
        assert found == value == v.aware(value)
        assert found.tzinfo is UTC

    @given(st.datetimes(), st.datetimes())
    def test_the_order_of_texts_is_that_of_time(self, one: datetime, two: datetime) -> None:
        assert (v.timestamp_text(one) < v.timestamp_text(two)) == (one < two)

    @given(MOMENTS, MOMENTS)
    def test_the_order_of_texts_is_that_of_time_in_any_zone(self, one: datetime, two: datetime) -> None:
        assert (v.timestamptz_text(one) < v.timestamptz_text(two)) == (one < two)

    @given(st.dates(), st.times())
    def test_days_and_times_of_day(self, day: date, hour: time) -> None:
        assert v.date_value(v.date_text(day)) == day
        assert v.time_value(v.time_text(hour)) == hour
        assert len(v.time_text(hour)) == len("12:34:56.123456")

    def test_what_sqlite_itself_writes_is_read(self) -> None:
        assert v.timestamp_value("2026-01-02 03:04:05") == datetime(2026, 1, 2, 3, 4, 5)
        assert v.timestamptz_value("2026-01-02 03:04:05") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert v.timestamptz_value("2026-01-02T03:04:05Z") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert v.date_value("2026-01-02 03:04:05") == date(2026, 1, 2)

    def test_a_zone_where_none_belongs(self) -> None:
        moment = datetime(2026, 1, 2, tzinfo=UTC)
        for refused in (v.timestamp_text, v.naive):
            with pytest.raises(ValueRefused, match="without"):
                refused(moment)
        for refuses in (v.time_text, v.naive_time):
            with pytest.raises(ValueRefused, match="without a zone"):
                refuses(moment.timetz())

    def test_no_zone_where_one_belongs(self) -> None:
        for refused in (v.timestamptz_text, v.aware):
            with pytest.raises(ValueRefused, match="with one"):
                refused(datetime(2026, 1, 2))

    def test_a_moment_outside_the_years_of_utc(self) -> None:
        east = timezone(timedelta(hours=14))
        with pytest.raises(ValueRefused, match="no year from 1 to 9999"):
            v.aware(datetime(1, 1, 1, tzinfo=east))
        with pytest.raises(ValueRefused):
            v.timestamptz_text(datetime.max.replace(tzinfo=timezone(-timedelta(hours=14))))

    @given(st.timedeltas())
    def test_spans(self, value: timedelta) -> None:
        assert v.interval_value(v.interval_microseconds(value)) == value


class TestJson:
    @given(JSON)
    def test_comes_back(self, value: Json) -> None:
        assert v.json_value(v.json_text(value)) == value

    def test_takes_any_mapping_and_sequence(self) -> None:
        value: JsonInput = {"a": (1, 2), "b": UserDict({"c": [OrderedDict(d=None)]}), "e": range(2)}
        assert v.json_value(v.json_text(value)) == {"a": [1, 2], "b": {"c": [{"d": None}]}, "e": [0, 1]}

    def test_is_short_and_readable(self) -> None:
        assert v.json_text({"ä": [1, 2.5]}) == '{"ä":[1,2.5]}'

    @pytest.mark.parametrize("value", [math.nan, [math.inf], {"a": -math.inf}, b"bytes", [bytearray(b"x")]])
    def test_what_json_has_not(self, value: JsonInput) -> None:
        with pytest.raises(ValueRefused, match="JSON"):
            v.json_text(value)

    def test_a_circle(self) -> None:
        circle: list[Json] = []
        circle.append(circle)
        with pytest.raises(ValueRefused):
            v.json_text(circle)


def test_nan_is_no_number() -> None:
    with pytest.raises(ValueRefused, match="NaN"):
        v.finite_float(math.nan)
    assert v.finite_float(math.inf) == math.inf


@pytest.mark.parametrize("value", [2**64 - 1, -(2**63), {"a": ["9" * 40, 1e300]}, "1" * 25])
def test_json_of_64_bits(value: JsonInput) -> None:
    assert v.json_value(v.narrow_json_text(value)) == value


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, {"a": [1, 2**70]}])
def test_json_of_more_bits_is_refused(value: JsonInput) -> None:
    with pytest.raises(ValueRefused, match="too large for JSON"):
        v.narrow_json_text(value)
