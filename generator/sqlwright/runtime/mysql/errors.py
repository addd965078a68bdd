"""The errors of PyMySQL and asyncmy to those of the runtime, by MySQL's and MariaDB's numbers."""

from __future__ import annotations

import re
from typing import Final

import asyncmy.errors
import pymysql.err

from ..errors import (
    CheckViolation,
    ConnectionFailure,
    ConstraintViolation,
    DeadlockDetected,
    Error,
    ForeignKeyViolation,
    LockTimeout,
    NotNullViolation,
    SerializationFailure,
    StatementError,
    UniqueViolation,
    ValueRefused,
)

_VALUES: Final = tuple(
    map(
        int,
        "1153 1264 1265 1292 1300 1365 1366 1367 1406 1411 1416 1441 1690 3140 3141 3144 3146 3156 3157 4038".split(),
    )
)
_CONNECTIONS: Final = tuple(
    map(
        int,
        "1040 1043 1044 1045 1047 1049 1053 1080 1129 1130 1152 1158 1159 1160 1161 1184 1203 1226 1251 1524 1698 1820 "
        "1862 1927 3118 3159 3955 4031".split(),
    )
)
_NUMBERS: Final[dict[type[Error], tuple[int, ...]]] = {
    UniqueViolation: (1022, 1062, 1169, 1586),
    ForeignKeyViolation: (1216, 1217, 1451, 1452, 1557, 1761, 1762),
    NotNullViolation: (1048, 1263, 1364),
    # 1644 is what a trigger says, 4025 MariaDB's CHECK.
    CheckViolation: (1369, 1644, 3819, 4025),
    ValueRefused: _VALUES,
    DeadlockDetected: (1213, 1614),
    LockTimeout: (1205, 3572),
    SerializationFailure: (1020, 3101),
    ConnectionFailure: _CONNECTIONS,
    # A statement that was stopped, or that the server is in no state to run: no disk, no memory, read only.
    Error: (1021, 1030, 1034, 1037, 1041, 1114, 1290, 1317, 1792, 1836, 1969, 3024),
}
_CLASSES: Final = {number: found for found, numbers in _NUMBERS.items() for number in numbers}
_CLIENT: Final = range(2000, 3000)
"""The numbers of errors that arise at our end: all are of the connection."""
_KEY: Final = re.compile(r"for key '(?:(?P<table>[^']+)\.)?(?P<constraint>[^'.]+)'$")
_REFERENCE: Final = re.compile(
    r"\(`(?:[^`]|``)*`\.`(?P<table>(?:[^`]|``)*)`, CONSTRAINT `(?P<constraint>(?:[^`]|``)*)` "
    r"FOREIGN KEY \(`(?P<column>(?:[^`]|``)*)`"
)
_COLUMN: Final = re.compile(r"(?:Column|Field|column) '(?P<column>[^']+)'")
_CHECK: Final = re.compile(
    r"Check constraint '(?P<mysql>[^']+)' is violated"
    r"|CONSTRAINT `(?P<constraint>[^`]+)` failed for `[^`]*`\.`(?P<table>[^`]+)`"
)
_NAME: Final = r"(?:`(?:[^`]|``)+`|[\w$]+)"
_TARGET: Final = re.compile(
    r"(?:\s|--[^\n]*\n|#[^\n]*\n|/\*.*?\*/)*"
    r"(?:insert|replace|update)\s+(?:(?:low_priority|delayed|high_priority|ignore|into)\s+)*"
    rf"(?:{_NAME}\s*\.\s*)?(?P<table>{_NAME})",
    re.IGNORECASE | re.DOTALL,
)
"""The table that a statement changes, which most messages do not name."""

DRIVER_ERRORS: Final = (pymysql.err.MySQLError, UnicodeError, TypeError, AttributeError, OSError, EOFError)
ASYNC_DRIVER_ERRORS: Final = (asyncmy.errors.MySQLError, *DRIVER_ERRORS[1:])
"""What the drivers raise: values that they cannot write do not get as far as their own errors, nor do sockets."""


def translated(error: Exception, sql: str = "") -> Error:
    """The runtime's error for a driver's; it is raised `from` the driver's own."""
    number, message = _said(error)
    if number is None:
        return ValueRefused(message)
    if number == 0 or number in _CLIENT:
        return ConnectionFailure(message or "the connection is closed")
    found = _CLASSES.get(number, StatementError)
    if issubclass(found, ConstraintViolation):
        constraint, table, column = _place(message)
        return found(message, constraint, table or _target(sql), column)
    return found(message)


def _said(error: Exception) -> tuple[int | None, str]:
    """The number and the text of an error; no number when the driver refuses a value before it sends anything."""
    number = error.args[0] if error.args else None
    if isinstance(number, int) and not isinstance(error, UnicodeError | OSError):
        return number, str(error.args[1]) if len(error.args) > 1 else ""
    if isinstance(error, OSError | EOFError):
        return 0, str(error)
    return None, str(error)


def _place(message: str) -> tuple[str | None, str | None, str | None]:
    """The constraint, the table and the column that a message names."""
    for pattern in (_KEY, _REFERENCE, _CHECK, _COLUMN):
        found = pattern.search(message)
        if found is not None:
            names = found.groupdict()
            return names.get("mysql") or names.get("constraint"), names.get("table"), names.get("column")
    return None, None, None


def _target(sql: str) -> str | None:
    found = _TARGET.match(sql)
    return None if found is None else found["table"].strip("`").replace("``", "`")
