"""What CREATE TABLE says beside columns, types, keys and checks, where a catalog holds it not, or not in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..dialects.base import Names
from ..model.ddl import Constraint, CreateTable, IndexColumn
from ..model.values import entity
from .words import Word, Words, shown


@entity
class Option:
    """Something that is said of a table, or of a part of it: what it is called, and the words."""

    label: str
    words: Words
    column: str = ""


def options(table: CreateTable, words: Callable[[int, int], Words], names: Names) -> Iterator[Option]:
    """What is said. `words` are those between two places of the text."""
    for column in table.columns:
        name = names.spelled(column.name)
        if column.collation:
            yield Option(f"the collation of column `{name}`", _said(column.collation), names.column_key(name))
        for constraint in column.constraints:
            yield from _of_constraint(constraint, f"({name})", words)
    for constraint in table.constraints:
        columns = ", ".join(_column(one, words) for one in constraint.columns)
        yield from _of_constraint(constraint, f"({columns})", words)
    yield Option("what stands behind the columns", _behind(table, words))


def _of_constraint(constraint: Constraint, columns: str, words: Callable[[int, int], Words]) -> Iterator[Option]:
    references = constraint.references
    of = f"{constraint.kind} {columns}" if constraint.expression is None else constraint.kind
    deferrable = references.deferrable if references is not None else constraint.deferrable
    if deferrable:
        yield Option(f"the deferral of {of}", _said(deferrable))
    if references is not None and references.match:
        yield Option(f"MATCH of {of}", _said(references.match))
    if constraint.kind == "exclude":
        start = constraint.name.end if constraint.name is not None else constraint.start
        said = words(start, constraint.end)
        yield Option(f"the constraint `{shown(said)}`", ())


def _column(one: IndexColumn, words: Callable[[int, int], Words]) -> str:
    return " ".join(word.key for word in words(one.expression.start, one.expression.end))


def _said(text: str) -> Words:
    return tuple(Word(part.lower(), part, True) for part in text.split())


def _behind(table: CreateTable, words: Callable[[int, int], Words]) -> Words:
    """The words behind the parenthesis of the columns, but for the comment; of a virtual table, what it is made by."""
    if table.module is not None:
        return words(table.name[-1].end, table.end)
    ends = [one.end for one in (*table.columns, *table.constraints, *table.indexes)]
    found = list(words(max(ends) if ends else table.name[-1].end, table.end))
    closing = next((at for at, word in enumerate(found) if word.key == ")"), -1) if ends else -1
    found = found[closing + 1 :]
    at = next((at for at, word in enumerate(found) if word.key == "comment"), None)
    return tuple(found if at is None else [*found[:at], *found[at + 3 :]])
