"""A start for the variant that a user has to write, where a query has no translation.

sqlglot writes other databases' SQL more freely than we allow ourselves: it may mean something else. So it is
shown as a draft and never used, and only where the analysis finds the same parameters and columns in it.
"""

from __future__ import annotations

from typing import Final

from .diagnostics import Source, has_errors
from .dialects.base import Dialect
from .infer.environment import Environment
from .infer.query import infer
from .model.query import NamedQuery
from .model.typed import TypedQuery
from .read.queries import read_queries

_STAND_IN: Final = "sqlwright_parameter_"
"""What stands for a parameter in the text that sqlglot gets: it would lose its place in most of their spellings."""


def draft(query: TypedQuery, written: Dialect, environment: Environment) -> str | None:
    """The lines of a variant for the database of an environment; None when there is nothing that it could be."""
    target = environment.dialect
    statement = _rewritten(query, written, target)
    if statement is None:
        return None
    named = query.query
    text = f"-- name: {named.name} :{named.command.value}\n-- dialect: {target.name}\n{statement};"
    read = read_queries(Source("<draft>", text), target.grammar)
    if has_errors(read.diagnostics) or len(read.file.queries) != 1:
        return None
    return text if _is_alike(read.file.queries[0], query, environment) else None


def _rewritten(query: TypedQuery, written: Dialect, target: Dialect) -> str | None:
    from sqlglot import transpile
    from sqlglot.errors import SqlglotError

    named = query.query
    text = named.source.text[named.start : named.end]
    for position, placeholder in reversed(list(enumerate(named.placeholders))):
        start, end = placeholder.start - named.start, placeholder.end - named.start
        text = f"{text[:start]}{_STAND_IN}{query.of_placeholder[position]}_{text[end:]}"
    try:
        (found,) = transpile(text, read=written.sqlglot, write=target.sqlglot, pretty=True, comments=False)
    except (SqlglotError, ValueError, RecursionError):
        return None
    for position, parameter in enumerate(query.parameters):
        found = found.replace(f"{_STAND_IN}{position}_", f":{parameter.name}")
    return found


def _is_alike(variant: NamedQuery, query: TypedQuery, environment: Environment) -> bool:
    found = infer(variant, environment)
    if found.query is None or has_errors(found.diagnostics):
        return False
    return {one.name for one in found.query.parameters} == {one.name for one in query.parameters} and [
        (one.name, one.nullable) for one in found.query.columns
    ] == [(one.name, one.nullable) for one in query.columns]
