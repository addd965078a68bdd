"""Types: a database's own, and the neutral ones that stand between the databases and Python."""

from __future__ import annotations

from enum import StrEnum

from .values import value


class Kind(StrEnum):
    """The neutral types. OTHER is for what has no better; the database's own name is kept beside it."""

    BOOL = "bool"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    UINT64 = "uint64"
    FLOAT32 = "float32"
    FLOAT64 = "float64"
    DECIMAL = "decimal"
    STR = "str"
    BYTES = "bytes"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    TIMESTAMPTZ = "timestamptz"
    INTERVAL = "interval"
    UUID = "uuid"
    JSON = "json"
    ENUM = "enum"
    ARRAY = "array"
    OTHER = "other"


@value
class Type:
    """A neutral type.

    `precision` and `scale` belong to decimals (None where any number of digits is kept), `length` to strings,
    `enum` is the key of an enum in the catalog, `element` the type of an array's elements.
    """

    kind: Kind
    element: Type | None = None
    precision: int | None = None
    scale: int | None = None
    length: int | None = None
    enum: tuple[str, str] | None = None

    def __str__(self) -> str:
        if self.element is not None:
            return f"array<{self.element}>"
        return self.kind.value


OTHER = Type(Kind.OTHER)


class Family(StrEnum):
    """What sort of thing a database's type is."""

    BASE = "base"
    ENUM = "enum"
    DOMAIN = "domain"
    COMPOSITE = "composite"
    RANGE = "range"
    ROW = "row"
    PSEUDO = "pseudo"
    OPAQUE = "opaque"
    """Not known to us: it goes with everything."""


@value
class SqlType:
    """A type as a database knows it.

    `name` is canonical within the database (`int4`, never `integer`, on PostgreSQL); `args` are its modifiers, or the
    labels of an enum that has no name of its own; `schema` is given for what the user has defined; `row` names the
    relation that a row type belongs to.
    """

    name: str
    args: tuple[str, ...] = ()
    array: bool = False
    family: Family = Family.BASE
    schema: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The schema and name that the catalog knows a user's type by."""
        return (self.schema or "", self.name)
