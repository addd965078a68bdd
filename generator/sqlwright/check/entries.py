"""An entry of the cache: what a server and the analysis agreed on about one query on one database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from ..model.parsed import as_flag, as_list, as_table, as_text
from ..model.values import value
from .digests import digest

FORMAT: Final = 1
"""The version of the entries' form. A tool reads its own version only."""


@value
class EntryParameter:
    name: str
    type: str
    db_type: str
    nullable: bool


@value
class EntryColumn:
    """`origin` is the table's column that it is; `type_from` and `nullable_from` tell who said so: the server, the
    analysis, or the user."""

    name: str
    type: str
    db_type: str
    nullable: bool
    origin: str | None
    type_from: str
    nullable_from: str


@value
class Entry:
    """`query`, `schema` and `statement` are digests of what it was made from; `server` is the one that was asked."""

    name: str
    query: str
    schema: str
    statement: str
    server: str
    version: str
    parameters: tuple[EntryParameter, ...]
    columns: tuple[EntryColumn, ...]

    def says(self) -> tuple[object, ...]:
        """All but which version of the server was asked."""
        return (self.name, self.query, self.schema, self.statement, self.server, self.parameters, self.columns)


class EntryDamaged(Exception):
    """A file that holds no entry. `offset` is where that shows."""

    def __init__(self, message: str, help: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.offset = offset


_AGAIN: Final = "run `sqlwright check` with the databases, which writes it anew"


def written(entry: Entry) -> str:
    """An entry as the text of its file: sorted keys, one thing a line, and a sum over all of it."""
    content: dict[str, object] = {
        "columns": [_fields(column, _COLUMN) for column in entry.columns],
        "format": FORMAT,
        "name": entry.name,
        "parameters": [_fields(parameter, _PARAMETER) for parameter in entry.parameters],
        "query": entry.query,
        "schema": entry.schema,
        "server": {"kind": entry.server, "version": entry.version},
        "statement": entry.statement,
    }
    return json.dumps({**content, "sum": _sum(content)}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_entry(text: str) -> Entry:
    """The entry in a text. Raises EntryDamaged."""
    for mark in ("<<<<<<<", "=======", ">>>>>>>"):
        at = 0 if text.startswith(mark) else text.find(f"\n{mark}") + 1
        if at > 0 or text.startswith(mark):
            raise EntryDamaged("a merge was left unfinished here", f"take either side, and {_AGAIN}", at)
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as problem:
        offset = min(problem.pos, max(len(text) - 1, 0))
        raise EntryDamaged(f"this is not JSON: {problem.msg}", _AGAIN, offset) from problem
    try:
        table = as_table(found)
    except ValueError as problem:
        raise EntryDamaged("this is no entry of the cache", _AGAIN) from problem
    version = table.get("format")
    if isinstance(version, int) and version > FORMAT:
        at = max(text.find('"format"'), 0)
        raise EntryDamaged(f"a newer sqlwright wrote this (format {version})", "update sqlwright, or check again", at)
    try:
        entry = _entry(table)
    except (KeyError, ValueError) as problem:
        raise EntryDamaged("this is no entry of the cache", _AGAIN) from problem
    content = {name: held for name, held in table.items() if name != "sum"}
    if table.get("sum") != _sum(content):
        raise EntryDamaged("this was edited by hand: its sum is another", _AGAIN, max(text.find('"sum"'), 0))
    return entry


_PARAMETER: Final = ("name", "type", "db_type", "nullable")
_COLUMN: Final = ("name", "type", "db_type", "nullable", "origin", "type_from", "nullable_from")


def _fields(held: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(held, name) for name in names if getattr(held, name) is not None}


def _sum(content: Mapping[str, object]) -> str:
    return digest(json.dumps(content, sort_keys=True, ensure_ascii=False))


def _entry(table: Mapping[str, object]) -> Entry:
    server = as_table(table["server"])
    if table["format"] != FORMAT:
        raise ValueError("another format")
    return Entry(
        name=as_text(table["name"]),
        query=as_text(table["query"]),
        schema=as_text(table["schema"]),
        statement=as_text(table["statement"]),
        server=as_text(server["kind"]),
        version=as_text(server["version"]),
        parameters=tuple(_parameter(as_table(one)) for one in as_list(table["parameters"])),
        columns=tuple(_column(as_table(one)) for one in as_list(table["columns"])),
    )


def _parameter(table: Mapping[str, object]) -> EntryParameter:
    return EntryParameter(
        as_text(table["name"]), as_text(table["type"]), as_text(table["db_type"]), as_flag(table["nullable"])
    )


def _column(table: Mapping[str, object]) -> EntryColumn:
    return EntryColumn(
        as_text(table["name"]),
        as_text(table["type"]),
        as_text(table["db_type"]),
        as_flag(table["nullable"]),
        as_text(table["origin"]) if "origin" in table else None,
        as_text(table["type_from"]),
        as_text(table["nullable_from"]),
    )
