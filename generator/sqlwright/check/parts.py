"""Where the statements of a schema have the keys, indexes and checks of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..diagnostics import Span
from ..model.ddl import (
    AddColumn,
    AddConstraint,
    AddIndex,
    AlterTable,
    ColumnDefinition,
    Constraint,
    CreateIndex,
    CreateTable,
    IndexColumn,
    IndexDefinition,
    ObjectName,
)
from ..model.schema import SchemaStatement
from ..model.syntax import Node
from ..model.values import value
from .schemas import Difference

_SAID: Final = re.compile(r"(?P<kind>(?:primary|unique|foreign) key|index|check)\s(?P<words>.*)", re.DOTALL)
_KINDS: Final = {"primary key": "primary key", "unique": "unique key", "foreign key": "foreign key", "check": "check"}
"""What differences call the kinds of constraints."""
_WORD: Final = re.compile(r"[^\W\d]\w*")


@value
class _Part:
    """A part of a table: its name, the columns that it is made of, or the words of its condition."""

    kind: str
    name: str
    words: tuple[str, ...]
    node: Node


def place_of_part(difference: Difference, statements: Iterable[SchemaStatement]) -> Span | None:
    """Where a schema has the key, index or check that is different; of several checks, the one most alike."""
    said = _SAID.match(difference.part)
    if said is None:
        return None
    table = _folded(difference.name.rpartition(".")[2])
    words = tuple(map(_folded, _WORD.findall(said["words"])))
    found = [
        (_likeness(part, words), statement.source.span(part.node.start, part.node.end))
        for statement in statements
        for part in _parts(statement, table)
        if part.kind == said["kind"]
    ]
    likeness, span = max(found, key=lambda one: one[0], default=(0.0, None))
    return span if likeness > 0 else None


def _likeness(part: _Part, words: tuple[str, ...]) -> float:
    """From 0, which is another, to 1. Only conditions are told in other words than they are written in."""
    if part.kind != "check":
        return float(words in (part.words, (part.name,)) or words[:1] == (part.name,))
    ours, theirs = set(part.words), set(words)
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _parts(statement: SchemaStatement, table: str) -> Iterator[_Part]:
    """What a statement makes of a table."""
    text = statement.source.text
    match statement.definition:
        case CreateTable(name=name, columns=columns, constraints=constraints, indexes=indexes) if _is(name, table):
            for column in columns:
                yield from _of_column(column, text)
            yield from (_constraint(one, text) for one in constraints)
            yield from (_index(one, text) for one in indexes)
        case CreateIndex(index=index) if _is(index.table, table):
            yield _index(index, text)
        case AlterTable(name=name, actions=actions) if _is(name, table):
            for action in actions:
                match action:
                    case AddColumn(column=column):
                        yield from _of_column(column, text)
                    case AddConstraint(constraint=constraint):
                        yield _constraint(constraint, text)
                    case AddIndex(index=index):
                        yield _index(index, text)
                    case _:
                        pass
        case _:
            pass


def _is(name: ObjectName, table: str) -> bool:
    return _folded(name[-1].text) == table


def _of_column(column: ColumnDefinition, text: str) -> Iterator[_Part]:
    return (_constraint(one, text, (_folded(column.name.text),)) for one in column.constraints)


def _constraint(constraint: Constraint, text: str, column: tuple[str, ...] = ()) -> _Part:
    kind = _KINDS.get(constraint.kind, constraint.kind)
    expression = constraint.expression
    if expression is not None:
        words = _words(text[expression.start : expression.end])
    else:
        words = _columns(constraint.columns, text) or column
    name = _folded(constraint.name.text) if constraint.name is not None else ""
    return _Part(kind, name, words, constraint)


def _index(index: IndexDefinition, text: str) -> _Part:
    bare = index.where is None and not index.include
    name = _folded(index.name.text) if index.name is not None else ""
    return _Part("unique key" if index.unique and bare else "index", name, _columns(index.columns, text), index)


def _columns(columns: Iterable[IndexColumn], text: str) -> tuple[str, ...]:
    return tuple(word for one in columns for word in _words(text[one.start : one.end]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_folded, _WORD.findall(text)))


def _folded(word: str) -> str:
    return word.strip('`"[]').lower()
