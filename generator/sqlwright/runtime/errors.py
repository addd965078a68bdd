"""The errors of generated code: the same for every database, with the driver's own error as the cause."""

from __future__ import annotations


class Error(Exception):
    """Anything that goes wrong between generated code and a database."""


class ConnectionFailure(Error):
    """The database cannot be reached, or the connection to it is lost."""


class RowCountError(Error):
    """A statement gave another number of rows than its query promises. What it changed is undone."""


class NoRowError(RowCountError):
    """A `:one` query gave no row."""


class ManyRowsError(RowCountError):
    """A `:one` or `:opt` query gave more than one row."""


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
    """A row that a CHECK constraint, or the declared values of a type, forbids."""


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
    """A value that the database cannot keep, or that Python cannot hold, as it is."""


class StatementError(Error):
    """A statement that the database refuses: its schema is not the one the code was generated for."""


class TransactionMisuse(Error):
    """A connection used while a transaction of its own is open, or a transaction used after its end."""


class MigrationError(Error):
    """Migration scripts that do not fit what the database has had applied."""
