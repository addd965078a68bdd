"""What every part of a schema script is written with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ....model.catalog import Column, Sql, Table
from ....model.syntax import ColumnName, walk
from ...ddl import Carried
from ...layout import listed
from .flavour import Flavour
from .types import declared_types
from .widths import Place, Widths, named_column, widths

LONGEST_NAME: Final = 64
_QUOTED: Final = re.compile(r"'(?:[^'\\]|\\.|'')*'|`[^`]*`")
_FORBIDDEN: Final = re.compile(
    r"\(\s*select\b|\b(?:now|sysdate|utc_timestamp|utc_date|utc_time|curdate|curtime|uuid|rand|random_bytes)\s*\(|"
    r"\b(?:current_timestamp|current_date|current_time|localtime|localtimestamp)\b",
    re.IGNORECASE,
)
_CHECK_ELSEWHERE: Final = "leave the check out, and check the values before they are written"


@dataclass(frozen=True, slots=True)
class Writing:
    """The schema, who it is written for, and the lengths and names that are settled for the whole of it."""

    carried: Carried
    flavour: Flavour
    widths: Widths
    declared: Mapping[Place, str]
    """The types of all columns."""
    taken: set[str] = field(default_factory=set[str])
    """The names of constraints so far: unlike those of indexes, a database has each once."""

    def quoted(self, name: str) -> str:
        return self.flavour.names.quoted(name)

    def columns(self, names: Sequence[str]) -> str:
        return listed([self.quoted(name) for name in names])

    def named(self, name: str | None, table: Table) -> str:
        """`constraint x `, by a name that no other constraint has."""
        if name is None:
            return ""
        wanted, number = short(name), 1
        while wanted.lower() in self.taken:
            suffix = f"_{number}" if number > 1 else ""
            wanted, number = short(f"{table.name}_{name}{suffix}"), number + 1
        self.taken.add(wanted.lower())
        return f"constraint {self.quoted(wanted)} "

    def condition(self, sql: Sql, table: Table) -> str | None:
        """The condition of a check. None where a check cannot have it, which is reported."""
        text = self.carried.expression(sql, table)
        if text is None:
            return None
        found = _FORBIDDEN.search(_QUOTED.sub("''", text))
        if found is not None:
            what = "a query" if found[0].startswith("(") else f"`{found[0].rstrip('( ')}`"
            self.refuse_text(sql, f"needs {what}, which no check has on {self.flavour.title}", _CHECK_ELSEWHERE)
            return None
        return text

    def refuse_text(self, sql: Sql, message: str, help: str) -> None:
        span = sql.source.span(sql.expression.start, sql.expression.end)
        self.carried.refuse(f"`{sql.text}` {message}", span, help)


def writing(carried: Carried, flavour: Flavour) -> Writing:
    found = widths(carried, flavour)
    return Writing(carried, flavour, found, declared_types(carried, flavour, found))


def short(name: str) -> str:
    """A name of no more than 64 characters; a longer one ends with a digest, so that it stays one of a kind."""
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{digest}"


def mentioned(sql: Sql, table: Table) -> list[Column]:
    """The columns of a table that an expression names."""
    names = [node.parts[-1].text for node in walk(sql.expression) if isinstance(node, ColumnName)]
    found = [named_column(table, name) for name in names]
    return [column for column in table.columns if any(column is other for other in found)]


def set_by_keys(table: Table) -> set[str]:
    """The columns that a foreign key may change when the row that it points to changes."""
    return {
        name
        for foreign in table.foreign_keys
        for name in foreign.columns
        if foreign.on_delete == "set null" or foreign.on_update in ("set null", "cascade")
    }
