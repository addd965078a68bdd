"""A value of every type comes out of every database as it went in, through the bindings that generated code uses."""

from __future__ import annotations

import asyncio
import math
import string
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from importlib import import_module
from typing import LiteralString, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.dialects import dialect
from sqlwright.dialects.base import Code
from sqlwright.model.types import Kind, Type
from sqlwright.runtime import JsonInput, ValueRefused
from sqlwright.runtime.session_sync import SessionSync
from sqlwright.runtime.values import narrow_json_text

from tests.runtime.faces import OPENS, Place


@dataclass(frozen=True, slots=True)
class Kept:
    """A type, how columns of it are declared, and values of it."""

    type: Type
    postgres: LiteralString
    sqlite: LiteralString
    mysql: LiteralString
    values: st.SearchStrategy[object]

    @property
    def array(self) -> Kept:
        return Kept(
            Type(Kind.ARRAY, element=self.type),
            self.postgres + "[]",
            "text",
            "json",
            st.lists(self.values.filter(in_json)),
        )

    def values_of(self, place: Place) -> st.SearchStrategy[object]:
        """The values of the type that a database keeps."""
        if not place.is_mysql:
            return self.values
        if place.scheme == "mariadb" and self.type.kind is Kind.UUID:
            return self.values.filter(is_of_known_version)
        return self.values.filter(in_json).filter(in_64_bits if self.type.kind is Kind.JSON else in_json)

    def column(self, scheme: str) -> LiteralString:
        if scheme == "mariadb" and self.type.kind is Kind.UUID:
            return "uuid"
        return {"sqlite": self.sqlite, "postgresql": self.postgres}.get(scheme, self.mysql)


def in_json(value: object) -> bool:
    """SQLite keeps an array as JSON, which has no infinities."""
    return not isinstance(value, float) or math.isfinite(value)


def in_64_bits(value: object) -> bool:
    """MySQL keeps the whole numbers in JSON in 64 bits."""
    try:
        return bool(narrow_json_text(cast("JsonInput", value)))
    except ValueRefused:
        return False


def is_of_known_version(value: object) -> bool:
    """MariaDB 10.11 refuses some UUIDs whose version is 8 or more."""
    return isinstance(value, UUID) and value.int >> 76 & 15 < 8


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
    "bool": Kept(Type(Kind.BOOL), "boolean", "integer", "tinyint(1)", st.booleans()),
    "int16": Kept(Type(Kind.INT16), "smallint", "integer", "smallint", integers(16)),
    "int32": Kept(Type(Kind.INT32), "integer", "integer", "int", integers(32)),
    "int64": Kept(Type(Kind.INT64), "bigint", "integer", "bigint", integers(64)),
    "float32": Kept(Type(Kind.FLOAT32), "real", "real", "float", QUARTERS),
    "float64": Kept(Type(Kind.FLOAT64), "double precision", "real", "double", st.floats(allow_nan=False)),
    "decimal": Kept(
        Type(Kind.DECIMAL),
        "numeric",
        "text",
        "decimal(65, 30)",
        st.decimals(-(10**30), 10**30, allow_nan=False, places=12),
    ),
    "decimal(12, 3)": Kept(
        Type(Kind.DECIMAL, precision=12, scale=3),
        "numeric(12, 3)",
        "text",
        "decimal(12, 3)",
        st.decimals("-999999999.999", "999999999.999", places=3),
    ),
    "str": Kept(Type(Kind.STR), "text", "text", "longtext", TEXT),
    "bytes": Kept(Type(Kind.BYTES), "bytea", "blob", "longblob", st.binary()),
    "date": Kept(Type(Kind.DATE), "date", "text", "date", st.dates()),
    "time": Kept(Type(Kind.TIME), "time", "text", "time(6)", st.times()),
    "timestamp": Kept(Type(Kind.TIMESTAMP), "timestamp", "text", "datetime(6)", st.datetimes()),
    "timestamptz": Kept(
        Type(Kind.TIMESTAMPTZ), "timestamptz", "text", "datetime(6)", st.builds(in_zone, MOMENTS, ZONES)
    ),
    "interval": Kept(Type(Kind.INTERVAL), "interval", "integer", "bigint", CENTURIES),
    "uuid": Kept(Type(Kind.UUID), "uuid", "text", "binary(16)", st.uuids()),
    "json": Kept(Type(Kind.JSON), "jsonb", "text", "json", JSON),
}
ARRAYS = {f"array<{name}>": kept.array for name, kept in SCALARS.items() if name not in ("json", "bytes")}
KEPT = SCALARS | ARRAYS
IN_JSON = ("bool", "int16", "int32", "int64", "float32", "float64", "str", "interval")
"""The types whose values JSON has, so that lists of them are kept in it as they are."""
AS_THEY_ARE = [name for name in KEPT if name in SCALARS or name.removeprefix("array<").removesuffix(">") in IN_JSON]
AS_TEXT = [name for name in KEPT if name not in AS_THEY_ARE]


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
    value: LiteralString

    def carried(self, value: object) -> object:
        """The value after its way into the database and back."""
        self.session.execute("delete from kept", ())
        self.session.execute("insert into kept (value) values (" + self.place + ")", (self.sends(value),))
        return self.reads(self.session.fetch_one("select " + self.value + " from kept", (), as_found))


DIALECTS = {"postgresql": "postgres"}
"""The dialects that are not called what their URLs begin with."""


