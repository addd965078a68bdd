"""The schema of a database, as the server tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ...runtime.driver import Row
from .definitions import Definition, TableDefinition, in_order, module_definition, quoted, table_definition

LEDGERS: Final = ("sqlwright_migrations", "sqlwright_migration_steps")
"""The tables of applied migrations."""
_TABLES: Final = (
    "select table_name, table_type, table_collation from information_schema.tables "
    "where table_schema = database() order by table_name"
)
_ROUTINES: Final = (
    "select routine_type, routine_name from information_schema.routines where routine_schema = database() "
    "and routine_type in ('FUNCTION', 'PROCEDURE') order by routine_type, routine_name"
)
_TRIGGERS: Final = (
    "select trigger_name from information_schema.triggers where trigger_schema = database() "
    "order by event_object_table, action_timing, event_manipulation, action_order"
)
_EVENTS: Final = (
    "select event_name, starts = created from information_schema.events where event_schema = database() "
    "order by event_name"
)
_STARTS: Final = re.compile(r" STARTS '[^']*'")
"""The time at which an event was made, where no other was written."""
_BASE: Final = ("BASE TABLE", "SYSTEM VERSIONED")
_BODY: Final = 2
"""Where SHOW CREATE has the text of what has a body: the mode it was made in stands before."""
_EVENT: Final = 3
"""Where it has that of an event, whose time zone stands there, too."""


def schema(run: Callable[[str], Sequence[Row]], database: str) -> str:
    """Statements that make the schema again: each thing behind what it needs."""
    rows = [(str(name), str(kind), str(collation)) for name, kind, collation in run(_TABLES) if name not in LEDGERS]
    default = str(run("select @@collation_database")[0][0])
    tables = [
        table_definition(name, _shown(run, "table", name, 1, database), collation, default)
        for name, kind, collation in rows
        if kind in _BASE
    ]
    views = [name for name, kind, _ in rows if kind == "VIEW"]

    def modules(kind: str, names: Sequence[str], column: int) -> list[Definition]:
        return [module_definition(name, _shown(run, kind, name, column, database)) for name in names]

    routines = [(str(kind).lower(), str(name)) for kind, name in run(_ROUTINES)]
    sequences = [name for name, kind, _ in rows if kind == "SEQUENCE"]
    events = [
        (one.text, bool(at_once)) for name, at_once in run(_EVENTS) for one in modules("event", [str(name)], _EVENT)
    ]
    statements = [
        *(one.text for one in modules("sequence", sequences, 1)),
        *_in_order(tables),
        *(one.text for kind, name in routines for one in modules(kind, [name], _BODY)),
        *(one.text for one in in_order(modules("view", views, 1))),
        *(one.text for one in modules("trigger", [str(name) for (name,) in run(_TRIGGERS)], _BODY)),
        *(_STARTS.sub("", text, count=1) if at_once else text for text, at_once in events),
    ]
    return "".join(f"{statement}\n\n" for statement in statements).rstrip("\n") + "\n"


def _in_order(tables: Sequence[TableDefinition]) -> list[str]:
    """The tables, each behind those that it refers to. A foreign key that cannot be is added at the end."""
    known = {table.name: table for table in tables}
    needs = [
        Definition(table.name, "", frozenset(other for _, other in table.references) - {table.name}) for table in tables
    ]
    made: set[str] = set()
    statements: list[str] = []
    later: list[str] = []
    for table in (known[one.name] for one in in_order(needs)):
        made.add(table.name)
        missing = [other for _, other in table.references if other not in made]
        statements.append(table.text(missing))
        if missing:
            later.append(table.later(missing))
    return [*statements, *later]


def _shown(run: Callable[[str], Sequence[Row]], kind: str, name: str, column: int, database: str) -> str:
    """The text that SHOW CREATE gives, without the name of the database."""
    text = str(run(f"show create {kind} {quoted(name)}")[0][column])
    return text.replace(f"{quoted(database)}.", "")
