"""Neutral types as Python annotations, and the expressions that carry values to a driver and back."""

from __future__ import annotations

from typing import Final

from ..dialects.base import Code, Dialect
from ..model.types import Kind, Type
from ..model.values import value
from .named import NamedField, NamedParameter

MODELS: Final = "<models>"
"""Stands for the package's own module of models, which each module names relative to itself."""

Names = tuple[tuple[str, str], ...]


@value
class Annotation:
    """An annotation with the names that it needs, by module."""

    text: str
    names: Names = ()

    def optional(self, nullable: bool) -> Annotation:
        return Annotation(f"{self.text} | None", self.names) if nullable else self

    def listed(self, container: str = "list", module: str | None = None) -> Annotation:
        names = ((module, container),) if module is not None else ()
        return Annotation(f"{container}[{self.text}]", (*names, *self.names))


_JSON: Final = Annotation("Json", (("sqlwright.runtime", "Json"),))
_ANNOTATIONS: Final = {
    Kind.BOOL: Annotation("bool"),
    Kind.INT16: Annotation("int"),
    Kind.INT32: Annotation("int"),
    Kind.INT64: Annotation("int"),
    Kind.UINT64: Annotation("int"),
    Kind.FLOAT32: Annotation("float"),
    Kind.FLOAT64: Annotation("float"),
    Kind.DECIMAL: Annotation("Decimal", (("decimal", "Decimal"),)),
    Kind.STR: Annotation("str"),
    Kind.BYTES: Annotation("bytes"),
    Kind.DATE: Annotation("date", (("datetime", "date"),)),
    Kind.TIME: Annotation("time", (("datetime", "time"),)),
    Kind.TIMESTAMP: Annotation("datetime", (("datetime", "datetime"),)),
    Kind.TIMESTAMPTZ: Annotation("datetime", (("datetime", "datetime"),)),
    Kind.INTERVAL: Annotation("timedelta", (("datetime", "timedelta"),)),
    Kind.UUID: Annotation("UUID", (("uuid", "UUID"),)),
    Kind.JSON: _JSON,
    Kind.ENUM: Annotation("str"),
    Kind.OTHER: Annotation("object"),
}


def annotation(type: Type) -> str:
    """The annotation of a value that is not None, without the classes of a package."""
    return _annotation(type, None, _JSON).text


def _annotation(type: Type, enum: str | None, json: Annotation) -> Annotation:
    if type.element is not None:
        return _annotation(type.element, enum, json).listed()
    if type.kind is Kind.ENUM and enum is not None:
        return Annotation(enum, ((MODELS, enum),))
    return json if type.kind is Kind.JSON else _ANNOTATIONS[type.kind]


def _class_of(path: str) -> Annotation:
    module, _, name = path.rpartition(".")
    return Annotation(name, ((module or MODELS, name),))


def field_annotation(field: NamedField, json: Annotation = _JSON, rows: str = "") -> Annotation:
    """What a field of a row holds, or a query's only column. `rows` is where the file's classes are, if not here."""
    cls = field.nested or field.row
    if cls is not None:
        found = Annotation(cls.name, ((MODELS if cls.table is not None else rows, cls.name),))
    elif field.item is not None:
        found = field_annotation(field.item, json, rows).listed()
    elif field.override is not None:
        found = _class_of(field.override)
    else:
        found = _annotation(field.type, field.enum, json)
    return found.optional(field.nullable)


def parameter_annotation(named: NamedParameter) -> Annotation:
    """What a parameter takes: any sequence where the database has an array or a list."""
    parameter = named.parameter
    json = Annotation("JsonInput", (("sqlwright.runtime", "JsonInput"),))
    element = parameter.type.element
    if named.override is not None:
        found = _class_of(named.override)
    elif element is not None:
        found = _annotation(element, named.enum, json).listed("Sequence", "collections.abc")
    else:
        found = _annotation(parameter.type, named.enum, json)
    if parameter.sequence:
        found = found.listed("Sequence", "collections.abc")
    return found.optional(parameter.nullable)


def driver_annotation(field: NamedField, nullable: bool, dialect: Dialect) -> Annotation:
    """What the driver gives for a field."""
    binding = dialect.binding(field.type)
    return Annotation(binding.driver, binding.driver_imports).optional(nullable)


# Conversions


def encode(named: NamedParameter, dialect: Dialect) -> Code | None:
    """How a parameter's value, when it is not None, becomes one that the driver takes; None where it is one."""
    parameter = named.parameter
    if parameter.sequence:
        own = dialect.sequence_binding(parameter.type).encode
        first = Code("[item.to_db() for item in {0}]") if named.override is not None else None
    else:
        own = dialect.binding(parameter.type).encode
        first = Code("{0}.to_db()") if named.override is not None else None
    return _composed(first, own)


def decode(field: NamedField, dialect: Dialect) -> Code | None:
    """How what the driver gives, when it is not NULL, becomes the field's value; None where it is the value."""
    own = dialect.binding(field.type).decode
    if field.override is not None:
        return _composed(own, user_class(field.override))
    if field.enum is None:
        return own
    names = ((MODELS, field.enum),)
    if field.type.kind is Kind.ENUM:
        return _composed(own, Code(f"{field.enum}({{0}})", names))
    return _composed(own, Code(f"[{field.enum}(item) for item in {{0}}]", names))


def user_class(path: str) -> Code:
    """How a class of the user's is made of a value, by its dotted name."""
    cls = _class_of(path)
    return Code(f"{cls.text}.from_db({{0}})", cls.names)


def then(first: Code, second: Code) -> Code:
    """The second conversion, of what the first makes."""
    return Code(second.text.replace("{0}", first.text), (*first.imports, *second.imports))


def _composed(first: Code | None, second: Code | None) -> Code | None:
    return then(first, second) if first is not None and second is not None else first or second
