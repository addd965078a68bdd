"""The trigger that keeps `updated_at` columns which ON UPDATE cannot."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Table
from .flavour import Flavour
from .writing import short


def touch_trigger(table: Table, touches: Sequence[tuple[str, str]], flavour: Flavour) -> str:
    """A trigger of one statement, which no client has to find the end of."""
    quoted = flavour.names.quoted
    values = [
        f"new.{quoted(column)} = if(new.{quoted(column)} <=> old.{quoted(column)}, {value}, new.{quoted(column)})"
        for column, value in touches
    ]
    name = quoted(short(f"{table.name}_touch"))
    return f"create trigger {name} before update on {quoted(table.name)} for each row\nset " + ", ".join(values)
