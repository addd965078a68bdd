"""MySQL and MariaDB with the rows that PostgreSQL has: what they give for a translation."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import LiteralString, cast
from uuid import uuid4

from sqlwright.dialects.base import Dialect
from sqlwright.model.statement import MADE, Statement, Steps
from sqlwright.model.types import Kind, Type
from sqlwright.runtime.errors import Error
from sqlwright.runtime.mysql.changes import Change, Step
from sqlwright.runtime.mysql.driver_sync import MysqlDriverSync
from sqlwright.runtime.mysql.products import Product
from sqlwright.runtime.mysql.returned_sync import returned_all_sync
from sqlwright.runtime.mysql.splitting import statements
from sqlwright.runtime.session_sync import SessionSync

from .rows import Rows, people, sales
from .sides import HERE, Answer, Sides, Understood, converter, decoded, encode, encoded, is_ordered, value_order


def refused(target: str, of: str = "refused.mysql.sql") -> dict[str, str]:
    """The queries that a target refuses, with what it says of them: the file has both, line by line."""
    lines = (HERE / "queries" / of).read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for note, sql in zip(lines[::2], lines[1::2], strict=True):
        targets, _, reason = note.removeprefix("-- ").partition(": ")
        if target in targets.split(", "):
            found[sql] = reason
    return found


class Target:
    """A server, and what it gives for a translation; `depth` is that of the transaction which it is in."""

    def __init__(self, driver: MysqlDriverSync, dialect: Dialect, depth: int = 1) -> None:
        self.dialect = dialect
        self.driver = driver
        self._session = SessionSync(driver, depth)

    def close(self) -> None:
        self.driver.close()

    def answer(self, found: Understood, arguments: Mapping[str, object]) -> Answer:
        statement = found.statement(self.dialect)
        try:
            if statement.steps is None:
                sql = cast("LiteralString", statement.sql)
                values = encoded(found.query, statement.params, self.dialect, arguments)
                for position, what in statement.bounds:
                    at = statement.params.index(position)
                    values[at] = converter(self.dialect.bounds[what].text)(values[at])
                rows = self._session.fetch_all(sql, values, _row)
            else:
                values, change = self._change(found, statement.steps, arguments)
                rows = returned_all_sync(self._session, change, values, _row)
        except Error as error:
            raise AssertionError(f"{error}: {statement}") from error
        return decoded(found.query, self.dialect, rows)

    def _change(self, found: Understood, steps: Steps, arguments: Mapping[str, object]) -> tuple[list[object], Change]:
        """A change in steps as generated code has it: the values of all parameters, and a UUID that is made."""
        made = len(found.query.parameters)
        values = encoded(found.query, tuple(range(made)), self.dialect, arguments)
        values.append(encode(self.dialect.binding(Type(Kind.UUID)), uuid4()))

        def step(one: Statement | None) -> Step | None:
            if one is None:
                return None
            return Step(cast("LiteralString", one.sql), tuple(made if at == MADE else at for at in one.params))

        change = step(steps.change)
        assert change is not None
        return values, Change(change, step(steps.keys), step(steps.rows), steps.width, steps.or_nothing)


class TargetSides(Target):
    """A database that queries are written for, and another server with the same rows."""

    def __init__(self, sides: Sides, url: str, dialect: Dialect, product: Product, script: str) -> None:
        super().__init__(MysqlDriverSync.open(url, product), dialect)
        self.sides = sides
        for statement in statements(script):
            self.driver.run(statement, None)
        random = Random(4)
        self.fill("people", people(random))
        self.fill("sales", sales(random))

    def fill(self, table: str, rows: Rows) -> None:
        known = self.sides.table(table)
        columns = [name for name in rows[0] if known is None or known.column(name) is not None]
        names = ", ".join(columns)
        marks = ", ".join(f":{name}" for name in columns)
        found = self.sides.understood(f"insert into {table} ({names}) values ({marks})", "exec")
        sql = f"insert into {table} ({names}) values ({', '.join(['%s'] * len(columns))})"
        types = {parameter.name: parameter.type for parameter in found.query.parameters}
        for row in rows:
            values = [encode(self.dialect.binding(types[name]), row[name]) for name in columns]
            self.driver.run(sql, values)

    def is_refused(self, sql: str, of: str = "refused.mysql.sql") -> bool:
        """Whether the translation of a query is refused; for another reason than the expected one, the test fails."""
        reason = refused(self.dialect.name, of).get(sql)
        if reason is None:
            return False
        translated = self.sides.understood(sql).translated(self.dialect)
        assert translated.statement is None
        assert any(reason in one.message for one in translated.diagnostics)
        assert all(one.span is not None for one in translated.diagnostics)
        return True

    def same(self, sql: str, *, ordered: bool | None = None, **arguments: object) -> Answer:
        """Check that both give the same rows, in the same order where the query says which."""
        found = self.sides.understood(sql)
        original, translation = self.sides.original(found, arguments), self.answer(found, arguments)
        if not (is_ordered(sql) if ordered is None else ordered):
            original, translation = sorted(original, key=value_order), sorted(translation, key=value_order)
        assert translation == original
        assert [[type(value) for value in row] for row in translation] == [
            [type(value) for value in row] for row in original
        ]
        return original

    def same_change(self, sql: str, look: str, before: str | None = None, **arguments: object) -> tuple[Answer, Answer]:
        """The same for a statement that changes rows, which is undone: what it returns, and what `look` gives then."""
        self.sides.run("begin")
        self.driver.run("start transaction", None)
        try:
            if before is not None:
                self.same(before)
            returned = self.same(sql, ordered=False, **arguments)
            return returned, self.same(look)
        finally:
            self.sides.run("rollback")
            self.driver.run("rollback", None)


def _row(*values: object) -> tuple[object, ...]:
    return values
