"""The schema of a database, as the server tells it."""

from __future__ import annotations

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
    "select routine_name from information_schema.routines "
    "where routine_schema = database() and routine_type = 'FUNCTION' order by routine_name"
)
_TRIGGERS: Final = (
    "select trigger_name from information_schema.triggers where trigger_schema = database() "
    "order by event_object_table, action_timing, event_manipulation, action_order"
)
_BASE: Final = ("BASE TABLE", "SYSTEM VERSIONED")
_BODY: Final = 2
"""Where SHOW CREATE has the text of what has a body: the mode it was made in stands before."""


def schema(run: Callable[[str], Sequence[Row]], database: str) -> str:
    """Statements that make the schema again: each thing behind what it needs."""
    rows = [(str(name), str(kind), str(collation)) for name, kind, collation in run(_TABLES) if name not in LEDGERS]
    default = str(run("select @@collation_database")[0][0])
    tables = [
        table_definition(name, _shown(run, "table", name, 1, database), collation, default)
        for name, kind, collation in rows
        if kind in _BASE
    ]
    functions = {str(name): str(name) for (name,) in run(_ROUTINES)}
    views = {name: name for name, kind, _ in rows if kind == "VIEW"}
    modules = [module_definition(name, _shown(run, "function", name, _BODY, database), functions) for name in functions]
    shown = [module_definition(name, _shown(run, "view", name, 1, database), views) for name in views]
    triggers = [
        module_definition(str(name), _shown(run, "trigger", str(name), _BODY, database), {})
        for (name,) in run(_TRIGGERS)
    ]
    statements = [*_in_order(tables), *(one.text for one in (*in_order(modules), *in_order(shown), *triggers))]
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
