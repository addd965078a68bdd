"""How statements read their tables: what their plans say, were the tables large."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, cast

from psycopg.pq.abc import PGresult

from ...model.values import value
from ..base import Access
from .connecting import Connection
from .describing import Prepared, explained, prepare, types_of
from .pipeline import failure

Told: TypeAlias = Mapping[str, object]
"""A node in JSON."""
_SETTINGS: Final = (
    "set plan_cache_mode = force_generic_plan",
    "set enable_seqscan = off",
    "set enable_hashjoin = off",
    "set enable_mergejoin = off",
)
"""A plan reads all of a table then only where no index helps, whatever the server thinks of tables that are empty; and
a join looks its rows up one by one, where an index lets it."""
_RESET: Final = (
    "deallocate all; reset plan_cache_mode; reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin"
)
_OPTIONS: Final = "(format json, verbose, costs off)"
_SCANS: Final = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan")
_CONDITIONS: Final = ("Filter", "Join Filter", "Hash Cond", "Merge Cond")
_TEXT: Final = re.compile(r"'(?:[^']|'')*'")
_NAME: Final = r'("(?:[^"]|"")+"|[^\W\d]\w*)'
_COLUMN: Final = re.compile(rf"{_NAME}\.{_NAME}")


@value
class Node:
    """A node of a plan: its texts, and the nodes below it."""

    texts: dict[str, str]
    below: tuple[Node, ...]

    @property
    def conditions(self) -> list[str]:
        return [self.texts[name] for name in _CONDITIONS if name in self.texts]


def accesses(connection: Connection, statements: Sequence[str]) -> list[tuple[Access, ...]]:
    """How each statement reads its tables; nothing for one that cannot be planned."""
    connection.execute("; ".join(_SETTINGS).encode())
    default = str(connection.execute("select current_schema()").fetchall()[0][0])
    prepared = prepare(connection, statements)
    accepted = [found for found in prepared if isinstance(found, Prepared)]
    answers = explained(connection, accepted, types_of(connection), _OPTIONS)
    plans = {found.name: answer for found, answer in zip(accepted, answers, strict=True)}
    connection.execute(_RESET.encode())
    return [_accesses(plans[found.name], default) if isinstance(found, Prepared) else () for found in prepared]


def _accesses(answer: list[PGresult] | None, default: str) -> tuple[Access, ...]:
    if answer is None or failure(answer) is not None:
        return ()
    found: dict[Access, None] = {}
    for result in answer:
        for row in range(result.ntuples):
            for plan in _plans(result.get_value(row, 0) or b"[]"):
                found.update(dict.fromkeys(_read(plan, default, [])))
    return tuple(found)


def _plans(text: bytes) -> Iterator[Node]:
    for item in cast("list[Told]", json.loads(text)):
        if "Plan" in item:  # else what a rule has added is a statement without one
            yield _node(cast("Told", item["Plan"]))


def _node(told: Told) -> Node:
    texts = {name: text for name, text in told.items() if isinstance(text, str)}
    return Node(texts, tuple(_node(below) for below in cast("Sequence[Told]", told.get("Plans", ()))))


def _read(node: Node, default: str, joined: list[str]) -> Iterator[Access]:
    """The reads of a node and of those below it. `joined` are the conditions of joins whose inner side it is on."""
    if node.texts.get("Node Type") in _SCANS:
        yield _scan(node, default, joined)
    for below in node.below:
        match below.texts.get("Parent Relationship"):
            case "Inner":
                yield from _read(below, default, [*joined, *node.conditions])
            case "Outer" | "Member":
                yield from _read(below, default, joined)
            case _:
                yield from _read(below, default, [])


def _scan(node: Node, default: str, joined: list[str]) -> Access:
    """A read through a condition of an index finds its rows; any other looks at all, and a filter tells by what an
    index could have found them."""
    schema, name = node.texts.get("Schema", default), node.texts.get("Relation Name", "")
    table = name if schema == default else f"{schema}.{name}"
    indexes = [found.texts["Index Name"] for found in _with_index(node)]
    index = indexes[0] if indexes else None
    if any("Index Cond" in found.texts for found in _with_index(node)):
        return Access(table, scans=False, index=index)
    columns = _columns([*node.conditions, *joined], node.texts.get("Alias", name))
    return Access(table, scans=bool(columns), index=index, columns=columns)


def _with_index(node: Node) -> Iterator[Node]:
    if "Index Name" in node.texts:
        yield node
    for below in node.below:
        if below.texts.get("Node Type", "").startswith("Bitmap"):
            yield from _with_index(below)


def _columns(conditions: Sequence[str], alias: str) -> tuple[str, ...]:
    """The columns of a relation that conditions name, in their order."""
    found: dict[str, None] = {}
    for condition in conditions:
        for relation, column in _COLUMN.findall(_TEXT.sub("''", condition)):
            if _plain(relation) == alias:
                found[_plain(column)] = None
    return tuple(found)


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
