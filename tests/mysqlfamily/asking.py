"""A MySQL or MariaDB server that tests ask, and the analysis whose answers they compare."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import mysql.connector
from mysql.connector import FieldType
from mysql.connector.abstracts import MySQLConnectionAbstract
from sqlwright import analyze
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, render_all
from sqlwright.dialects import dialect
from sqlwright.model.schema import SchemaStatement
from sqlwright.model.typed import TypedColumn

from tests.addresses import address

FAMILIES = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "year"), "int"),
    **dict.fromkeys(("bool", "int16", "int32", "int64", "uint64"), "int"),
    **dict.fromkeys(("float", "double", "float32", "float64"), "float"),
    **dict.fromkeys(("datetime", "timestamp", "timestamptz"), "timestamp"),
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "str"), "str"),
    **dict.fromkeys(("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit", "bytes"), "bytes"),
}
"""Types of both servers, and neutral ones, as the sorts of values that they are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A database, to be asked in SQL."""

    dialect: str
    connection: MySQLConnectionAbstract

    def run(self, sql: str) -> list[tuple[object, ...]]:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.with_rows else []
            return [tuple(_text(value) for value in row) for row in rows]

    def refusal(self, sql: str) -> str | None:
        """Why the server does not prepare a statement, if it does not."""
        try:
            self.run(f"prepare asked from '{_escaped(sql)}'")
        except mysql.connector.Error as error:
            return str(error)
        return None

    def names(self, query: str) -> list[str]:
        """What the server calls the columns of a query."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(query)
            cursor.fetchall()
            return list(cursor.column_names)

    def is_bits(self, expression: str) -> bool:
        """Whether the server sends an expression over the table `x` as bits, where a table made of it has a number."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(f"select {expression} from x limit 0")
            cursor.fetchall()
            return [column[1] for column in cursor.description or ()] == [FieldType.BIT]

    def types(self, expressions: Sequence[str]) -> list[str | None]:
        """The types of expressions over the table `x`, as a table that is made of them has them; None for those that
        the server refuses."""
        items = ", ".join(f"{expression} as c{number}" for number, expression in enumerate(expressions))
        self.run("drop table if exists made")
        try:
            self.run(f"create table made as select {items} from x limit 0")
        except mysql.connector.Error:
            return [None] if len(expressions) == 1 else [self.types([expression])[0] for expression in expressions]
        return [str(row[1]) for row in self.run("show columns from made")]


@contextmanager
def asked(url: str) -> Generator[Asked, None, None]:
    """The database of a URL, for as long as a block runs."""
    parts, place = urlsplit(url), address(url)
    connection = mysql.connector.connect(
        host=place.host,
        port=place.port,
        user=place.user,
        password=place.password,
        database=parts.path.lstrip("/"),
        charset="utf8mb4",
        collation="utf8mb4_general_ci",
        autocommit=True,
    )
    assert isinstance(connection, MySQLConnectionAbstract)
    with closing(connection):
        yield Asked(parts.scheme, connection)


def columns_of(query: str, schema: str, written: str) -> list[TypedColumn]:
    """The columns of a query in which nothing is wrong."""
    found = analyze(schema=schema, queries=f"-- name: q :many\n{query};\n", dialect=written)
    assert found.queries, f"{query}\n{render_all(found.diagnostics)}"
    return list(found.queries[0].columns)


def statements_of(schema: str, written: str) -> tuple[SchemaStatement, ...]:
    """The statements of a schema in which nothing is wrong."""
    built = build_schema([Source("schema.sql", schema)], dialect(written))
    assert built.diagnostics == (), render_all(built.diagnostics)
    return built.statements


def family(name: str) -> str:
    """The sort of a type as a server or the analysis writes it."""
    word = name.partition("(")[0].partition(" ")[0]
    return FAMILIES.get(word, word)


def _text(value: object) -> object:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | bytearray) else value


def _escaped(sql: str) -> str:
    return sql.replace("\\", "\\\\").replace("'", "''")
