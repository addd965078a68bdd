"""The trigger that keeps `updated_at` columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ....model.catalog import Table
from ..names import SqliteNames

_NAMES: Final = SqliteNames()


def touch_trigger(table: Table, touches: Sequence[tuple[str, str]]) -> str:
    """A trigger for columns and the expressions that they are set to.

    Its own UPDATE does not fire it again: triggers are not recursive unless `recursive_triggers` is on, and then it
    leaves a row alone that has the time already.
    """
    quoted = _NAMES.quoted
    name, target = quoted(f"{table.name}_touch"), quoted(table.name)
    columns = [quoted(column) for column, _ in touches]
    unchanged = [f"new.{column} is old.{column}" for column in columns]
    if len(touches) == 1:
        values = [f"{columns[0]} = {touches[0][1]}"]
    else:
        values = [
            f"{column} = case when {same} then {value} else {column} end"
            for column, same, (_, value) in zip(columns, unchanged, touches, strict=True)
        ]
    stale = " or ".join(f"{column} is not {value}" for column, (_, value) in zip(columns, touches, strict=True))
    stale = f"({stale})" if len(touches) > 1 else stale
    return "\n".join(
        (
            f"create trigger {name} after update on {target} for each row",
            f"when {' or '.join(unchanged)}",
            "begin",
            f"    update {target} set " + ", ".join(values),
            f"    where {_row(table)} and {stale};",
            "end",
        )
    )


def _row(table: Table) -> str:
    """The condition that finds the row that has changed."""
    taken = {column.name.lower() for column in table.columns}
    rowid = next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)
    if table.without_rowid or rowid is None:
        key = table.primary_key.columns if table.primary_key is not None else ()
        return " and ".join(f"{_NAMES.quoted(name)} is new.{_NAMES.quoted(name)}" for name in key)
    return f"{rowid} = new.{rowid}"
