"""What generated packages import: sessions over the databases' drivers, one hierarchy of errors, and values.

Nothing here needs more than the standard library; each database's own module needs its driver.
"""

from .errors import (
    CheckViolation,
    ConnectionFailure,
    ConstraintViolation,
    DeadlockDetected,
    Error,
    ExclusionViolation,
    ForeignKeyViolation,
    LockTimeout,
    ManyRowsError,
    MigrationError,
    NoRowError,
    NotNullViolation,
    RowCountError,
    SerializationFailure,
    StatementError,
    TransactionConflict,
    TransactionMisuse,
    UniqueViolation,
    ValueRefused,
)
from .values import Json, JsonInput

__all__ = [
    "CheckViolation",
    "ConnectionFailure",
    "ConstraintViolation",
    "DeadlockDetected",
    "Error",
    "ExclusionViolation",
    "ForeignKeyViolation",
    "Json",
    "JsonInput",
    "LockTimeout",
    "ManyRowsError",
    "MigrationError",
    "NoRowError",
    "NotNullViolation",
    "RowCountError",
    "SerializationFailure",
    "StatementError",
    "TransactionConflict",
    "TransactionMisuse",
    "UniqueViolation",
    "ValueRefused",
]
