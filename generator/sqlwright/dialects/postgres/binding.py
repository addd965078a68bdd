"""Values and psycopg: nearly all are taken and given as they are."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type
from ..base import Binding, Code
from ..elements import as_list

_RUNTIME: Final = "sqlwright.runtime.postgres"
_VALUES: Final = "sqlwright.runtime.values"

_BINDINGS: Final = {
    Kind.BOOL: Binding("bool"),
    Kind.INT16: Binding("int"),
    Kind.INT32: Binding("int"),
    Kind.INT64: Binding("int"),
    Kind.UINT64: Binding("Decimal", (("decimal", "Decimal"),), None, Code("int({0})")),
    Kind.FLOAT32: Binding("float"),
    Kind.FLOAT64: Binding("float"),
    Kind.DECIMAL: Binding("Decimal", (("decimal", "Decimal"),)),
    Kind.STR: Binding("str"),
    Kind.BYTES: Binding("bytes"),
    Kind.DATE: Binding("date", (("datetime", "date"),)),
    Kind.TIME: Binding("time", (("datetime", "time"),), Code("naive_time({0})", ((_VALUES, "naive_time"),))),
    Kind.TIMESTAMP: Binding("datetime", (("datetime", "datetime"),), Code("naive({0})", ((_VALUES, "naive"),))),
    Kind.TIMESTAMPTZ: Binding("datetime", (("datetime", "datetime"),), Code("aware({0})", ((_VALUES, "aware"),))),
    Kind.INTERVAL: Binding("timedelta", (("datetime", "timedelta"),)),
    Kind.UUID: Binding("UUID", (("uuid", "UUID"),)),
    Kind.JSON: Binding(
        "str",
        (),
        Code("jsonb({0})", ((_RUNTIME, "jsonb"),)),
        Code("json_value({0})", ((_VALUES, "json_value"),)),
    ),
    Kind.ENUM: Binding("str"),
    Kind.OTHER: Binding("object"),
}


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read."""
    if type.element is None:
        return _BINDINGS[type.kind]
    element = binding(type.element)
    if type.element.kind is Kind.ENUM:
        return Binding("str", (), as_list(element.encode), Code("text_array({0})", ((_RUNTIME, "text_array"),)))
    decode = Code(f"[{element.decode.text.format('item')} for item in {{0}}]") if element.decode else None
    return Binding(f"list[{element.driver}]", element.driver_imports, as_list(element.encode), decode)


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence are one array."""
    return Binding("object", (), as_list(binding(type).encode))
