"""Random statements that change rows: INSERT, UPDATE and DELETE in the forms that a database has."""

from __future__ import annotations

from tests.soak.expressions import expression
from tests.soak.facts import Sort
from tests.soak.schema import Column, Table
from tests.soak.sources import random_from
from tests.soak.writing import Place, Visible, Writer

Columns = tuple[tuple[str, Sort], ...]


def change(writer: Writer) -> tuple[str, Columns]:
    """A statement, and the columns that its RETURNING gives (none without one)."""
    return _changed(writer, writer.choices.chance(65))


def changed_rows(writer: Writer) -> tuple[str, Columns]:
    """A statement that gives rows."""
    return _changed(writer, True)


def _changed(writer: Writer, returning: bool) -> tuple[str, Columns]:
    table = writer.choices.of(writer.schema.tables)
    kind = writer.choices.of(("insert", "update", "delete"))
    writer.reach(kind)
    match kind:
        case "insert":
            return _insert(writer, table, returning)
        case "update":
            return _update(writer, table, returning)
        case _:
            return _delete(writer, table, returning)


def _insert(writer: Writer, table: Table, returning: bool) -> tuple[str, Columns]:
    choices, facts = writer.choices, writer.facts
    verb = "insert into"
    ignoring = False
    if facts.has("insert-ignore") and choices.chance(12):
        verb, ignoring = "insert ignore into", True
    elif facts.has("insert-or") and choices.chance(15):
        verb = choices.of(("insert or ignore into", "insert or replace into", "replace into"))
        ignoring = True
    elif facts.has("replace") and choices.chance(10):
        verb, ignoring = "replace into", True
    if ignoring:
        writer.reach(verb)
    targets = _targets(writer, table)
    names = [column.name for column in targets]
    if targets and writer.slips("column written twice"):
        names[-1] = names[0]
        names.append(names[0])
        targets = [*targets, targets[0]]
    if writer.slips("unknown target"):
        names[-1] = "no_such_column"
    text = f"{verb} {table.name} ({', '.join(names)}) {_source(writer, targets)}"
    of_values = " values (" in text or facts.has("upsert-of-query")
    if not ignoring and of_values and choices.chance(45):
        text += _conflict(writer, table, targets)
    own = _seen(table, table.name)
    rows, columns = _returning(writer, table, returning and facts.has("returning-insert"), own, own)
    return text + rows, columns


def _targets(writer: Writer, table: Table) -> list[Column]:
    """The columns that an INSERT names: those that must have a value, and some others."""
    left_out = writer.slips("required column left out")
    found = [
        column
        for column in table.columns
        if column.filled and ((column.required and not left_out) or writer.choices.chance(60))
    ]
    made = [column for column in table.columns if not column.filled]
    if made and writer.slips("generated column written"):
        found.append(made[0])
    return found or [table.columns[0]]


def _source(writer: Writer, targets: list[Column]) -> str:
    choices = writer.choices
    sorts = [column.sort for column in targets]
    if len(sorts) > 1 and writer.slips("too few values"):
        sorts = sorts[:-1]
    if writer.slips("too many values"):
        sorts = [*sorts, sorts[0]]
    if choices.chance(35):
        writer.reach("insert from a query")
        return writer.query(writer, (), tuple(sorts), 1).text
    writer.reach("insert of values")
    rows: list[str] = []
    for number in range(choices.of((1, 1, 2))):
        values: list[str] = []
        for place, sort in enumerate(sorts):
            named = targets[place] if place < len(targets) else targets[0]
            if named.name == "id":
                values.append(str(50 + number))
            elif named.parent and named.nullable:
                values.append("null")
            elif writer.facts.has("default-value") and named.has_default and choices.chance(20):
                values.append("default")
            else:
                values.append(expression(writer, sort, Place(depth=1)))
        rows.append(f"({', '.join(values)})")
    return f"values {', '.join(rows)}"


def _conflict(writer: Writer, table: Table, targets: list[Column]) -> str:
    choices, facts = writer.choices, writer.facts
    plain = [column for column in targets if column.filled and column.name != "id"]
    if facts.has("on-duplicate-key") and plain:
        writer.reach("on duplicate key update")
        column = choices.of(plain)
        seen = _seen(table, table.name)
        value = choices.of((f"values({column.name})", expression(writer, column.sort, Place(seen, depth=1))))
        return f" on duplicate key update {column.name} = {value}"
    if not facts.has("upsert"):
        return ""
    key = choices.of(table.keys) if table.keys else ()
    on = f" ({', '.join(key)})" if key else ""
    if not key or not plain or choices.chance(40):
        writer.reach("on conflict do nothing")
        return f" on conflict{on} do nothing"
    writer.reach("on conflict do update")
    column = choices.of(plain)
    place = Place(_seen(table, table.name) + _seen(table, "excluded"), depth=1)
    text = f" on conflict{on} do update set {column.name} = {expression(writer, column.sort, place)}"
    return text + (f" where {expression(writer, Sort.BOOL, place)}" if choices.chance(20) else "")


