"""The trigger that keeps `updated_at` columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ....model.catalog import Catalog, Key, Table
from ..names import PostgresNames
from .names import qualified

_NAMES: Final = PostgresNames()


def touch_function(table: Table, catalog: Catalog) -> Key:
    """The name of the function that the trigger of a table calls: `users_touch`, or one that no other function has."""
    name, number = f"{table.name}_touch", 2
    while (table.schema, name) in catalog.functions:
        name, number = f"{table.name}_touch_{number}", number + 1
    return (table.schema, name)


def touch_trigger(table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
    """The function and the trigger, for columns and the expressions that they are set to."""
    key = touch_function(table, catalog)
    lines: list[str] = []
    for column, value in touches:
        name = _NAMES.quoted(column)
        lines.append(f"    if new.{name} is not distinct from old.{name} then")
        lines.append(f"        new.{name} := {value};")
        lines.append("    end if;")
    function = "\n".join(
        (
            f"create function {qualified(key)}() returns trigger language plpgsql as $$",
            "begin",
            *lines,
            "    return new;",
            "end",
            "$$",
        )
    )
    trigger = (
        f"create trigger {_NAMES.quoted(key[1])} before update on {qualified(table.key)}\n"
        f"for each row execute function {qualified(key)}()"
    )
    return [function, trigger]
