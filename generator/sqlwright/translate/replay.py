"""The schema of the database that it was written for: the user's own statements."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostic, error
from ..dialects.base import Dialect
from ..model.catalog import Catalog, RelationKind, Table
from ..model.schema import SchemaStatement
from ..model.syntax import Call
from .carried import untouchable
from .constants import is_constant


def replayed(statements: Sequence[SchemaStatement], dialect: Dialect) -> list[str]:
    """The statements that define something, in order, each under the comment that stands directly above it."""
    texts: list[str] = []
    for statement in statements:
        text = dialect.ddl.replayed(statement)
        if text is not None:
            texts.append(_comment_above(statement) + text)
    return texts


def own_triggers(catalog: Catalog, dialect: Dialect) -> tuple[list[str], list[Diagnostic]]:
    """The triggers that set `updated_at` columns, for the tables as they are in the end."""
    texts: list[str] = []
    findings: list[Diagnostic] = []
    for table in catalog.tables.values():
        if table.kind is RelationKind.TABLE and table.partition_of is None:
            texts += dialect.ddl.touch(table, _touches(table, catalog, dialect, findings), catalog)
    return texts, findings


def _touches(table: Table, catalog: Catalog, dialect: Dialect, findings: list[Diagnostic]) -> list[tuple[str, str]]:
    types = dialect.types(catalog)
    found: list[tuple[str, str]] = []
    for column in table.columns:
        if not column.touched:
            continue
        type = types.neutral(column.type)
        default = column.default
        if default is not None and not is_constant(default.expression):
            found.append((column.name, default.text if isinstance(default.expression, Call) else f"({default.text})"))
        elif now := dialect.ddl.made("moment.now", type) or dialect.ddl.made("moment.now.text", type):
            found.append((column.name, now))
        else:
            message, span, help = untouchable(column, table)
            findings.append(error("untouchable", message, span, help))
    return found


def _comment_above(statement: SchemaStatement) -> str:
    """The comment lines that stand directly above a statement, as they were written."""
    source = statement.source
    line = source.position(statement.start)[0]
    start = statement.start
    for comment in reversed([comment for comment in statement.comments if comment.end <= statement.start]):
        if not comment.whole_line or source.position(comment.end)[0] != line - 1:
            break
        line, start = source.position(comment.start)[0], comment.start
    return source.text[start : statement.start]
