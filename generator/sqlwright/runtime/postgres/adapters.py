"""What psycopg is told about values: months are not dropped, and JSON is text, written in one way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.types.datetime import IntervalBinaryLoader, IntervalLoader
from psycopg.types.json import Json as PsycopgJson
from psycopg.types.json import Jsonb as PsycopgJsonb
from psycopg.types.string import TextBinaryLoader, TextLoader

from ..driver import Ledger
from ..errors import ConnectionFailure, ValueRefused
from ..values import JsonInput, json_text

BEGIN: Final = "begin"
LEDGER: Final = Ledger(
    create=(
        "create table if not exists sqlwright_migrations (version integer primary key, name text not null, "
        "checksum text not null, applied_at timestamptz not null default now())"
    ),
    read="select version, checksum from sqlwright_migrations order by version",
    record="insert into sqlwright_migrations (version, name, checksum) values ($1, $2, $3)",
)
LOCK_KEY: Final = 0x53514C57
TRY_LOCK: Final = "select pg_try_advisory_lock($1)"
UNLOCK: Final = "select pg_advisory_unlock($1)"
SET_TIME_ZONE: Final = "select set_config('TimeZone', $1, false)"
LOCK_PAUSE: Final = 0.2
"""Seconds between two tries for the lock. Waiting in pg_advisory_lock would hold a snapshot open, which CREATE INDEX
CONCURRENTLY in the process that has the lock waits for in turn."""
_MONTHS: Final = (b"mon", b"year")
_LARGE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|-?[\d.]+e\+\d+')
"""A string, or a number with a positive exponent, in JSON as `json_text` writes it."""
_ELEMENT: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,"]+)')


class _WholeIntervalLoader(IntervalLoader):
    """A timedelta has no months: an interval with some is refused rather than taken for 30 days each."""

    def load(self, data: Buffer) -> timedelta:
        if any(unit in bytes(data) for unit in _MONTHS):
            raise ValueRefused(f"the interval {bytes(data).decode()!r} has months, which no timedelta holds")
        return super().load(data)


class _WholeIntervalBinaryLoader(IntervalBinaryLoader):
    def load(self, data: Buffer) -> timedelta:
        if int.from_bytes(bytes(data)[12:16], "big", signed=True):
            raise ValueRefused("this interval has months, which no timedelta holds")
        return super().load(data)


class _JsonbBinaryLoader(Loader):
    """The text of a jsonb, which comes behind the number of its format."""

    format = psycopg.pq.Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data)[1:].decode()


class _NumberDumper(Dumper):
    """A number as text of no type: the server takes it for what the statement was analysed with.

    psycopg would send a small int as int2 and a larger one as int4, so that what a statement means, and how it is
    planned, would depend on the value.
    """

    def dump(self, obj: int | float | Decimal) -> bytes:
        return str(obj).encode()


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What the owner of an open connection has set, and gets back."""

    autocommit: bool
    time_zone: str


def borrowed(connection: psycopg.BaseConnection[tuple[object, ...]]) -> Borrowed:
    """The settings of a connection that belongs to somebody else."""
    if connection.closed:
        raise ConnectionFailure("the connection is closed")
    return Borrowed(connection.autocommit, connection.info.parameter_status("TimeZone") or "UTC")


def adapt(adapters: AdaptersMap) -> None:
    """Register what generated code expects of a cursor."""
    adapters.register_loader("interval", _WholeIntervalLoader)
    adapters.register_loader("interval", _WholeIntervalBinaryLoader)
    adapters.register_loader("json", TextLoader)
    adapters.register_loader("json", TextBinaryLoader)
    adapters.register_loader("jsonb", TextLoader)
    adapters.register_loader("jsonb", _JsonbBinaryLoader)
    for kind in (int, float, Decimal):
        adapters.register_dumper(kind, _NumberDumper)


def jsonb(value: JsonInput) -> PsycopgJsonb:
    """A value for a jsonb parameter."""
    return PsycopgJsonb(value, dumps=_jsonb_text)


def _jsonb_text(value: JsonInput) -> str:
    """JSON whose floats stay floats: jsonb would keep 1e+16 as a whole number, and give back an int."""
    text = json_text(value)
    if "e+" not in text:
        return text
    return _LARGE.sub(lambda found: found[0] if found[0][0] == '"' else f"{float(found[0]):.1f}", text)


def json(value: JsonInput) -> PsycopgJson:
    """A value for a json parameter."""
    return PsycopgJson(value, dumps=json_text)


def text_array(text: str) -> list[str]:
    """The elements of a one-dimensional array that came as text, because its type is one of the user's."""
    return [
        re.sub(r"\\(.)", r"\1", quoted) if quoted or not plain else plain
        for quoted, plain in _ELEMENT.findall(text[1:-1])
    ]
