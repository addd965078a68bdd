"""`:execlastid`: the key that an INSERT has the database make."""

from __future__ import annotations

from dataclasses import replace

from ..diagnostics import Diagnostic, error
from ..model.catalog import Table
from ..model.query import NamedQuery
from ..model.syntax import ColumnName, Identifier, Insert, Returning, SelectItem
from ..model.typed import TypedQuery
from .environment import Environment
from .query import Inferred, infer


def infer_last_id(typed: TypedQuery, environment: Environment) -> Inferred:
    """The query with the key of its table as its only column; one that returns a column already stays as it is."""
    query = typed.query
    statement = query.query
    if not isinstance(statement, Insert):
        return _refused("`:execlastid` is for INSERT, which this query is not", query, "use :exec or :execrows")
    if statement.returning is not None:
        if len(typed.columns) == 1:
            return Inferred(typed, ())
        return _refused("`:execlastid` gives one value, and this query returns several", query, "use :one")
    table = environment.table(statement.table.parts)
    key = _key(table, environment)
    if key is None:
        name = table.name if table is not None else "the table"
        return _refused(
            f"`:execlastid` gives the key of a new row, and `{name}` has no key of one column",
            query,
            "use :exec, or :one with RETURNING",
        )
    found = infer(_returning(query, statement, key), environment)
    if found.query is None:
        return found
    return Inferred(replace(typed, columns=found.query.columns), ())


def last_id_clause(typed: TypedQuery, quoted: str) -> str:
    """What stands behind the statement so that it gives the key, whose name comes as the target writes it."""
    statement = typed.query.query
    if isinstance(statement, Insert) and statement.returning is None:
        return f" returning {quoted}"
    return ""


def gives_number(typed: TypedQuery, environment: Environment) -> bool:
    """Whether the key of the new row is a number that the database makes, and a new row is sure to come of it."""
    statement = typed.query.query
    table = environment.table(statement.table.parts) if isinstance(statement, Insert) else None
    key = _key(table, environment)
    if not isinstance(statement, Insert) or table is None or key is None or statement.on_conflict:
        return False
    column = table.column(key)
    given = {environment.column_key(environment.spelled(target.parts[-1])) for target in statement.columns}
    return column is not None and column.made is not None and environment.column_key(key) not in given


def _key(table: Table | None, environment: Environment) -> str | None:
    """The primary key's column, else the one that the database numbers, else the rowid."""
    if table is None:
        return None
    if table.primary_key is not None and len(table.primary_key.columns) == 1:
        return table.primary_key.columns[0]
    made = [column.name for column in table.columns if column.made is not None]
    hidden = [column.name for column in environment.hidden(table) if column.name == "rowid"]
    return made[0] if len(made) == 1 else hidden[0] if hidden else None


def _returning(query: NamedQuery, statement: Insert, key: str) -> NamedQuery:
    """The query with RETURNING, which has no width because it is not in the text."""
    at = statement.end
    name = ColumnName(at, at, (Identifier(at, at, key, True),))
    clause = Returning(at, at, (SelectItem(at, at, name, None, at),))
    return replace(query, query=replace(statement, returning=clause))


def _refused(message: str, query: NamedQuery, help: str) -> Inferred:
    finding: Diagnostic = error("bad-command", message, query.command_span, help)
    return Inferred(None, (finding,))
