"""Values and the drivers of MariaDB: as on MySQL, but for UUIDs, of which it has a type, and
JSON, which it keeps as the text that went in: it is given the one text that PostgreSQL and MySQL make of a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...model.types import Kind, Type
from ..base import Binding, Code
from ..mysql.binding import binding as mysql_binding
from ..mysql.binding import listed

_UUID: Final = Binding("str", (), Code("str({0})"), Code("UUID({0})", (("uuid", "UUID"),)))
_JSON: Final = replace(
    mysql_binding(Type(Kind.JSON)),
    encode=Code("ordered_json_text({0})", (("sqlwright.runtime.values", "ordered_json_text"),)),
)
_OWN: Final = {Kind.UUID: _UUID, Kind.JSON: _JSON}


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read."""
    return _OWN.get(type.kind) or mysql_binding(type)


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence go to the driver as a list, which it spreads."""
    return listed(binding(type))
