"""What CREATE TABLE says beside columns, types, keys and checks, where a catalog holds it not, or not in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..dialects.base import Names
from ..model.ddl import Constraint, CreateTable, IndexColumn
from ..model.values import entity
from .words import Word, Words, shown

_TOLD_ELSEWHERE: Final = frozenset(("charset", "collate", "comment"))


@entity
class Option:
    """Something that is said of a table, or of a part of it: what it is called, and the words."""

    label: str
    words: Words


def options(table: CreateTable, words: Callable[[int, int], Words], names: Names) -> Iterator[Option]:
    """What is said. `words` are those between two places of the text."""
    for column in table.columns:
        name = names.spelled(column.name)
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
    """The words behind the parenthesis of the columns, but for those that are told of columns, or as a comment; of a
    virtual table, what it is made by."""
    if table.module is not None:
        return words(table.name[-1].end, table.end)
    ends = [one.end for one in (*table.columns, *table.constraints, *table.indexes)]
    found = list(words(max(ends) if ends else table.name[-1].end, table.end))
    closing = next((at for at, word in enumerate(found) if word.key == ")"), -1) if ends else -1
    found = found[closing + 1 :]
    kept: list[Word] = []
    while found:
        if found[0].key in _TOLD_ELSEWHERE and len(found) > 2 and found[1].key == "=":
            found = found[3:]
            kept = kept[:-1] if kept and kept[-1].key == "default" else kept
        else:
            kept.append(found.pop(0))
    return tuple(kept)
