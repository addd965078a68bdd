"""Constructs that a database does not have.

The parser reads the clauses of every database, so that a word from another one gets a message that names it and says
what to write instead, where the server has only "syntax error".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from ..diagnostics import Diagnostic, error
from ..model.query import NamedQuery
from ..model.syntax import (
    Alias,
    Array,
    Assignment,
    Between,
    Binary,
    Boolean,
    Call,
    Cast,
    ColumnName,
    Cte,
    Default,
    Delete,
    DerivedTable,
    Frame,
    GroupingSets,
    Identifier,
    InQuery,
    Insert,
    Is,
    Join,
    KeyValue,
    Limit,
    Merge,
    Node,
    Null,
    Number,
    Ordering,
    Parameter,
    Quantified,
    Row,
    Select,
    SelectItem,
    SetOperation,
    Star,
    String,
    Subquery,
    TableFunction,
    TableName,
    TableQuery,
    Target,
    Update,
    Utility,
    Window,
    walk,
)
from .environment import Environment

Found: TypeAlias = Iterator[tuple[str, Node]]

CONSTRUCTS: Final = {
    "array": ("ARRAY[…]", "keep the values in rows, or in a JSON array"),
    "aggregate order": ("ORDER BY in an aggregate", "order the rows in a subquery"),
    "between symmetric": ("BETWEEN SYMMETRIC", "name the lower bound first"),
    "cast ::": ("`::`", "write `cast(… as …)`"),
    "changed rows in order": ("ORDER BY and LIMIT here", "name the rows by a subquery over their key"),
    "column aliases": ("names for the columns of a table in FROM", "name them in a WITH query"),
    "default values": ("DEFAULT VALUES", "write `() values ()`"),
    "default value": ("DEFAULT as a value", "leave the column out"),
    "delete alias": ("another name for the table of DELETE", "leave it out"),
    "delete join": ("DELETE with the tables before FROM", "write EXISTS in WHERE"),
    "delete using": ("DELETE … USING", "write EXISTS in WHERE"),
    "distinct from": ("IS DISTINCT FROM", "write `not (a <=> b)`"),
    "distinct on": ("DISTINCT ON", "number the rows with row_number() and keep the first"),
    "fetch first": ("FETCH FIRST", "write LIMIT"),
    "filter": ("FILTER", "aggregate a CASE"),
    "frame exclusion": ("EXCLUDE in a window's frame", "leave the row out in the query around it"),
    "frame of a ranking": ("a frame for this function", "leave it out: the whole partition is looked at"),
    "full join": ("FULL JOIN", "join UNION of a left and a right join"),
    "grouping sets": ("GROUPING SETS, ROLLUP and CUBE", "write UNION ALL of one query for each grouping"),
    "groups frame": ("GROUPS in a window's frame", "write RANGE or ROWS"),
    "insert ignore": ("INSERT IGNORE", "write ON CONFLICT DO NOTHING"),
    "index choice": ("INDEXED BY and NOT INDEXED", "leave them out"),
    "insert set": ("INSERT … SET", "write the columns and VALUES"),
    "insert or": ("INSERT OR …", "write ON CONFLICT"),
    "json key and value": ("`key: value`", "separate keys and values with commas"),
    "lateral": ("LATERAL", "write the query in the select list, or join and number the rows"),
    "limit all": ("LIMIT ALL", "leave it out"),
    "limit with comma": ("a comma in LIMIT", "write `limit … offset …`"),
    "limit of a compared query": ("LIMIT in a query behind IN, ANY or ALL", "put the query into another in FROM"),
    "limit with ties": ("WITH TIES", "number the rows with rank() and keep the first"),
    "locking": ("FOR UPDATE and FOR SHARE", "leave it out: a change locks the whole database"),
    "materialized": ("MATERIALIZED", "leave it out"),
    "merge": ("MERGE", "write an INSERT with ON CONFLICT"),
    "nulls first": ("NULLS FIRST and NULLS LAST", "order by `… is null` first"),
    "on conflict": ("ON CONFLICT", "write ON DUPLICATE KEY UPDATE"),
    "on duplicate key": ("ON DUPLICATE KEY UPDATE", "write ON CONFLICT"),
    "offset rows": ("ROWS behind OFFSET", "leave it out"),
    "only": ("ONLY", "leave it out: tables do not inherit"),
    "overriding": ("OVERRIDING", "leave it out: a key may be given"),
    "position in a window": ("numbers in the order of a window", "name the column"),
    "quantified": ("ANY, SOME and ALL", "write IN, or compare with min() or max()"),
    "ranking without order": ("this function without an order of its window", "write ORDER BY in OVER (…)"),
    "replace": ("REPLACE", "write INSERT … ON CONFLICT … DO UPDATE"),
    "rollup in order": ("WITH ROLLUP beside ORDER BY", "order the groups in a query around this one"),
    "row constructor": ("ROW(…)", "leave out the word"),
    "row as a value": ("rows as values", "select the columns one by one"),
    "separator": ("SEPARATOR", "give the separator as a second argument"),
    "several targets": ("several columns in one assignment", "assign them one by one"),
    "set operation distinct": ("DISTINCT behind a set operation", "leave it out"),
    "straight join": ("STRAIGHT_JOIN", "write JOIN"),
    "set operation all": ("ALL behind INTERSECT and EXCEPT", "leave it out, if duplicates do not matter"),
    "table hints": ("hints about indexes", "leave them out"),
    "table statement": ("TABLE as a query", "write `select * from …`"),
    "unknown": ("IS UNKNOWN", "write IS NULL"),
    "update from": ("UPDATE … FROM", "join the tables before SET, or write a subquery"),
    "update join": ("UPDATE of several tables", "name one table, and the others in FROM"),
    "values": ("VALUES as a query of plain rows", "write `values row(…), row(…)`"),
    "with before a change": ("WITH before this statement", "put the queries in FROM, or WITH inside a subquery"),
    "with before insert": ("WITH before INSERT", "write it behind the columns: insert into t (…) with … select …"),
    "within group": ("WITHIN GROUP", "number the rows with row_number()"),
    "word arguments": ("words between the arguments of a function", "separate the arguments with commas"),
}
"""What a construct is called, and what to write in its place, by the name that `Features.lacks` has it under."""

_PLAIN: Final = frozenset((Boolean, ColumnName, Identifier, Null, Number, Parameter, SelectItem, Star, String, Target))
"""What every database has; most nodes are of these."""


_RANKING: Final = frozenset(("rank", "dense_rank", "percent_rank", "cume_dist", "row_number", "ntile"))
_ORDERED: Final = (_RANKING - {"row_number", "ntile"}) | {"lag", "lead"}


def foreign_forms(query: NamedQuery, lacks: frozenset[str]) -> Found:
    """What was written in a form that leaves no trace in the tree, and that a database lacks."""
    inserted = _inserted(query)
    for name, place in query.forms:
        if name in lacks and not (name == "values" and place.start in inserted):
            yield name, place


def _inserted(query: NamedQuery) -> set[int]:
    """Where the rows of each INSERT begin, whose VALUES are no query of their own."""
    return {node.source.start for node in walk(query.query) if isinstance(node, Insert) and node.source}


def missing_constructs(query: NamedQuery, environment: Environment) -> list[Diagnostic]:
    """What a query uses and its database does not have, each place once."""
    dialect = environment.dialect
    findings: list[Diagnostic] = []
    written: list[tuple[str, Node]] = list(query.forms)
    for node in walk(query.query):
        if type(node) in _PLAIN:
            continue
        written += _constructs(node)
        if isinstance(node, Binary) and not _is_operator(node, environment):
            span = query.span(node.start, node.end)
            findings.append(error("unknown-operator", f"{dialect.title} has no operator `{node.op}`", span))
        if (
            isinstance(node, Utility)
            and dialect.features.statements
            and node.keyword not in dialect.features.statements
        ):
            span = query.span(node.start, node.end)
            findings.append(error("no-such-construct", f"{dialect.title} has no {node.keyword.upper()}", span))
    inserted = _inserted(query)
    for name, place in written:
        if name in dialect.features.lacks and not (name == "values" and place.start in inserted):
            called, help = CONSTRUCTS[name]
            span = query.span(place.start, place.end)
            findings.append(error("no-such-construct", f"{dialect.title} has no {called}", span, help))
    return findings


def _is_operator(node: Binary, environment: Environment) -> bool:
    """Whether a database whose operators are all known has this one."""
    dialect = environment.dialect
    return dialect.features.own_operators or node.op.partition(" ")[0] in dialect.grammar.binary


def _constructs(node: Node) -> Found:
    """The constructs that a node is or has, with the node to underline."""
    match node:
        case Select():
            yield from _of_select(node)
        case Insert():
            yield from _of_insert(node)
        case Update() | Delete():
            yield from _of_change(node)
        case Call():
            yield from _of_call(node)
        case DerivedTable() | TableFunction() | TableName() | Join():
            yield from _of_table(node)
        case _:
            yield from _of_part(node)


def _of_select(node: Select) -> Found:
    if node.distinct_on:
        yield "distinct on", node.distinct_on[0]
    for locking in node.locking:
        yield "locking", locking
    for item in node.items:
        if isinstance(item.expression, Row):
            yield "row as a value", item.expression
    if node.with_rollup and node.order_by:
        yield "rollup in order", node.order_by[0]


def _of_insert(node: Insert) -> Found:
    if node.with_ is not None:
        yield "with before insert", node.with_
    verb, _, rest = node.verb.partition(" ")
    if verb == "replace" or rest == "or replace":
        yield "replace" if verb == "replace" else "insert or", node.table
    elif rest.startswith("or "):
        yield "insert or", node.table
    elif "ignore" in rest:
        yield "insert ignore", node.table
    for conflict in node.on_conflict:
        yield "on conflict", conflict
    for assignment in node.on_duplicate[:1]:
        yield "on duplicate key", assignment
    if node.overriding is not None:
        yield "overriding", node.table
    if node.source is None:
        yield "default values", node.table


def _of_change(node: Update | Delete) -> Found:
    if node.with_ is not None:
        yield "with before a change", node.with_
    if node.order_by or node.limit is not None:
        yield "changed rows in order", node.order_by[0] if node.order_by else node.limit or node
    if isinstance(node, Update):
        if isinstance(node.table, Join):
            yield "update join", node.table
        if node.from_ is not None:
            yield "update from", node.from_
    elif node.joined:
        yield "delete join", node.targets[0]
    elif node.using is None and node.targets[0].alias is not None:
        yield "delete alias", node.targets[0]
    elif node.using is not None:
        yield "delete using", node.using


def _of_call(node: Call) -> Found:
    if node.form in ("extract", "position", "substring", "overlay", "trim"):
        yield "word arguments", node
    if node.separator is not None:
        yield "separator", node.separator
    if node.order_by:
        yield "aggregate order", node.order_by[0]
    if node.within:
        yield "within group", node.within[0]
    if node.filter is not None:
        yield "filter", node.filter
    if node.over is not None:
        if node.over.frame is not None and node.function in _RANKING:
            yield "frame of a ranking", node.over.frame
        if node.over.base is None and not node.over.order_by and node.function in _ORDERED:
            yield "ranking without order", node


def _of_table(node: DerivedTable | TableFunction | TableName | Join) -> Found:
    if isinstance(node, Join):
        if node.kind == "full":
            yield "full join", node
        return
    if isinstance(node, TableName):
        if node.only:
            yield "only", node
        if any("indexed" in option for option in node.options):
            yield "index choice", node
        elif node.options:
            yield "table hints", node
    elif node.lateral and not (isinstance(node, TableFunction) and node.columns):
        yield "lateral", node
    alias = node.alias
    if isinstance(alias, Alias) and alias.columns and not isinstance(node, TableFunction):
        yield "column aliases", alias


def _of_part(node: Node) -> Found:
    match node:
        case Array():
            yield "array", node
        case Assignment(targets=(_, _, *_)):
            yield "several targets", node
        case Between(symmetric=True):
            yield "between symmetric", node
        case Cast(form="::"):
            yield "cast ::", node
        case Cte(materialized=bool()):
            yield "materialized", node.name
        case Default():
            yield "default value", node
        case Frame(unit="groups"):
            yield "groups frame", node
        case Frame(exclude=str()):
            yield "frame exclusion", node
        case GroupingSets():
            yield "grouping sets", node
        case InQuery(query=Select(limit=Limit() as limit) | SetOperation(limit=Limit() as limit)):
            yield "limit of a compared query", limit
        case Is(test="unknown"):
            yield "unknown", node
        case KeyValue():
            yield "json key and value", node
        case Limit(with_ties=True):
            yield "limit with ties", node
        case Merge():
            yield "merge", node.table
        case Ordering(nulls_first=bool()):
            yield "nulls first", node
        case Quantified():
            yield "quantified", node
            query = node.right.query if isinstance(node.right, Subquery) else None
            if isinstance(query, Select | SetOperation) and query.limit is not None:
                yield "limit of a compared query", query.limit
        case Row(explicit=True):
            yield "row constructor", node
        case SetOperation(op="intersect" | "except", all=True):
            yield "set operation all", node.right
        case TableQuery():
            yield "table statement", node
        case Window():
            for value in (*node.partition_by, *(item.expression for item in node.order_by)):
                if isinstance(value, Number) and value.text.isdigit():
                    yield "position in a window", value
        case _:
            return
