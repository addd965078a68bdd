"""Values and the drivers of MySQL and MariaDB."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type
from ..base import Binding, Code
from ..elements import array_as_json, as_list

_VALUES: Final = "sqlwright.runtime.values"


def _value(name: str) -> Code:
    return Code(f"{name}({{0}})", ((_VALUES, name),))


_BINDINGS: Final = {
    Kind.BOOL: Binding("int", (), None, Code("bool({0})")),
    Kind.INT16: Binding("int"),
    Kind.INT32: Binding("int"),
    Kind.INT64: Binding("int"),
    Kind.UINT64: Binding("int"),
    Kind.FLOAT32: Binding("float", (), _value("finite_float"), _value("single_value")),
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
    Kind.JSON: Binding("str", (), _value("narrow_json_text"), _value("json_value")),
    Kind.ENUM: Binding("str"),
    Kind.OTHER: Binding("object"),
}


_IN_JSON: Final = {
    Kind.DECIMAL: (_value("decimal_text"), _value("decimal_value")),
    Kind.DATE: (_value("date_text"), _value("date_value")),
    Kind.TIME: (_value("time_text"), _value("time_value")),
    Kind.TIMESTAMP: (_value("timestamp_text"), _value("timestamp_value")),
    Kind.TIMESTAMPTZ: (_value("moment_text"), _value("timestamptz_value")),
    Kind.UUID: (Code("str({0})"), Code("UUID({0})", (("uuid", "UUID"),))),
}
"""How the elements of an array are written in its JSON and read there, where that is not how columns keep them."""
_KEPT_IN_JSON: Final = {Kind.BOOL: "bool", Kind.INTERVAL: "int", Kind.FLOAT32: "float", Kind.FLOAT64: "float"}


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read; an array is a JSON array of what its elements are kept as."""
    if type.element is not None:
        return Binding("str", (), array_as_json(type.element, _element(type.element)[0]), _array_decode(type.element))
    return _BINDINGS[type.kind]


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence go to the driver as a list, which it spreads."""
    return listed(binding(type))


def listed(element: Binding) -> Binding:
    return Binding("object", (), as_list(element.encode))


def _element(type: Type) -> tuple[Code | None, Code | None]:
    if type.element is not None:
        nested = binding(type)
        return nested.encode, nested.decode
    own = _BINDINGS[type.kind]
    return _IN_JSON.get(type.kind, (own.encode, own.decode))


def _array_decode(type: Type) -> Code:
    """Elements are read from the JSON list, where a truth value is one already."""
    decode = _element(type)[1]
    kind = "list" if type.element is not None else _KEPT_IN_JSON.get(type.kind, _python_kind(type))
    listed_ = f"list_value({{0}}, {kind})"
    if decode is None or type.kind is Kind.BOOL:
        return Code(listed_, ((_VALUES, "list_value"),))
    text = f"[{decode.text.format('item')} for item in {listed_}]"
    return Code(text, ((_VALUES, "list_value"), *decode.imports))


def _python_kind(type: Type) -> str:
    return "str" if type.kind in _IN_JSON else _BINDINGS[type.kind].driver
