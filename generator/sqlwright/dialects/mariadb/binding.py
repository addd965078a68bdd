"""Values and the drivers of MariaDB: as on MySQL, but for UUIDs, of which it has a type."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type
from ..base import Binding, Code
from ..mysql.binding import binding as mysql_binding
from ..mysql.binding import listed

_UUID: Final = Binding("str", (), Code("str({0})"), Code("UUID({0})", (("uuid", "UUID"),)))


def binding(type: Type) -> Binding:
    """How a value of a type is bound and read."""
    return _UUID if type.kind is Kind.UUID else mysql_binding(type)


def sequence_binding(type: Type) -> Binding:
    """The values of a sequence go to the driver as a list, which it spreads."""
    return listed(binding(type))
