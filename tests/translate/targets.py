"""MySQL and MariaDB with the rows that PostgreSQL has: what they give for a translation."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import LiteralString, cast

from sqlwright.dialects.base import Dialect
from sqlwright.runtime.errors import Error
from sqlwright.runtime.mysql.driver_sync import MysqlDriverSync
from sqlwright.runtime.mysql.products import Product

from .rows import Rows, people, sales
from .sides import HERE, Answer, Sides, Understood, decoded, encode, encoded, is_ordered, understood, value_order


class TargetSides:
    """PostgreSQL, where queries are written, and another server with the same rows."""

    def __init__(self, sides: Sides, url: str, dialect: Dialect, product: Product) -> None:
        self.sides = sides
        self.dialect = dialect
        self._driver = MysqlDriverSync.open(url, product)
        script = (HERE / f"schema.{dialect.name}.sql").read_text(encoding="utf-8")
        for statement in script.split(";\n"):
            if statement.strip():
                self._driver.run(statement, None)
        random = Random(4)
        self.fill("people", people(random))
        self.fill("sales", sales(random))

    def close(self) -> None:
        self._driver.close()

    def fill(self, table: str, rows: Rows) -> None:
        columns = list(rows[0])
        names = ", ".join(columns)
        found = understood(
            f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in columns)})", command="exec"
        )
        sql = f"insert into {table} ({names}) values ({', '.join(['%s'] * len(columns))})"
        types = {parameter.name: parameter.type for parameter in found.query.parameters}
        for row in rows:
            values = [encode(self.dialect.binding(types[name]), row[name]) for name in columns]
            self._driver.run(sql, values)

    def same(self, sql: str, *, ordered: bool | None = None, **arguments: object) -> Answer:
        """Check that both give the same rows, in the same order where the query says which."""
        found = self.sides.understood(sql)
        original, translation = self.sides.on_postgres(found, arguments), self.answer(found, arguments)
        if not (is_ordered(sql) if ordered is None else ordered):
            original, translation = sorted(original, key=value_order), sorted(translation, key=value_order)
        assert translation == original
        assert [[type(value) for value in row] for row in translation] == [
            [type(value) for value in row] for row in original
        ]
        return original

    def answer(self, found: Understood, arguments: Mapping[str, object]) -> Answer:
        statement = found.statement(self.dialect)
        values = encoded(found.query, statement, self.dialect, arguments)
        try:
            rows = self._driver.rows(cast("LiteralString", statement.sql), values)
        except Error as error:
            raise AssertionError(f"{error}: {statement.sql}") from error
        return decoded(found.query, self.dialect, rows)
