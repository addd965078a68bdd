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
        if not self._of_mariadb:
            return [tuple(map(_column, one.columns)) if isinstance(one, Prepared) else () for one in found]
        texts = [selected(one.sql) or one.sql for one in written]
        told = [tuple(map(_column, fields or ())) for fields in self._fields(texts)]
        numbered = self._numbered([one for one, columns in zip(written, told, strict=True) if columns])
        return [_sure(columns, numbered.get(one.sql, columns)) for one, columns in zip(written, told, strict=True)]

    def _numbered(self, written: Sequence[Marked]) -> dict[str, tuple[ServerColumn, ...]]:
        """The columns that statements have with numbers in place of their parameters, of all where a number can be."""
        found = self._variants([(one, one.marks) for one in written])
        refused = [one for one in written if one.sql not in found]
        taken = {one.sql: [mark for mark in one.marks if self._variants([(one, (mark,))])] for one in refused}
        return found | self._variants([(one, taken[one.sql]) for one in refused])

    def _variants(self, wanted: Sequence[tuple[Marked, Sequence[int]]]) -> dict[str, tuple[ServerColumn, ...]]:
        texts = [one.numbered(marks) for one, marks in wanted]
        found = self._fields([selected(text) or text for text in texts])
        return {
            one.sql: tuple(map(_column, fields))
            for (one, _), fields in zip(wanted, found, strict=True)
            if fields is not None
        }

    def _fields(self, statements: Sequence[str]) -> list[tuple[Field, ...] | None]:
        """The columns of statements; None for one that is refused."""
        found = self._wire.prepared(statements)
        return [one.columns if isinstance(one, Prepared) else None for one in found]

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


def _sure(columns: tuple[ServerColumn, ...], numbered: tuple[ServerColumn, ...]) -> tuple[ServerColumn, ...]:
    """The columns of a statement, which was prepared again with numbers in place of its parameters.

    A column that has another type then has the type of a value, and nothing is said of it.
    """
    return tuple(
        column if _sort(column) == _sort(other) else ServerColumn(column.name, None, column.nullable, column.origin)
        for column, other in zip(columns, numbered, strict=True)
    )


def _sort(column: ServerColumn) -> str:
    return (column.type or "").partition("(")[0]


def _column(field: Field) -> ServerColumn:
    origin = (field.table, field.column) if field.table and field.column else None
    return ServerColumn(field.name, word(field), not field.flags & NOT_NULL, origin)
