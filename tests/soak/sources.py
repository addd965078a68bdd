"""What random queries read from: tables, queries and functions, joined in every way."""

from __future__ import annotations

from dataclasses import dataclass

from tests.soak.expressions import expression, filled
from tests.soak.facts import Sort, form_of
from tests.soak.writing import Place, Visible, Writer


@dataclass(frozen=True, slots=True)
class From:
    """A FROM clause: its text, the columns that it brings into sight, and the names that `name.*` can spread."""

    text: str
    columns: tuple[Visible, ...]
    stars: frozenset[str]


def random_from(writer: Writer, outer: tuple[Visible, ...], depth: int) -> From:
    found = _item(writer, outer, depth)
    for _ in range(writer.choices.of((0, 0, 1, 1, 1, 2))):
        found = _joined(writer, found, outer, depth)
    return found


def _joined(writer: Writer, left: From, outer: tuple[Visible, ...], depth: int) -> From:
    choices = writer.choices
    kind = choices.of(writer.facts.joins)
    if choices.chance(6) and not kind.endswith("lateral"):
        writer.reach("comma join")
        right = _item(writer, outer, depth - 1)
        return From(f"{left.text}, {right.text}", left.columns + right.columns, left.stars | right.stars)
    if kind.endswith("lateral"):
        if depth <= 0:
            kind = "left join"
        else:
            return _lateral(writer, left, outer, depth, kind)
    right = _nested(writer, outer, depth) if choices.chance(15) else _item(writer, outer, depth - 1)
    writer.reach(kind)
    both = left.columns + right.columns
    stars = left.stars | right.stars
    if kind == "cross join":
        return From(f"{left.text} {kind} {right.text}", both, stars)
    common = _common(left, right) if _merges(writer, left, right) else []
    if (common and choices.chance(20)) or writer.mistake == "using unknown column":
        return _using(writer, left, right, kind, common)
    condition = _condition(writer, left, right, outer)
    return From(f"{left.text} {kind} {right.text} on {condition}", both, stars)


def _lateral(writer: Writer, left: From, outer: tuple[Visible, ...], depth: int, kind: str) -> From:
    alias = writer.alias()
    writer.reach(kind)
    result = writer.query(writer, left.columns + outer, None, depth - 2)
    if writer.slips("lateral without the word"):
        kind = kind.removesuffix(" lateral")
    columns = tuple(Visible(alias, name, sort) for name, sort in result.columns)
    text = f"{left.text} {kind} ({result.text}) as {alias} on {writer.choices.of(('true', '1 = 1'))}"
    return From(text, left.columns + columns, left.stars | {alias})


def _nested(writer: Writer, outer: tuple[Visible, ...], depth: int) -> From:
    """A join in parentheses."""
    writer.reach("nested join")
    one = _item(writer, outer, depth - 1)
    other = _item(writer, outer, depth - 1)
    kinds = [kind for kind in writer.facts.joins if "lateral" not in kind and kind != "cross join"]
    if not writer.facts.has("nested-right"):
        kinds.remove("right join")
    kind = writer.choices.of(kinds)
    writer.reach(kind)
    text = f"({one.text} {kind} {other.text} on {_condition(writer, one, other, outer)})"
    return From(text, one.columns + other.columns, one.stars | other.stars)


def _condition(writer: Writer, left: From, right: From, outer: tuple[Visible, ...]) -> str:
    choices = writer.choices
    pairs = [
        (one, other)
        for one in left.columns
        for other in right.columns
        if one.sort is other.sort and one.sort in (Sort.INT, Sort.TEXT, Sort.DATE)
    ]
    if pairs and choices.chance(75):
        one, other = choices.of(pairs)
        text = f"{one.full} = {other.full}"
        if choices.chance(20):
            text += f" and {expression(writer, Sort.BOOL, Place(left.columns + right.columns, outer, depth=1))}"
        return text
    return expression(writer, Sort.BOOL, Place(left.columns + right.columns, outer, depth=1))


def _common(left: From, right: From) -> list[str]:
    """Names that both sides have, each once and of one sort."""
    lefts, rights = [c.name for c in left.columns], [c.name for c in right.columns]
    sorts = {c.name: c.sort for c in left.columns}
    return [
        c.name
        for c in right.columns
        if lefts.count(c.name) == 1
        and rights.count(c.name) == 1
        and sorts[c.name] is c.sort
        and c.sort is not Sort.JSON
    ]


def _merges(writer: Writer, left: From, right: From) -> bool:
    """SQLite 3.40 gives rows that USING leaves out where FULL JOIN stands on one side and in parentheses on the other
    (3.54 does not)."""
    return writer.facts.has("nested-using") or not (
        right.text.startswith("(") and "full join" in left.text + right.text
    )


def _using(writer: Writer, left: From, right: From, kind: str, common: list[str]) -> From:
    choices = writer.choices
    if writer.slips("using unknown column"):
        return From(
            f"{left.text} {kind} {right.text} using (no_such_column)", left.columns + right.columns, frozenset()
        )
    doubled = {c.name for c in left.columns} & {c.name for c in right.columns}
    natural = doubled == set(common) and choices.chance(40)
    names = common if natural else choices.some(common, 1, 2)
    writer.reach("natural join" if natural else "using")
    sorts = {c.name: c.sort for c in left.columns}
    merged = tuple(Visible("", name, sorts[name]) for name in names)
    rest = tuple(c for c in left.columns + right.columns if c.name not in names)
    sided = tuple(c for c in left.columns + right.columns if c.name in names and c.qualifier and choices.chance(50))
    shown = merged + rest + sided
    text = (
        f"{left.text} natural {kind} {right.text}"
        if natural
        else f"{left.text} {kind} {right.text} using ({', '.join(names)})"
    )
    return From(text, shown, left.stars | right.stars)


def _item(writer: Writer, outer: tuple[Visible, ...], depth: int) -> From:
    """A table, view, WITH query, derived table or function."""
    choices = writer.choices
    alias = "a1" if writer.aliases and writer.slips("alias used twice") else writer.alias()
    if writer.slips("unknown table"):
        return From(f"no_such_table as {alias}", (), frozenset())
    if writer.unread or (writer.named and choices.chance(30)):
        named = writer.unread.pop() if writer.unread else choices.of(writer.named)
        writer.reach("CTE read")
        return _of(f"{named.name} as {alias}", alias, named.columns)
    kind = choices.below(100)
    if kind >= 88 and depth > 0:
        writer.reach("derived table")
        result = writer.query(writer, (), None, depth - 1)
        return _of(f"({result.text}) as {alias}", alias, result.columns)
    if kind >= 82 and writer.facts.functions:
        text, sort = choices.of(writer.facts.functions)
        writer.reach(f"function: {text}")
        form = form_of(text.replace("{alias}", alias), None)
        return _of(filled(writer, form, sort, Place((), (), depth=0)), alias, (("c1", sort),))
    table = choices.of(writer.schema.relations)
    if table.is_view:
        writer.reach("view")
    return _of(f"{table.name} as {alias}", alias, tuple((c.name, c.sort) for c in table.columns))


def _of(text: str, alias: str, columns: tuple[tuple[str, Sort], ...]) -> From:
    return From(text, tuple(Visible(alias, name, sort) for name, sort in columns), frozenset((alias,)))
