"""The errors of generated code: the same for every database, with the driver's own error as the cause."""

from __future__ import annotations

from typing import Final

_TOLD: Final = 120
"""How many letters of a statement an error shows."""


class Error(Exception):
    """Anything that goes wrong between generated code and a database."""

    def place(self, where: str) -> None:
        """Say in the message, in front, where the error arose."""
        self.args = (f"{where}: {self}",)


class ConnectionFailure(Error):
    """The database cannot be reached, or the connection to it is lost."""


class RowCountError(Error):
    """A statement gave another number of rows than its query promises. What it changed is undone."""


class NoRowError(RowCountError):
    """A `:one` query gave no row."""


class ManyRowsError(RowCountError):
    """A `:one` or `:opt` query gave more than one row."""


def row_count_error(count: int, sql: str) -> RowCountError:
    """The error for a number of rows that a statement, which is told by how it begins, should not have given."""
    text = " ".join(sql.split())
    told = text if len(text) <= _TOLD else f"{text[:_TOLD]}…"
    if count == 0:
        return NoRowError(f"one row was expected, and there is none: {told}")
    return ManyRowsError(f"one row was expected, and there are {count}: {told}")


class ConstraintViolation(Error):
    """A row that a constraint forbids. `constraint`, `table` and `column` are those that the database names."""

    def __init__(
        self, message: str, constraint: str | None = None, table: str | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.constraint = constraint
        self.table = table
        self.column = column


class UniqueViolation(ConstraintViolation):
    """A second row with the same key."""


class ForeignKeyViolation(ConstraintViolation):
    """A row that refers to one that does not exist, or is still referred to."""


class NotNullViolation(ConstraintViolation):
    """NULL in a column that is NOT NULL."""


class CheckViolation(ConstraintViolation):
    """A row that a CHECK constraint forbids."""


class ExclusionViolation(ConstraintViolation):
    """A row that conflicts with another under an EXCLUDE constraint."""


class TransactionConflict(Error):
    """A transaction that others stood in the way of. It was undone and can be tried again."""


class SerializationFailure(TransactionConflict):
    """The transaction cannot be put in an order with those beside it."""


class DeadlockDetected(TransactionConflict):
    """Transactions wait for each other."""


class LockTimeout(TransactionConflict):
    """Another connection held a lock for too long."""


class ValueRefused(Error):
    """A value that is none of its column's type, or that the database cannot keep, or Python hold, as it is."""


class StatementError(Error):
    """A statement that the database refuses: its schema is not the one the code was generated for."""


class TransactionMisuse(Error):
    """A connection used while a transaction of its own is open, or a transaction used after its end."""


class MigrationError(Error):
    """Migration scripts that do not fit what the database has had applied. `script` is the file that shows it."""

    def __init__(self, message: str, script: str | None = None) -> None:
        super().__init__(message)
        self.script = script
