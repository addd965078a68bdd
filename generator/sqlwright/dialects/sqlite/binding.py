"""Values and SQLite, which has five types: the others are kept as text or numbers of one canonical form."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...model.catalog import Catalog
from ...model.types import Kind, Type
from ..base import Binding, Code, Dialect
from ..elements import array_as_json, as_json

_VALUES: Final = "sqlwright.runtime.values"


def _value(name: str) -> Code:
    return Code(f"{name}({{0}})", ((_VALUES, name),))


_BINDINGS: Final = {
    Kind.BOOL: Binding("int", (), None, Code("bool({0})")),
    Kind.INT16: Binding("int"),
    Kind.INT32: Binding("int"),
    Kind.INT64: Binding("int"),
    Kind.UINT64: Binding("int"),
    Kind.FLOAT32: Binding("float", (), _value("finite_float")),
    Kind.FLOAT64: Binding("float", (), _value("finite_float")),
    Kind.DECIMAL: Binding("str | float", (), _value("decimal_text"), _value("decimal_value")),
    Kind.STR: Binding("str"),
    Kind.BYTES: Binding("bytes"),
    Kind.DATE: Binding("str", (), _value("date_text"), _value("date_value")),
    Kind.TIME: Binding("str", (), _value("time_text"), _value("time_value")),
    Kind.TIMESTAMP: Binding("str", (), _value("timestamp_text"), _value("timestamp_value")),
    Kind.TIMESTAMPTZ: Binding("str", (), _value("timestamptz_text"), _value("timestamptz_value")),
    Kind.INTERVAL: Binding("int", (), _value("interval_microseconds"), _value("interval_value")),
    Kind.UUID: Binding("str", (), Code("str({0})"), Code("UUID({0})", (("uuid", "UUID"),))),
    Kind.JSON: Binding("str | float", (), _value("json_text"), _value("json_value")),
    Kind.ENUM: Binding("str"),
    Kind.OTHER: Binding("object"),
}


_IN_JSON: Final = {Kind.DECIMAL: "str", Kind.JSON: "str"}
"""What the elements of an array are in its JSON, where that is less than what a column can give."""


_NATURAL: Final = {
    Kind.TIME: Binding("str", (), _value("natural_time_text"), _value("time_value")),
    Kind.TIMESTAMP: Binding("str", (), _value("natural_timestamp_text"), _value("timestamp_value")),
    Kind.TIMESTAMPTZ: Binding("str", (), _value("natural_moment_text"), _value("timestamptz_value")),
}
"""Times as SQLite's own functions write them: without a zone, in UTC, and without a fraction where there is none."""
_FIXED_WIDTH: Final = "%f000"
"""What the default of a column has that writes moments of fixed width."""


def with_values_of(dialect: Dialect, catalog: Catalog) -> Dialect:
    """The dialect with the times that a schema written in it holds.

    CURRENT_TIMESTAMP and datetime() write them without a fraction, and text is compared: so they are sent like that,
    unless the schema's own defaults write the fixed width that a translated schema has.
    """
    defaults = [column.default.text for table in catalog.tables.values() for column in table.columns if column.default]
    if any(_FIXED_WIDTH in text for text in defaults):
        return dialect
    return replace(dialect, binding=natural_binding, sequence_binding=_natural_sequence_binding)


def natural_binding(type: Type) -> Binding:
    """The same as `binding`, with times as SQLite's own functions write them."""
    return _NATURAL.get(type.kind) or binding(type)


def _natural_sequence_binding(type: Type) -> Binding:
    natural = _NATURAL.get(type.kind)
    return Binding("str", (), as_json(natural.encode)) if natural is not None else sequence_binding(type)


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read; an array is a JSON array of what its elements are kept as."""
    if type.element is not None:
        element = binding(type.element)
        return Binding("str", (), array_as_json(type.element, element.encode), _array_decode(type.element, element))
    if type.kind is Kind.DECIMAL and type.scale is not None:
        digits = f"{type.scale}" + (f", {type.precision}" if type.precision is not None else "")
        encode = Code(f"decimal_text({{0}}, {digits})", ((_VALUES, "decimal_text"),))
        return Binding(
            "str | float", (), encode, Code(f"decimal_value({{0}}, {type.scale})", ((_VALUES, "decimal_value"),))
        )
    return _BINDINGS[type.kind]


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence are one JSON array, byte strings in it as hexadecimal text."""
    if type.kind is Kind.BYTES:
        return Binding("str", (), _value("bytes_array_text"))
    return Binding("str", (), as_json(binding(type).encode))


def _array_decode(type: Type, element: Binding) -> Code:
    """Elements are read from the JSON list, where a truth value is one already."""
    kind = (
        "bool"
        if type.kind is Kind.BOOL
        else "list" if type.element is not None else _IN_JSON.get(type.kind, element.driver)
    )
    listed = f"list_value({{0}}, {kind})"
    if element.decode is None or type.kind is Kind.BOOL:
        return Code(listed, ((_VALUES, "list_value"),))
    text = f"[{element.decode.text.format('item')} for item in {listed}]"
    return Code(text, ((_VALUES, "list_value"), *element.decode.imports))
