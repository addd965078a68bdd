"""The names of constraints and indexes that are given none, by which later statements know them.

They are PostgreSQL's (ChooseIndexName, ChooseConstraintName and FigureIndexColname in its sources), and where
constraints are numbered MySQL's ("CREATE TABLE" and "FOREIGN KEY Constraints" of its manual) and MariaDB's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from ..dialects.base import Names
from ..model.catalog import Check, ForeignKey, KeyPart, Table, UniqueKey
from ..model.syntax import ColumnName, SelectItem, walk


def index_name(table: str, parts: Sequence[KeyPart], names: Names, taken: Iterable[str]) -> str:
    """The name of an index, other than those that are taken."""
    words: list[str] = []
    for part in parts:
        words.append(unused(part.column or _expression_word(part, names), words))
    return unused("_".join([table, *words, "idx"]), taken)


def with_made_names(table: Table, names: Names) -> Table:
    """The table with a name for each of its constraints, in the order of their definition."""
    taken = _given(table)

    def made(columns: Iterable[str], suffix: str) -> str:
        name = unused("_".join([table.name, *columns, suffix]), taken)
        taken.add(name)
        return name

    def unique(key: UniqueKey) -> UniqueKey:
        return key if key.name is not None else replace(key, name=made(key.columns, "key"))

    def foreign(key: ForeignKey) -> ForeignKey:
        return key if key.name is not None else replace(key, name=made(key.columns, "fkey"))

    def check(found: Check) -> Check:
        return (
            found if found.name is not None else replace(found, name=made(_only_column(found, table, names), "check"))
        )

    primary = table.primary_key
    if primary is not None and primary.name is None:
        primary = replace(primary, name=made((), "pkey"))
    return replace(
        table,
        primary_key=primary,
        uniques=tuple(unique(key) for key in table.uniques),
        checks=tuple(check(found) for found in table.checks),
        foreign_keys=tuple(foreign(key) for key in table.foreign_keys),
    )


def with_numbered_names(table: Table, forms: Mapping[str, str]) -> Table:
    """The table with the names of MySQL and its kin: a unique key's is its first column's, others have a number, by
    the form for their kind (`foreign key`, `check`)."""
    taken = _given(table)

    def numbered(kind: str) -> str:
        form = forms[kind]
        names = (form.format(table=table.name, number=number) for number in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        return name

    def unique(key: UniqueKey) -> UniqueKey:
        if key.name is not None:
            return key
        first = key.columns[0]
        name = next(
            name for name in (first, *(f"{first}_{number}" for number in range(2, len(taken) + 3))) if name not in taken
        )
        taken.add(name)
        return replace(key, name=name)

    return replace(
        table,
        uniques=tuple(unique(key) for key in table.uniques),
        checks=tuple(one if one.name is not None else replace(one, name=numbered("check")) for one in table.checks),
        foreign_keys=tuple(
            key if key.name is not None else replace(key, name=numbered("foreign key")) for key in table.foreign_keys
        ),
    )


def unused(name: str, taken: Iterable[str]) -> str:
    """The name, with the first number behind it that makes it new where it is taken."""
    known = set(taken)
    number = 0
    while name + (str(number) if number else "") in known:
        number += 1
    return name + (str(number) if number else "")


def _given(table: Table) -> set[str]:
    keys = [*table.uniques, *([table.primary_key] if table.primary_key is not None else [])]
    names = [key.name for key in keys] + [key.name for key in table.foreign_keys] + [key.name for key in table.checks]
    return {name for name in names if name is not None} | {index.name for index in table.indexes}


def _expression_word(part: KeyPart, names: Names) -> str:
    assert part.expression is not None
    expression = part.expression.expression
    item = SelectItem(expression.start, expression.end, expression, None, expression.end)
    label = names.label(item, part.expression.text)
    return label if label.isidentifier() else "expr"


def _only_column(check: Check, table: Table, names: Names) -> tuple[str, ...]:
    """The column that a check is about, when there is one only."""
    known = {names.column_key(column.name): column.name for column in table.columns}
    found = {
        known.get(names.column_key(names.spelled(node.parts[-1])), "")
        for node in walk(check.condition.expression)
        if isinstance(node, ColumnName)
    }
    return tuple(found) if len(found) == 1 and found != {""} else ()