@contextmanager
def through(url: str, kept: Kept) -> Generator[Through, None, None]:
    place = Place(url, awaited=False)
    binding = dialect(DIALECTS.get(place.scheme, place.scheme)).binding(kept.type)
    with OPENS[place.scheme][1](url) as session:
        if place.is_sqlite:
            session.execute("pragma synchronous = off", ())
        session.execute("create table kept (value " + kept.column(place.scheme) + ")", ())
        yield Through(session, executed(binding.encode), executed(binding.decode), place.sql("$1"), read(place, kept))


def read(place: Place, kept: Kept) -> LiteralString:
    """MySQL shows a FLOAT with six digits, unless it is made a DOUBLE."""
    return "cast(value as double)" if place.is_mysql and kept.type.kind is Kind.FLOAT32 else "value"


@pytest.mark.parametrize("name", AS_THEY_ARE)
def test_what_goes_in_comes_out(database_url: str, name: str) -> None:
    comes_out_as_it_went_in(database_url, KEPT[name])


@pytest.mark.parametrize("name", AS_TEXT)
def test_lists_of_what_json_keeps_as_text(database_url: str, name: str) -> None:
    comes_out_as_it_went_in(database_url, KEPT[name])


def comes_out_as_it_went_in(url: str, kept: Kept) -> None:
    with through(url, kept) as way:

        @given(kept.values_of(Place(url, awaited=False)))
        def comes_out(value: object) -> None:
            found = way.carried(value)
            assert found == value
            assert type(found) is type(value)

        comes_out()


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_refused(place: Place, value: float) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            await db.execute("create table kept (value double)", ())
            with pytest.raises(ValueRefused):
                await db.execute("insert into kept values (%s)", (value,))
            with pytest.raises(ValueRefused):
                await db.execute("insert into kept values (%s)", ({"a": 1},))

    asyncio.run(scenario())


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("value", ["24:00:00", "-00:00:01", "838:59:59"])
def test_a_time_that_lies_in_no_day_is_refused(database_url: str, value: str) -> None:
    with through(database_url, SCALARS["time"]) as way:
        way.session.execute("insert into kept values (%s)", (value,))
        with pytest.raises(ValueRefused, match="no time of day"):
            way.reads(way.session.fetch_one("select value from kept", (), as_found))


def test_a_uuid_of_no_known_version_is_refused(mariadb_url: str) -> None:
    with through(mariadb_url, SCALARS["uuid"]) as way, pytest.raises(ValueRefused, match="Incorrect uuid"):
        way.carried(UUID("83a52df2-49a6-b7ec-49f1-b6106a2ca9a3"))


@pytest.mark.only("mysql", "mariadb")
def test_what_the_drivers_write_comes_out_of_both(place: Place) -> None:
    """The escaping of each driver, on values that a careless one would break."""
    hard = ["'; drop table kept; --", "\\' or 1=1 #", '\\"', "%s %% %(a)s", "?", "\0\x1a\r\n\t", "🐘\u2028", "\\", ""]
    sent = [*hard, b"\\'\0\xff\x80%s", bytes(range(256)), b""]

    async def scenario() -> None:
        async with place.connect() as db:
            await db.execute("create table kept (id int primary key, words longtext, raw longblob)", ())
            for number, value in enumerate(sent):
                column: LiteralString = "words" if isinstance(value, str) else "raw"
                await db.execute("insert into kept (id, " + column + ") values (%s, %s)", (number, value))
            found = await db.fetch_all("select coalesce(words, ''), raw from kept order by id", (), lambda *row: row)
            assert [raw if raw is not None else words for words, raw in found] == sent
            marks: LiteralString = "select count(*) from kept where words in (%s) and %s = '100%%'"
            assert await db.fetch_one(marks, (hard, "100%"), int) == len(hard)
            nothing: LiteralString = "select 1 in (%s), 1 not in (%s), null in (%s)"
            assert await db.fetch_one(nothing, ([], [], []), lambda *row: row) == (0, 1, 0)

    asyncio.run(scenario())


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


def sequence_of(kept: Kept, place: Place) -> LiteralString:
    if place.is_sqlite:
        value: LiteralString = "unhex(value)" if kept.type.kind is Kind.BYTES else "value"
        return "select count(*) from kept where value in (select " + value + " from json_each(?1))"
    if place.is_mysql:
        return "select count(*) from kept where " + read(place, kept) + " in (%s)"
    return "select count(*) from kept where value = any($1)"


@pytest.mark.parametrize("name", [name for name in SCALARS if name not in ("json", "bool")])
def test_values_are_found_among_others(database_url: str, name: str) -> None:
    kept = SCALARS[name]
    place = Place(database_url, awaited=False)
    sql = sequence_of(kept, place)
    binding = dialect(DIALECTS.get(place.scheme, place.scheme)).sequence_binding(kept.type)
    sends = executed(binding.encode)
    with through(database_url, kept) as way:

        @given(kept.values_of(place).filter(in_json))
        def is_found(value: object) -> None:
            way.carried(value)
            assert way.session.fetch_one(sql, (sends([value]),), int) == 1
            assert way.session.fetch_one(sql, (sends([]),), int) == 0

        is_found()


def test_letters_of_every_sort_are_kept(database_url: str) -> None:
    with through(database_url, SCALARS["str"]) as way:
        for text in (string.printable, "ẞ ñ 漢字 🐘 e\u0301", "'; drop table kept; --", "$1 ?1 :a %s %(a)s", ""):
            assert way.carried(text) == text
