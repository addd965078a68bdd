"""sqlite3's errors to those of the runtime, by SQLite's extended result codes (sqlite.org/rescode.html)."""

from __future__ import annotations

import sqlite3
from typing import Final

from ..errors import (
    CheckViolation,
    ConnectionFailure,
    ConstraintViolation,
    Error,
    ForeignKeyViolation,
    LockTimeout,
    NotNullViolation,
    SerializationFailure,
    StatementError,
    UniqueViolation,
    ValueRefused,
)

_CONSTRAINTS: Final[dict[str, type[ConstraintViolation]]] = {
    "SQLITE_CONSTRAINT_UNIQUE": UniqueViolation,
    "SQLITE_CONSTRAINT_PRIMARYKEY": UniqueViolation,
    "SQLITE_CONSTRAINT_ROWID": UniqueViolation,
    "SQLITE_CONSTRAINT_FOREIGNKEY": ForeignKeyViolation,
    "SQLITE_CONSTRAINT_TRIGGER": CheckViolation,
    "SQLITE_CONSTRAINT_NOTNULL": NotNullViolation,
    "SQLITE_CONSTRAINT_CHECK": CheckViolation,
    "SQLITE_CONSTRAINT_DATATYPE": CheckViolation,
}
# What ON DELETE RESTRICT and ON UPDATE RESTRICT forbid has the code of a trigger, and this message.
_FOREIGN_KEY: Final = "FOREIGN KEY constraint failed"
_CODES: Final[dict[str, type[Error]]] = {
    "SQLITE_BUSY": LockTimeout,
    "SQLITE_BUSY_TIMEOUT": LockTimeout,
    "SQLITE_LOCKED": LockTimeout,
    "SQLITE_BUSY_SNAPSHOT": SerializationFailure,
    "SQLITE_CANTOPEN": ConnectionFailure,
    "SQLITE_NOTADB": ConnectionFailure,
    "SQLITE_IOERR": ConnectionFailure,
    "SQLITE_CORRUPT": ConnectionFailure,
    "SQLITE_READONLY": ConnectionFailure,
    "SQLITE_FULL": ConnectionFailure,
    "SQLITE_ERROR": StatementError,
    "SQLITE_TOOBIG": ValueRefused,
    "SQLITE_MISMATCH": ValueRefused,
}
_FUNCTION: Final = "user-defined function raised exception"
"""All that sqlite3 tells when one of our functions refuses a value."""
_REFUSED: Final = (
    "a value of the statement has no result there: a division by zero, a text that is no such value, or a moment that "
    "is in no year from 1 to 9999"
)
_TYPE_CHECK: Final = "CHECK constraint failed: type of "
"""Of a constraint that the schema's script has for what other databases ask by a column's type."""
_CLOSED: Final = ("closed", "no active connection")

DRIVER_ERRORS: Final = (sqlite3.Error, OverflowError, ValueError)
"""What sqlite3 and aiosqlite raise; those that are not its own are of numbers too large, and of text no Unicode."""


def translated(error: sqlite3.Error | OverflowError | ValueError) -> Error:
    """The runtime's error for a driver's; it is raised `from` the driver's own."""
    message = str(error)
    name: str | None = getattr(error, "sqlite_errorname", None)
    if name is None:
        if any(sign in message for sign in _CLOSED):
            return ConnectionFailure(message)
        refused = not isinstance(error, sqlite3.Error) or "binding parameter" in message
        return ValueRefused(message) if refused else Error(message)
    if message == _FUNCTION:
        return ValueRefused(_REFUSED)
    if message == _FOREIGN_KEY:
        return ForeignKeyViolation(message)
    if message.startswith(_TYPE_CHECK):
        return ValueRefused(f"the value does not fit the type of column {message.removeprefix(_TYPE_CHECK)}")
    if name in _CONSTRAINTS:
        table, column = _place(message)
        return _CONSTRAINTS[name](message, _constraint(message), table, column)
    if name.startswith("SQLITE_CONSTRAINT"):
        return ConstraintViolation(message)
    base = "_".join(name.split("_")[:2])
    return (_CODES.get(name) or _CODES.get(base) or Error)(message)


def _place(message: str) -> tuple[str | None, str | None]:
    """The table and column of `UNIQUE constraint failed: users.email`."""
    _, _, names = message.partition("failed: ")
    table, _, column = names.split(",")[0].partition(".")
    return (table or None, column or None) if column else (None, None)


def _constraint(message: str) -> str | None:
    """The name of a CHECK constraint, which SQLite gives in its place."""
    kind, _, name = message.partition(" constraint failed: ")
    return name if kind == "CHECK" and name.isidentifier() else None
