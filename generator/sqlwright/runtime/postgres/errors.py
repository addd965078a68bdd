"""psycopg's errors to those of the runtime, by SQLSTATE (manual, appendix A)."""

from __future__ import annotations

from typing import Final

import psycopg

from ..errors import (
    CheckViolation,
    ConnectionFailure,
    ConstraintViolation,
    DeadlockDetected,
    Error,
    ExclusionViolation,
    ForeignKeyViolation,
    LockTimeout,
    NotNullViolation,
    SerializationFailure,
    StatementError,
    UniqueViolation,
    ValueRefused,
)

_CONSTRAINTS: Final[dict[str, type[ConstraintViolation]]] = {
    "23505": UniqueViolation,
    "23503": ForeignKeyViolation,
    "23502": NotNullViolation,
    "23514": CheckViolation,
    "23P01": ExclusionViolation,
    "23001": ForeignKeyViolation,
}
_STATES: Final[dict[str, type[Error]]] = {
    "40001": SerializationFailure,
    "40P01": DeadlockDetected,
    "55P03": LockTimeout,
    "25P03": ConnectionFailure,
    "3D000": ConnectionFailure,
    "53300": ConnectionFailure,
    "57014": Error,
}
_CLASSES: Final[dict[str, type[Error]]] = {
    "08": ConnectionFailure,
    "0A": StatementError,
    "28": ConnectionFailure,
    "57": ConnectionFailure,
    "22": ValueRefused,
    "42": StatementError,
}


_TYPE_CHECK: Final = "type of "
"""How the names begin of constraints that the schema's script has for what other databases ask by a column's type."""
DRIVER_ERRORS: Final = (psycopg.Error, UnicodeEncodeError)
"""What psycopg raises: text that is no Unicode does not get as far as its own errors."""


def translated(error: psycopg.Error | UnicodeEncodeError) -> Error:
    """The runtime's error for a driver's; it is raised `from` the driver's own."""
    if isinstance(error, UnicodeEncodeError):
        return ValueRefused(str(error))
    state = error.sqlstate
    message = error.diag.message_primary or str(error)
    if state in _CONSTRAINTS:
        diag = error.diag
        if (diag.constraint_name or "").startswith(_TYPE_CHECK):
            return ValueRefused(message)
        return _CONSTRAINTS[state](message, diag.constraint_name, diag.table_name, diag.column_name)
    if state is not None:
        found = _STATES.get(state) or _CLASSES.get(state[:2])
        if found is not None:
            return found(message)
        return ConstraintViolation(message) if state.startswith("23") else Error(message)
    if isinstance(error, psycopg.DataError):
        return ValueRefused(message)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return ConnectionFailure(message)
    return Error(message)
