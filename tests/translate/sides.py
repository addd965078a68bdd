"""A query on one database, and its translation on the other: the values that generated code would get from either."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import cast
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from sqlwright.analysis import analyze_queries, build_schema
from sqlwright.diagnostics import Diagnostic, Source, render_all
from sqlwright.dialects import dialect
from sqlwright.dialects.base import Binding, Dialect
from sqlwright.infer.environment import Environment
from sqlwright.infer.facts import QueryFacts
from sqlwright.model.catalog import Column, Table
from sqlwright.model.statement import Statement
from sqlwright.model.typed import TypedQuery
from sqlwright.model.types import Kind, Type
from sqlwright.runtime import postgres as postgres_runtime
from sqlwright.runtime import values as runtime_values
from sqlwright.runtime.documents import document
from sqlwright.runtime.mysql import parameters as mysql_parameters
from sqlwright.runtime.postgres.adapters import adapt
from sqlwright.runtime.sqlite.connections import open_connection
from sqlwright.translate.translated import Translated, translated_statement
from sqlwright.translate.written import written_statement

from .rows import Rows, people, sales

HERE = Path(__file__).parent
POSTGRES, SQLITE = dialect("postgres"), dialect("sqlite")
SCHEMAS = {one.name: (HERE / f"schema.{one.name}.sql").read_text(encoding="utf-8") for one in (POSTGRES, SQLITE)}
DEFAULTS = {
    "hits": "1",
    "amount": "'1.50'",
    "label": "'none'",
    "state": "'ok'",
    "flags": "'[]'",
    "on_": "1",
}
Answer = list[tuple[object, ...]]


def queries(name: str) -> list[str]:
    """The queries of a file of this folder's `queries`, one on a line."""
    return (HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8").splitlines()


def environment(written: Dialect, schema: str | None = None) -> Environment:
    text = schema if schema is not None else SCHEMAS[written.name]
    return Environment(build_schema([Source("<schema>", text)], written).catalog, written)


@dataclass(frozen=True, slots=True)
class Understood:
    """A query of the test schema with what is known of it."""

    query: TypedQuery
    facts: QueryFacts
    environment: Environment

    def translated(self, target: Dialect) -> Translated:
        return translated_statement(self.query, self.facts, self.environment, target, default)

    def statement(self, target: Dialect) -> Statement:
        """What a target gets; a translation that is refused fails the test."""
        if self.environment.dialect is target:
            return written_statement(self.query, target)
        translated = self.translated(target)
        assert translated.statement is not None, render_all(translated.diagnostics)
        return translated.statement


def default(column: Column, table: Table) -> str | None:
    return DEFAULTS.get(column.name)


def understood(sql: str, written: Dialect = POSTGRES, command: str = "many", schema: str | None = None) -> Understood:
    """A query of the schema; one that is wrong fails the test."""
    found = environment(written, schema)
    analyzed = analyze_queries([Source("<queries>", f"-- name: q :{command}\n{sql};")], found.catalog, written)
    assert analyzed.queries, render_all(analyzed.diagnostics)
    return Understood(analyzed.queries[0], analyzed.facts[analyzed.queries[0]], found)


def refusals(
    sql: str, written: Dialect = POSTGRES, target: Dialect = SQLITE, schema: str | None = None
) -> Sequence[Diagnostic]:
    translated = understood(sql, written, schema=schema).translated(target)
    assert (translated.statement is None) == bool(translated.diagnostics)
    return translated.diagnostics


class Sides:
    """The two databases with the same rows, each with a schema, and the dialect that queries are written in."""

    def __init__(self, url: str, schemas: Mapping[str, str] = SCHEMAS, written: Dialect = POSTGRES) -> None:
        self.postgres = psycopg.connect(url, autocommit=True, row_factory=tuple_row, options="-c timezone=UTC")
        self.sqlite = open_connection(":memory:")
        self.postgres.execute(schemas["postgres"].encode())
        self.sqlite.executescript(schemas["sqlite"])
        self._written = written
        self._schema = schemas[written.name]
        random = Random(4)
        self.fill("people", people(random))
        self.fill("sales", sales(random))

    def close(self) -> None:
        self.postgres.close()
        self.sqlite.close()

    def fill(self, table: str, rows: Rows) -> None:
        known = self.table(table)
        columns = [name for name in rows[0] if known is None or known.column(name) is not None]
        sql = f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{name}' for name in columns)})"
        found = self.understood(sql, "exec")
        for row in rows:
            self.on_postgres(found, row)
            self.on_sqlite(found, row)

    def table(self, name: str) -> Table | None:
        tables = environment(self._written, self._schema).catalog.tables.values()
        return next((table for table in tables if table.name == name), None)

    def understood(self, sql: str, command: str = "many") -> Understood:
        return understood(sql, self._written, command, self._schema)

    # Asking

    def original(self, found: Understood, arguments: Mapping[str, object]) -> Answer:
        """What a query gives on the database that it was written for."""
        return (self.on_postgres if self._written is POSTGRES else self.on_sqlite)(found, arguments)

    def run(self, sql: str) -> None:
        """Run a statement on both, which has the same text there."""
        self.postgres.execute(sql.encode())
        self.sqlite.execute(sql)

    def both(self, sql: str, **arguments: object) -> tuple[Answer, Answer]:
        """What a query gives on the database that it was written for, and what its translation gives on the other."""
        found = self.understood(sql)
        answers = self.on_postgres(found, arguments), self.on_sqlite(found, arguments)
        return answers if self._written is POSTGRES else answers[::-1]

    def same(self, sql: str, *, ordered: bool | None = None, **arguments: object) -> Answer:
        """Check that both give the same rows, in the same order where the query says which."""
        original, translation = self.both(sql, **arguments)
        if not (is_ordered(sql) if ordered is None else ordered):
            original, translation = sorted(original, key=value_order), sorted(translation, key=value_order)
        assert translation == original
        assert [[type(value) for value in row] for row in translation] == [
            [type(value) for value in row] for row in original
        ]
        return original

    def same_change(self, sql: str, look: str, before: str | None = None, **arguments: object) -> tuple[Answer, Answer]:
        """The same for a statement that changes rows, which is undone: what it returns, and what `look` gives then."""
        self.postgres.execute("begin")
        self.sqlite.execute("begin")
        try:
            if before is not None:
                self.same(before)
            returned = self.same(sql, ordered=False, **arguments)
            return returned, self.same(look)
        finally:
            self.postgres.execute("rollback")
            self.sqlite.execute("rollback")

    def on_postgres(self, found: Understood, arguments: Mapping[str, object]) -> Answer:
        statement = found.statement(POSTGRES)
        cursor = psycopg.RawCursor(self.postgres, row_factory=tuple_row)
        adapt(cursor.adapters)
        try:
            cursor.execute(statement.sql.encode(), encoded(found.query, statement.params, POSTGRES, arguments) or None)
        except psycopg.Error as error:
            raise AssertionError(f"{error}: {statement.sql}") from error
        rows = cursor.fetchall() if cursor.description is not None else []
        return decoded(found.query, POSTGRES, rows)

    def on_sqlite(self, found: Understood, arguments: Mapping[str, object]) -> Answer:
        statement = found.statement(SQLITE)
        try:
            rows = self.sqlite.execute(
                statement.sql, encoded(found.query, statement.params, SQLITE, arguments)
            ).fetchall()
        except sqlite3.Error as error:
            raise AssertionError(f"{error}: {statement.sql}") from error
        return decoded(found.query, SQLITE, rows)


def is_ordered(sql: str) -> bool:
    """Whether ORDER BY stands outside all parentheses."""
    depth, outside = 0, ""
    for character in sql.lower():
        depth += (character == "(") - (character == ")")
        outside += character if depth == 0 else ""
    return "order by" in outside


def value_order(row: tuple[object, ...]) -> str:
    return repr([value.normalize() if isinstance(value, Decimal) else value for value in row])


# Values


def _names() -> dict[str, object]:
    return {
        **vars(runtime_values),
        **vars(mysql_parameters),
        **vars(postgres_runtime),
        "Decimal": Decimal,
        "UUID": UUID,
    }


def converter(text: str | None) -> Callable[[object], object]:
    if text is None:
        return lambda value: value
    return cast("Callable[[object], object]", eval(f"lambda value: {text.format('value')}", _names()))


def encoded(query: TypedQuery, params: Sequence[int], target: Dialect, arguments: Mapping[str, object]) -> list[object]:
    values: list[object] = []
    for position in params:
        parameter = query.parameters[position]
        value = arguments[parameter.name]
        bind = target.sequence_binding if parameter.sequence else target.binding
        values.append(encode(bind(parameter.type), value))
    return values


def encode(binding: Binding, value: object) -> object:
    """A value as a driver takes it."""
    if value is None:
        return None
    return converter(binding.encode.text if binding.encode is not None else None)(value)


def decoded(query: TypedQuery, target: Dialect, rows: Sequence[Sequence[object]]) -> Answer:
    decoders = [_decoder(column.type, target) for column in query.columns]
    return [
        tuple(None if value is None else _plain(decode(value)) for value, decode in zip(row, decoders, strict=True))
        for row in rows
    ]


def _decoder(type: Type, target: Dialect) -> Callable[[object], object]:
    """How a value is read. The numbers of a document are all that it says, and not the nearest floats."""
    if type.kind is Kind.JSON:
        return lambda value: document(str(value))
    decode = target.binding(type).decode
    return converter(decode.text if decode is not None else None)


def _plain(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview) else value
