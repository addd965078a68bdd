"""What a server says of statements, as it is asked about each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pymysql.err import MySQLError

from ...runtime.mysql.products import Product
from ...runtime.mysql.splitting import identifiers
from ..base import Description, Refusal, ServerColumn
from .connections import is_lost, number_and_words
from .marks import Marked, marked
from .refusals import refusal
from .returning import selected
from .wire import Field, Prepared, Wire
from .words import NOT_NULL, word

_NOT_PREPARED: Final = 1295
"""The number of the error for statements that are run, and not prepared."""
_LATE: Final = frozenset((1052, 1054, 1109, 1110, 1136, 1348, 1471))
"""Numbers of the errors that MariaDB finds in INSERT … SELECT only when it runs or explains it."""
_INSERTING: Final = frozenset(("insert", "replace"))


class Describing:
    """A connection that prepares statements. Its methods raise what PyMySQL does when it is lost."""

    def __init__(self, product: Product, wire: Wire, database: str) -> None:
        self._of_mariadb = product.is_mariadb
        self._wire = wire
        self._database = database

    def described(self, statements: Sequence[str]) -> list[Description | Refusal]:
        written = [marked(statement) for statement in statements]
        found = self._wire.prepared([one.sql for one in written])
        columns = self._columns(written, found)
        return [self._told(*one) for one in zip(written, found, columns, strict=True)]

    def _columns(
        self, written: Sequence[Marked], found: Sequence[Prepared | MySQLError]
    ) -> list[tuple[ServerColumn, ...]]:
        """The columns of each statement. MariaDB is asked once more, for what it has not told."""
        prepared = [one.columns if isinstance(one, Prepared) else () for one in found]
        if not self._of_mariadb:
            return [tuple(map(_column, fields)) for fields in prepared]
        texts = [selected(one.sql) or one.sql for one in written]
        told = [tuple(map(_column, fields)) for fields in self._fields(texts)]
        variants = [
            [selected(text) or text for text in one.numbered()] if columns else []
            for one, columns in zip(written, told, strict=True)
        ]
        fields = iter(self._fields([text for texts in variants for text in texts]))
        return [_sure(columns, [next(fields) for _ in texts]) for columns, texts in zip(told, variants, strict=True)]

    def _fields(self, statements: Sequence[str]) -> list[tuple[Field, ...]]:
        found = self._wire.prepared(statements)
        return [one.columns if isinstance(one, Prepared) else () for one in found]

    def _told(
        self, statement: Marked, answer: Prepared | MySQLError, columns: tuple[ServerColumn, ...]
    ) -> Description | Refusal:
        if isinstance(answer, MySQLError):
            number, message = number_and_words(answer)
            if number == _NOT_PREPARED:
                return Description((None,) * len(statement.marks), ())
            return self._refused(statement, number, message)
        late = self._late_refusal(statement) if self._of_mariadb else None
        if late is not None:
            return late
        return Description(tuple(None if self._of_mariadb else word(field) for field in answer.parameters), columns)

    def _late_refusal(self, statement: Marked) -> Refusal | None:
        """Why MariaDB would refuse to run a statement that it has prepared."""
        words = identifiers(statement.sql)
        if not words or words[0].lower() not in _INSERTING:
            return None
        try:
            self._wire.run_with_nulls(f"explain {statement.sql}")
        except MySQLError as error:
            number, message = number_and_words(error)
            if is_lost(error):
                raise
            return self._refused(statement, number, message) if number in _LATE else None
        return None

    def _refused(self, statement: Marked, number: int, message: str) -> Refusal:
        found = refusal(number, message, statement.sql, self._database)
        position = None if found.position is None else statement.given(found.position)
        return Refusal(found.code, found.message, position, found.hint)


def _sure(columns: tuple[ServerColumn, ...], variants: Sequence[tuple[Field, ...]]) -> tuple[ServerColumn, ...]:
    """The columns of a statement that was prepared again with a number in place of each parameter.

    A column that has another type then has the type of a value, and nothing is said of it.
    """
    others = [tuple(map(_column, fields)) for fields in variants if len(fields) == len(columns)]
    return tuple(
        (
            column
            if all(_sort(other[number]) == _sort(column) for other in others)
            else ServerColumn(column.name, None, column.nullable, column.origin)
        )
        for number, column in enumerate(columns)
    )


def _sort(column: ServerColumn) -> str:
    return (column.type or "").partition("(")[0]


def _column(field: Field) -> ServerColumn:
    origin = (field.table, field.column) if field.table and field.column else None
    return ServerColumn(field.name, word(field), not field.flags & NOT_NULL, origin)
