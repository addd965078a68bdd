"""A value of every type comes out of every database as it went in, through the bindings that generated code uses."""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from importlib import import_module
from typing import LiteralString

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.dialects import dialect
from sqlwright.dialects.base import Code
from sqlwright.model.types import Kind, Type
from sqlwright.runtime import ValueRefused, postgres, sqlite
from sqlwright.runtime.session_sync import SessionSync


@dataclass(frozen=True, slots=True)
class Kept:
    """A type, how columns of it are declared, and values of it."""

    type: Type
    postgres: LiteralString
    sqlite: LiteralString
    values: st.SearchStrategy[object]

    @property
    def array(self) -> Kept:
        return Kept(
            Type(Kind.ARRAY, element=self.type), self.postgres + "[]", "text", st.lists(self.values.filter(in_json))
        )


def in_json(value: object) -> bool:
    """SQLite keeps an array as JSON, which has no infinities."""
    return not isinstance(value, float) or math.isfinite(value)


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)
MOMENTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
CENTURIES = st.timedeltas(timedelta(days=-36500), timedelta(days=36500))
QUARTERS = st.integers(-(10**5), 10**5).map(lambda quarters: quarters / 4)
"""Numbers whose decimal digits a float of 32 bits holds."""


def in_zone(moment: datetime, zone: timezone) -> datetime:
    return moment.replace(tzinfo=zone)


def as_found(value: object) -> object:
    return value


def integers(bits: int) -> st.SearchStrategy[int]:
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


SCALARS = {
    "bool": Kept(Type(Kind.BOOL), "boolean", "integer", st.booleans()),
    "int16": Kept(Type(Kind.INT16), "smallint", "integer", integers(16)),
    "int32": Kept(Type(Kind.INT32), "integer", "integer", integers(32)),
    "int64": Kept(Type(Kind.INT64), "bigint", "integer", integers(64)),
    "float32": Kept(Type(Kind.FLOAT32), "real", "real", QUARTERS),
    "float64": Kept(Type(Kind.FLOAT64), "double precision", "real", st.floats(allow_nan=False)),
    "decimal": Kept(Type(Kind.DECIMAL), "numeric", "text", st.decimals(-(10**30), 10**30, allow_nan=False, places=12)),
    "decimal(12, 3)": Kept(
        Type(Kind.DECIMAL, precision=12, scale=3),
        "numeric(12, 3)",
        "text",
        st.decimals("-999999999.999", "999999999.999", places=3),
    ),
    "str": Kept(Type(Kind.STR), "text", "text", TEXT),
    "bytes": Kept(Type(Kind.BYTES), "bytea", "blob", st.binary()),
    "date": Kept(Type(Kind.DATE), "date", "text", st.dates()),
    "time": Kept(Type(Kind.TIME), "time", "text", st.times()),
    "timestamp": Kept(Type(Kind.TIMESTAMP), "timestamp", "text", st.datetimes()),
    "timestamptz": Kept(Type(Kind.TIMESTAMPTZ), "timestamptz", "text", st.builds(in_zone, MOMENTS, ZONES)),
    "interval": Kept(Type(Kind.INTERVAL), "interval", "integer", CENTURIES),
    "uuid": Kept(Type(Kind.UUID), "uuid", "text", st.uuids()),
    "json": Kept(Type(Kind.JSON), "jsonb", "text", JSON),
}
ARRAYS = {f"array<{name}>": kept.array for name, kept in SCALARS.items() if name not in ("json", "bytes")}
KEPT = SCALARS | ARRAYS


def executed(code: Code | None) -> Callable[[object], object]:
    """What generated code would say, as a function."""
    if code is None:
        return lambda value: value
    names: dict[str, object] = {name: getattr(import_module(module), name) for module, name in code.imports}
    text = code.text.format("value")
    return lambda value: eval(text, names | {"value": value})


