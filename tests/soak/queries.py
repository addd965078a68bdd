"""Random queries: selects of every shape, set operations, and WITH queries before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.soak.changes import change, changed_rows
from tests.soak.choices import Choices
from tests.soak.expressions import expression, leaf, window
from tests.soak.facts import Facts, Sort
from tests.soak.schema import Schema
from tests.soak.sources import From, random_from
from tests.soak.writing import Named, Place, Result, Visible, Writer

MISTAKES = (
    "unknown column",
    "unknown table",
    "unknown function",
    "unknown qualifier",
    "unknown window",
    "ambiguous name",
    "aggregate out of place",
    "window out of place",
    "ungrouped column",
    "wrong type",
    "subquery of two columns",
    "unequal arms",
    "order position out of range",
    "group position out of range",
    "too few values",
    "too many values",
    "generated column written",
    "column written twice",
    "required column left out",
    "unknown target",
    "alias used twice",
    "columns of a CTE miscounted",
    "using unknown column",
    "lateral without the word",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, whether it gives rows, and the constructs that are in it."""

    text: str
    gives_rows: bool
    reached: frozenset[str]


def random_query(choices: Choices, facts: Facts, schema: Schema) -> Statement:
    """A query, or a statement that changes rows; in some of a hundred there is a mistake."""
    mistake = choices.of(MISTAKES) if choices.chance(12) else None
    writer = Writer(choices, facts, schema, query, mistake)
    if choices.chance(20):
        text, columns = change(writer)
        return Statement(text, bool(columns), frozenset(writer.reached))
    return Statement(_whole(writer), True, frozenset(writer.reached))


def _whole(writer: Writer) -> str:
    """A query with WITH before it and LIMIT behind it, perhaps."""
    choices = writer.choices
    ctes = [_cte(writer) for _ in range(choices.of((0, 0, 0, 0, 1, 1, 2)))]
    text = query(writer, (), None, 3).text
    if not writer.facts.has("unused-ctes"):
        ctes = _read(ctes, writer.named, text)
    if ctes:
        recursive = any(" recursive" in cte for cte in ctes)
        head = ", ".join(cte.removeprefix(" recursive") for cte in ctes)
        text = f"with {'recursive ' if recursive else ''}{head} {text}"
    return text


def _read(ctes: list[str], named: list[Named], text: str) -> list[str]:
    """The WITH queries that are read from; a database need not look at others."""
    kept: list[str] = []
    for cte, found in reversed(list(zip(ctes, named, strict=True))):
        if re.search(rf"\b{found.name} as a", f"{text} {' '.join(kept)}"):
            kept.insert(0, cte)
    return kept


def _cte(writer: Writer) -> str:
    choices, facts = writer.choices, writer.facts
    name = f"w{len(writer.named) + 1}"
    if choices.chance(25):
        writer.reach("recursive CTE")
        return " recursive" + _recursive(writer, name)
    if facts.has("writable-cte") and choices.chance(20):
        text, columns = changed_rows(writer)
        if columns:
            writer.reach("data-modifying CTE")
            writer.name(Named(name, columns))
            return f"{name} as ({text})"
    writer.reach("CTE")
    result = query(writer, (), None, 2)
    header = ""
    columns = result.columns
    if choices.chance(30) or writer.mistake == "columns of a CTE miscounted":
        columns = tuple((f"d{place + 1}", sort) for place, (_, sort) in enumerate(columns))
        header = ", ".join(found for found, _ in columns)
        header += ", more" if writer.slips("columns of a CTE miscounted") else ""
        header = f" ({header})"
    hint = ""
    if facts.has("materialized") and choices.chance(20):
        hint = choices.of(("materialized ", "not materialized "))
    writer.name(Named(name, columns))
    return f"{name}{header} as {hint}({result.text})"


def _recursive(writer: Writer, name: str) -> str:
    """A CTE that counts up, and carries a value along."""
    choices = writer.choices
    sort = choices.of(writer.facts.sorts)
    source = random_from(writer, (), 0)
    start = Place(source.columns, depth=1)
    value = expression(writer, sort, start)
    if writer.facts.has("recursion-keeps-types"):
        value = f"cast({value} as {writer.facts.types[sort][0]})"
    alias = writer.alias()
    step: tuple[Visible, ...] = (Visible(alias, "n", Sort.INT), Visible(alias, "v", sort))
    joined = f"{name} as {alias}"
    if choices.chance(50):
        other = choices.of(writer.schema.relations)
        with_alias = writer.alias()
        kind = choices.of(("join", "left join"))
        step += tuple(Visible(with_alias, column.name, column.sort) for column in other.columns)
        joined += f" {kind} {other.name} as {with_alias} on {expression(writer, Sort.BOOL, Place(step, depth=1))}"
        writer.reach("join with a recursive CTE")
    next_value = expression(writer, sort, Place(step, depth=1))
    if choices.chance(60):
        next_value = f"{alias}.v"
    all_rows = "all" if choices.chance(50) else ""
    writer.name(Named(name, (("n", Sort.INT), ("v", sort))))
    return (
        f"{name} (n, v) as (select 1, {value} from {source.text} union {all_rows}"
        f" select {alias}.n + 1, {next_value} from {joined} where {alias}.n < 3)"
    )


