"""What is known of a JSON value that a query builds: the objects and arrays in it, and the types of their values."""

from __future__ import annotations

from .catalog import Key
from .types import Type
from .values import value


@value
class DocumentValue:
    """A value in a document: of a type, or what `shape` says when the type is JSON.

    `origin` is the column of a table whose value it is, unchanged.
    """

    type: Type
    nullable: bool
    shape: Shape | None = None
    origin: tuple[Key, str] | None = None


@value
class ObjectShape:
    """An object that always has the same members. `table` is the one whose whole row it is."""

    members: tuple[tuple[str, DocumentValue], ...]
    table: Key | None = None


@value
class ArrayShape:
    """An array whose items are all alike."""

    item: DocumentValue


Shape = ObjectShape | ArrayShape