@dataclass(frozen=True, slots=True)
class Through:
    """A table of one column, and the way through it."""

    session: SessionSync
    sends: Callable[[object], object]
    reads: Callable[[object], object]
    place: LiteralString

    def carried(self, value: object) -> object:
        """The value after its way into the database and back."""
        self.session.execute("delete from kept", ())
        self.session.execute("insert into kept (value) values (" + self.place + ")", (self.sends(value),))
        return self.reads(self.session.fetch_one("select value from kept", (), as_found))


@contextmanager
def through(url: str, kept: Kept) -> Generator[Through, None, None]:
    is_sqlite = url.startswith("sqlite")
    opened = sqlite.open_session_sync(url) if is_sqlite else postgres.open_session_sync(url)
    binding = dialect("sqlite" if is_sqlite else "postgres").binding(kept.type)
    with opened as session:
        if is_sqlite:
            session.execute("pragma synchronous = off", ())
        session.execute("create table kept (value " + (kept.sqlite if is_sqlite else kept.postgres) + ")", ())
        yield Through(session, executed(binding.encode), executed(binding.decode), "?1" if is_sqlite else "$1")


@pytest.mark.parametrize("name", KEPT)
def test_what_goes_in_comes_out(database_url: str, name: str) -> None:
    kept = KEPT[name]
    with through(database_url, kept) as way:

        @given(kept.values)
        def comes_out(value: object) -> None:
            found = way.carried(value)
            assert found == value
            assert type(found) is type(value)

        comes_out()


def test_moments_come_out_in_utc(database_url: str) -> None:
    with through(database_url, SCALARS["timestamptz"]) as way:
        found = way.carried(datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2))))
        assert isinstance(found, datetime)
        assert found == datetime(2026, 7, 1, 10, tzinfo=UTC)
        assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timestamptz", datetime(2026, 1, 1)),
        ("timestamp", datetime(2026, 1, 1, tzinfo=UTC)),
        ("time", datetime(2026, 1, 1, tzinfo=UTC).timetz()),
        ("decimal(12, 3)", Decimal("1234567890")),
        ("int64", 2**63),
        ("json", {"a": [float("nan")]}),
        ("array<timestamptz>", [datetime(2026, 1, 1)]),
    ],
)
def test_what_is_refused(database_url: str, name: str, value: object) -> None:
    with through(database_url, KEPT[name]) as way, pytest.raises(ValueRefused):
        way.carried(value)


@pytest.mark.parametrize("value", ["1.005", "-2.0005", "0.0004"])
def test_decimals_are_rounded_alike(database_url: str, value: str) -> None:
    with through(database_url, SCALARS["decimal(12, 3)"]) as way:
        expected = {"1.005": "1.005", "-2.0005": "-2.001", "0.0004": "0.000"}[value]
        assert str(way.carried(Decimal(value))) == expected


def sequence_of(kept: Kept, is_sqlite: bool) -> LiteralString:
    if is_sqlite:
        value: LiteralString = "unhex(value)" if kept.type.kind is Kind.BYTES else "value"
        return "select count(*) from kept where value in (select " + value + " from json_each(?1))"
    return "select count(*) from kept where value = any($1)"


@pytest.mark.parametrize("name", [name for name in SCALARS if name not in ("json", "bool")])
def test_values_are_found_among_others(database_url: str, name: str) -> None:
    kept = SCALARS[name]
    is_sqlite = database_url.startswith("sqlite")
    sql = sequence_of(kept, is_sqlite)
    binding = dialect("sqlite" if is_sqlite else "postgres").sequence_binding(kept.type)
    sends = executed(binding.encode)
    with through(database_url, kept) as way:

        @given(kept.values.filter(in_json))
        def is_found(value: object) -> None:
            way.carried(value)
            assert way.session.fetch_one(sql, (sends([value]),), int) == 1
            assert way.session.fetch_one(sql, (sends([]),), int) == 0

        is_found()


def test_letters_of_every_sort_are_kept(database_url: str) -> None:
    with through(database_url, SCALARS["str"]) as way:
        for text in (string.printable, "ẞ ñ 漢字 🐘 e\u0301", "'; drop table kept; --", "$1 ?1 :a %s %(a)s", ""):
            assert way.carried(text) == text