def query(writer: Writer, outer: tuple[Visible, ...], sorts: Sequence[Sort] | None, depth: int) -> Result:
    """A query whose columns are of the sorts, or of any; `depth` says how much may be nested in it."""
    choices = writer.choices
    if sorts is None:
        sorts = [choices.of(writer.facts.sorts) for _ in range(choices.between(1, 3))]
    sorts = tuple(sorts)
    if depth > 0 and (choices.chance(14) or writer.mistake == "unequal arms"):
        return _set_operation(writer, outer, sorts, depth)
    if writer.facts.has("values-query") and choices.chance(3):
        return _values(writer, outer, sorts)
    return _select(writer, outer, sorts, depth)


def _set_operation(writer: Writer, outer: tuple[Visible, ...], sorts: tuple[Sort, ...], depth: int) -> Result:
    choices = writer.choices
    operators = ["union", "union all", "intersect", "except"]
    operators += [f"{one} all" for one in ("intersect", "except") if writer.facts.has(f"{one}-all")]
    first = _select(writer, outer, sorts, depth - 1, arm=True)
    text = first.text
    for _ in range(choices.of((1, 1, 2))):
        operator = choices.of(operators)
        writer.reach(operator)
        arm_sorts = (*sorts, sorts[0]) if writer.slips("unequal arms") else sorts
        arm = _select(writer, outer, arm_sorts, depth - 1, arm=True)
        text += f" {operator} {arm.text}"
        if writer.facts.has("intersect-alone"):
            of_intersect = operator.startswith("intersect")
            operators = [one for one in operators if one == operator or not (of_intersect or "intersect" in one)]
    if choices.chance(25):
        writer.reach("order by of a set operation")
        text += f" order by {_position(writer, len(sorts))}"
        text += _limit(writer, 40)
    return Result(text, first.columns)


def _position(writer: Writer, count: int) -> str:
    return str(count + 1 if writer.slips("order position out of range") else writer.choices.between(1, count))


def _values(writer: Writer, outer: tuple[Visible, ...], sorts: tuple[Sort, ...]) -> Result:
    writer.reach("values")
    place = Place((), outer, depth=1)
    rows = [
        f"({', '.join(expression(writer, sort, place) for sort in sorts)})" for _ in range(writer.choices.between(1, 3))
    ]
    return Result(f"values {', '.join(rows)}", tuple((f"column{n + 1}", sort) for n, sort in enumerate(sorts)))


def _select(
    writer: Writer, outer: tuple[Visible, ...], sorts: tuple[Sort, ...], depth: int, arm: bool = False
) -> Result:
    choices = writer.choices
    source = random_from(writer, outer, depth)
    place = Place(source.columns, outer, depth=min(depth, 2))
    where = ""
    if choices.chance(45):
        writer.reach("where")
        where = f" where {expression(writer, Sort.BOOL, place)}"
    match choices.below(10):
        case 0 | 1 | 2 | 3 | 4 | 5:
            return _plain(writer, source, where, place, sorts, arm)
        case 6 | 7 | 8:
            return _grouped(writer, source, where, place, sorts, arm)
        case _:
            writer.reach("aggregates without group by")
            whole = replace(place, grouped=True, aggregates=True, keys=())
            items = [expression(writer, sort, whole) for sort in sorts]
            having = _having(writer, whole)
            return _finished(writer, "select ", items, sorts, f" from {source.text}{where}{having}", "")


