"""Values and the drivers of MySQL and MariaDB."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type
from ..base import Binding, Code

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
    Kind.DECIMAL: Binding("Decimal", (("decimal", "Decimal"),)),
    Kind.STR: Binding("str"),
    Kind.BYTES: Binding("bytes"),
    Kind.DATE: Binding("date", (("datetime", "date"),)),
    Kind.TIME: Binding("timedelta", (("datetime", "timedelta"),), _value("time_text"), _value("time_since_midnight")),
    Kind.TIMESTAMP: Binding("datetime", (("datetime", "datetime"),), _value("naive")),
    Kind.TIMESTAMPTZ: Binding(
        "datetime", (("datetime", "datetime"),), _value("aware_as_naive"), _value("naive_as_aware")
    ),
    Kind.INTERVAL: Binding("int", (), _value("interval_microseconds"), _value("interval_value")),
    Kind.UUID: Binding("bytes", (), Code("{0}.bytes"), Code("UUID(bytes={0})", (("uuid", "UUID"),))),
    Kind.JSON: Binding("str", (), _value("json_text"), _value("json_value")),
    Kind.ENUM: Binding("str"),
    Kind.OTHER: Binding("object"),
}


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read; an array is a JSON array of what its elements are kept as."""
    if type.element is not None:
        element = binding(type.element)
        return Binding("str", (), _array_encode(element), _array_decode(type.element, element))
    return _BINDINGS[type.kind]


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence go to the driver as a list, which it spreads."""
    element = binding(type)
    if element.encode is None:
        return Binding("object", (), Code("list({0})"))
    return Binding(
        "object", (), Code(f"[{element.encode.text.format('item')} for item in {{0}}]", element.encode.imports)
    )


def _array_encode(element: Binding) -> Code:
    if element.encode is None:
        return _value("json_text")
    text = f"json_text([{element.encode.text.format('item')} for item in {{0}}])"
    return Code(text, ((_VALUES, "json_text"), *element.encode.imports))


def _array_decode(type: Type, element: Binding) -> Code:
    """Elements are read from the JSON list, where a truth value is one already."""
    kind = "bool" if type.kind is Kind.BOOL else "list" if type.element is not None else element.driver
    listed = f"list_value({{0}}, {kind})"
    if element.decode is None or type.kind is Kind.BOOL:
        return Code(listed, ((_VALUES, "list_value"),))
    text = f"[{element.decode.text.format('item')} for item in {listed}]"
    return Code(text, ((_VALUES, "list_value"), *element.decode.imports))
