"""Classes for the objects in JSON that queries build, and how they are read out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..diagnostics import Span
from ..dialects.base import Code
from ..model.catalog import Key
from ..model.documents import ArrayShape, DocumentValue, ObjectShape
from ..model.types import Kind, Type
from . import names
from .named import NamedClass, NamedField

DOCUMENTS: Final = "sqlwright.runtime.documents"


class ObjectNaming:
    """Names what is in documents. A whole row of a table is of the table's class, where its values can be told.

    `check` reports names among the members of one object that come twice.
    """

    def __init__(
        self,
        classes: Mapping[Key, NamedClass],
        attribute: Callable[[str, str], str],
        enum_of: Callable[[Type], str | None],
        override: Callable[[DocumentValue], str | None],
        check: Callable[[Sequence[tuple[str, Span | None]], str], None],
    ) -> None:
        self._classes = classes
        self._attribute = attribute
        self._enum_of = enum_of
        self._override = override
        self._check = check

    def field(
        self, key: str, value: DocumentValue, path: tuple[str, ...], span: Span, made: list[NamedClass]
    ) -> NamedField:
        """The field for a value, to which `path` leads from the query's name. Adds the classes it needs to `made`."""
        name = self._attribute(key.strip("?"), "column")
        match value.shape:
            case ObjectShape() as shape:
                row = self._class_of(shape, path, span, made)
                return NamedField(name, value.type, value.nullable, row=row, key=key)
            case ArrayShape(item=item):
                inner = self.field("item", item, (*path[:-1], _one_of(path[-1])), span, made)
                return NamedField(name, value.type, value.nullable, item=inner, key=key)
            case None:
                override = self._override(value)
                return NamedField(name, value.type, value.nullable, (), override, self._enum_of(value.type), key=key)

    def _class_of(self, shape: ObjectShape, path: tuple[str, ...], span: Span, made: list[NamedClass]) -> NamedClass:
        table = self._classes.get(shape.table) if shape.table is not None else None
        if table is not None and _fits(table, shape):
            return table
        fields = tuple(self.field(key, value, (*path, key), span, made) for key, value in shape.members)
        self._check([(field.name, span) for field in fields], f"`{'.'.join(path)}`")
        query = names.pascal(path[0], "Query")
        name = query + "".join(names.pascal(part, "Object") for part in path[1:])
        name += "Item" if name == f"{query}Row" else ""
        made.append(NamedClass(name, fields, (), holds=f"An object in the JSON of {path[0]}."))
        return made[-1]


def _one_of(key: str) -> str:
    parts = names.words(key)
    return "_".join((*parts[:-1], names.singular(parts[-1]))) if parts else key


def _fits(table: NamedClass, shape: ObjectShape) -> bool:
    """Whether the members of an object are what the fields of a table's class hold."""
    return len(table.fields) == len(shape.members) and all(
        field.key == key and field.type == value.type and field.nullable >= value.nullable and value.shape is None
        for field, (key, value) in zip(table.fields, shape.members, strict=True)
    )


# Reading

_READERS: Final = {
    Kind.BOOL: "truth",
    Kind.INT16: "whole",
    Kind.INT32: "whole",
    Kind.INT64: "whole",
    Kind.UINT64: "whole",
    Kind.FLOAT32: "real",
    Kind.FLOAT64: "real",
    Kind.DECIMAL: "exact",
    Kind.STR: "string",
    Kind.ENUM: "string",
    Kind.BYTES: "octets",
    Kind.DATE: "day",
    Kind.TIME: "clock",
    Kind.TIMESTAMP: "local",
    Kind.TIMESTAMPTZ: "moment",
    Kind.UUID: "identifier",
    Kind.JSON: "plain",
}


def of_document(name: str) -> Code:
    """A call of a function of the runtime that reads documents."""
    return Code(f"{name}({{0}})", ((DOCUMENTS, name),))


def reader(type: Type) -> Code:
    """How a value of a type is read out of a document."""
    name = _READERS[type.kind]
    if type.kind is Kind.DECIMAL and type.scale is not None:
        return Code(f"{name}({{0}}, {type.scale})", ((DOCUMENTS, name),))
    return of_document(name)