def _update(writer: Writer, table: Table, returning: bool) -> tuple[str, Columns]:
    choices, facts = writer.choices, writer.facts
    alias = writer.alias()
    own = _seen(table, alias)
    before = after = ""
    seen = own
    if facts.has("update-from") and choices.chance(30):
        writer.reach("update from")
        source = random_from(writer, (), 1)
        after, seen = f" from {source.text}", own + source.columns
    elif facts.has("update-join") and choices.chance(30):
        writer.reach("update join")
        other = choices.of(writer.schema.tables)
        with_alias = writer.alias()
        seen = own + _seen(other, with_alias)
        kind = choices.of(("join", "left join"))
        before = f" {kind} {other.name} as {with_alias} on {expression(writer, Sort.BOOL, Place(seen, depth=1))}"
    place = Place(seen, depth=1)
    settable = [column for column in table.columns if column.filled and column.name != "id"] or list(table.columns)
    made = [column for column in table.columns if not column.filled]
    chosen = choices.some(settable, 1, 2)
    if made and writer.slips("generated column written"):
        chosen = made[:1]
    names = [column.name for column in chosen]
    if writer.slips("unknown target"):
        names[0] = "no_such_column"
    if writer.slips("column written twice"):
        names.append(names[0])
        chosen.append(chosen[0])
    prefix = f"{alias}." if before else ""
    pairs = ", ".join(
        f"{prefix}{name} = {_new_value(writer, column, place)}" for name, column in zip(names, chosen, strict=True)
    )
    where = f" where {expression(writer, Sort.BOOL, place)}" if choices.chance(60) else ""
    rows, columns = _returning(
        writer, table, returning and facts.has("returning-update"), own, seen if facts.has("returning-joined") else own
    )
    return f"update {table.name} as {alias}{before} set {pairs}{after}{where}{rows}", columns


def _new_value(writer: Writer, column: Column, place: Place) -> str:
    if column.parent:
        return "null" if column.nullable else f"{place.columns[0].qualifier}.{column.name}"
    return expression(writer, column.sort, place)


def _delete(writer: Writer, table: Table, returning: bool) -> tuple[str, Columns]:
    choices, facts = writer.choices, writer.facts
    alias = writer.alias() if facts.has("delete-alias") else table.name
    own = _seen(table, alias)
    seen, using = own, ""
    if facts.has("delete-using") and choices.chance(30):
        writer.reach("delete using")
        source = random_from(writer, (), 1)
        using, seen = f" using {source.text}", own + source.columns
    where = f" where {expression(writer, Sort.BOOL, Place(seen, depth=1))}" if choices.chance(70) else ""
    rows, columns = _returning(
        writer, table, returning and facts.has("returning-delete"), own, seen if facts.has("returning-joined") else own
    )
    named = f"{table.name} as {alias}" if facts.has("delete-alias") else table.name
    return f"delete from {named}{using}{where}{rows}", columns


def _returning(
    writer: Writer, table: Table, wanted: bool, own: tuple[Visible, ...], seen: tuple[Visible, ...]
) -> tuple[str, Columns]:
    choices = writer.choices
    if not wanted:
        return "", ()
    writer.reach("returning")
    if choices.chance(30):
        writer.reach("returning *")
        if len(seen) == len(own):
            return " returning *", tuple((column.name, column.sort) for column in table.columns)
    if not writer.facts.has("returning-joined"):
        seen = _seen(table, table.name)
    sorts = [choices.of(seen).sort for _ in range(choices.between(1, 3))]
    items = [expression(writer, sort, Place(seen, depth=1)) for sort in sorts]
    columns = tuple((f"c{place + 1}", sort) for place, sort in enumerate(sorts))
    return (
        " returning " + ", ".join(f"{item} as {name}" for item, (name, _) in zip(items, columns, strict=True)),
        columns,
    )


def _seen(table: Table, qualifier: str) -> tuple[Visible, ...]:
    return tuple(Visible(qualifier, column.name, column.sort) for column in table.columns)