def _plain(writer: Writer, source: From, where: str, place: Place, sorts: tuple[Sort, ...], arm: bool) -> Result:
    choices, facts = writer.choices, writer.facts
    names: tuple[str, ...] = ()
    clause = ""
    if facts.has("named-window") and choices.chance(8):
        names = ("win",)
        clause = f" window win as ({window(writer, place)})"
    shown = replace(place, windows=True, window_names=names)
    verb = "select "
    if choices.chance(12):
        writer.reach("distinct")
        verb = "select distinct "
    if source.stars and choices.chance(8) and len(sorts) > 1 and not arm and place.depth >= 2:
        writer.reach("star")
        alias = choices.of(sorted(source.stars))
        star = f"{alias}.*" if choices.chance(50) else "*"
        inside = [c for c in source.columns if star == "*" or c.qualifier == alias]
        text = f"{verb}{star} from {source.text}{where}"
        if len({c.name for c in inside}) == len(inside) and not any(not c.qualifier for c in inside):
            return Result(text, tuple((c.name, c.sort) for c in inside))
    items = [expression(writer, sort, shown) for sort in sorts]
    if not any("over win" in item for item in items):
        clause = ""  # a database need not look at a window that nothing uses
    if facts.has("distinct-on") and choices.chance(4):
        writer.reach("distinct on")
        return _finished(
            writer, f"select distinct on ({items[0]}) ", items, sorts, f" from {source.text}{where}{clause}", ""
        )
    tail = "" if arm else _order(writer, items, shown, verb) + _limit(writer, 15)
    if facts.has("row-locks") and not arm and verb == "select " and choices.chance(2):
        writer.reach("for update")
        tail += " for update"
    return _finished(writer, verb, items, sorts, f" from {source.text}{where}{clause}", tail)


def _grouped(writer: Writer, source: From, where: str, place: Place, sorts: tuple[Sort, ...], arm: bool) -> Result:
    choices, facts = writer.choices, writer.facts
    writer.reach("group by")
    keys: list[tuple[str, Sort]] = []
    for _ in range(choices.of((1, 1, 2))):
        sort = choices.of(sorts) if choices.chance(60) else choices.of(facts.sorts)
        named = [column for column in place.columns if column.sort is sort]
        if named and choices.chance(80):
            keys.append((choices.of(named).full, sort))
        elif place.columns:
            found = choices.of(place.columns)
            keys.append((found.full, found.sort))
    if not keys:
        return _plain(writer, source, where, place, sorts, arm)
    clause = _grouping(writer, [text for text, _ in keys])
    inside = replace(place, grouped=True, aggregates=True, keys=tuple(keys))
    items = [expression(writer, sort, inside) for sort in sorts]
    tail = "" if arm or not choices.chance(20) else f" order by {_position(writer, len(items))}"
    having = _having(writer, inside)
    return _finished(writer, "select ", items, sorts, f" from {source.text}{where} group by {clause}{having}", tail)


def _grouping(writer: Writer, keys: list[str]) -> str:
    choices, facts = writer.choices, writer.facts
    plain = ", ".join(keys)
    if writer.slips("group position out of range"):
        return "17"
    if facts.has("grouping-sets") and choices.chance(10):
        writer.reach("grouping sets")
        return f"grouping sets (({plain}), ({keys[0]}){choices.of(('', ', ()'))})"
    if facts.has("grouping-sets") and choices.chance(8):
        kind = choices.of(("rollup", "cube"))
        writer.reach(kind)
        return f"{kind} ({plain})"
    if facts.has("with-rollup") and choices.chance(10):
        writer.reach("with rollup")
        return f"{plain} with rollup"
    return plain


def _having(writer: Writer, place: Place) -> str:
    if not writer.choices.chance(20):
        return ""
    writer.reach("having")
    return f" having {expression(writer, Sort.BOOL, place)}"


def _order(writer: Writer, items: list[str], place: Place, verb: str) -> str:
    choices = writer.choices
    if not (choices.chance(20) or writer.mistake == "order position out of range"):
        return ""
    writer.reach("order by")
    if verb != "select " or choices.chance(50) or writer.mistake == "order position out of range":
        text = _position(writer, len(items))
    else:
        text = leaf(writer, Sort.INT, replace(place, outer=()))
        text = text if "." in text else "1"
    text += choices.of(("", " desc", " asc"))
    if writer.facts.has("nulls-last") and choices.chance(20):
        text += choices.of((" nulls first", " nulls last"))
    return f" order by {text}"


def _limit(writer: Writer, percent: int) -> str:
    choices = writer.choices
    if not choices.chance(percent):
        return ""
    writer.reach("limit")
    text = f" limit {choices.of((2, 1, 0))}"
    if choices.chance(30):
        writer.reach("offset")
        text += " offset 1"
    return text


def _finished(writer: Writer, verb: str, items: list[str], sorts: tuple[Sort, ...], middle: str, tail: str) -> Result:
    """The items under names of their own, with what stands behind them."""
    columns = tuple((f"c{place + 1}", sort) for place, sort in enumerate(sorts))
    shown = ", ".join(f"{item} as {name}" for item, (name, _) in zip(items, columns, strict=True))
    return Result(f"{verb}{shown}{middle}{tail}", columns)
