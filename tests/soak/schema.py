"""Random schemas: a few small tables that refer to each other, and at times a view."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.soak.choices import Choices
from tests.soak.facts import Facts, Sort

NAMES = "nkxyzw"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `parent` names the table whose key it refers to; `filled` says that rows give it a value."""

    name: str
    sort: Sort
    type: str
    nullable: bool
    clause: str = ""
    filled: bool = True
    has_default: bool = False
    parent: str | None = None

    @property
    def required(self) -> bool:
        return self.filled and not self.nullable and not self.has_default


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view. `keys` are the primary key, if there is one, and the unique ones behind it."""

    name: str
    columns: tuple[Column, ...]
    primary: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    ddl: str
    is_view: bool = False

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        return (self.primary, *self.uniques) if self.primary else self.uniques

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(slots=True)
class Schema:
    """The relations of a database, those that are referred to first."""

    prelude: str
    tables: list[Table] = field(default_factory=list[Table])
    views: list[Table] = field(default_factory=list[Table])

    @property
    def relations(self) -> list[Table]:
        return self.tables + self.views

    @property
    def ddl(self) -> str:
        return "\n".join(([self.prelude] if self.prelude else []) + [relation.ddl for relation in self.relations])


def random_schema(choices: Choices, facts: Facts) -> Schema:
    schema = Schema(facts.prelude)
    for number in range(choices.between(1, 4)):
        schema.tables.append(_table(choices, facts, f"t{number + 1}", schema))
    if choices.chance(30):
        schema.views.append(_view(choices, schema, facts))
    return schema


def _table(choices: Choices, facts: Facts, name: str, schema: Schema) -> Table:
    columns: list[Column] = []
    primary: tuple[str, ...] = ()
    kind = choices.below(10)
    if kind < 6:
        columns.append(Column("id", Sort.INT, facts.types[Sort.INT][0], False))
        primary = ("id",)
    for letter in choices.some(NAMES, 1, 5):
        columns.append(_column(choices, facts, letter, columns))
    if (parents := [table for table in schema.tables if table.primary == ("id",)]) and choices.chance(60):
        parent = choices.of(parents)
        type = parent.column("id").type
        columns.append(Column("ref", Sort.INT, type, choices.chance(40), parent=parent.name))
    if kind == 9 and len(columns) > 1:
        keyed = [column for column in columns if column.filled and column.sort in (Sort.INT, Sort.DATE)]
        primary = tuple(column.name for column in choices.some(keyed, 0, 2))
    uniques: list[tuple[str, ...]] = []
    if choices.chance(30):
        keyed = [c for c in columns if c.filled and c.sort in (Sort.INT, Sort.DATE) and c.name != "id"]
        unique = tuple(column.name for column in choices.some(keyed, 0, 2))
        uniques += [unique] if unique and unique != primary else []
    return _made(name, tuple(columns), primary, tuple(uniques), facts)


def _column(choices: Choices, facts: Facts, name: str, before: list[Column]) -> Column:
    sort = choices.of(facts.sorts) if choices.chance(60) else choices.of((Sort.INT, Sort.TEXT))
    type = choices.of(facts.types[sort])
    first = facts.literals[sort][0]
    match choices.below(12):
        case 0 | 1 | 2 | 3 | 4 | 5:
            return Column(name, sort, type, True)
        case 6 | 7 | 8:
            return Column(name, sort, type, False, " not null")
        case 9 if facts.has("checks"):
            return Column(name, sort, type, False, f" check ({name} is not null)")
        case 10 if facts.has("generated"):
            ints = [column for column in before if column.sort is Sort.INT and column.filled]
            if ints:
                base = ints[-1]
                clause = f" generated always as ({base.name} + 1) stored"
                return Column(name, Sort.INT, facts.types[Sort.INT][0], base.nullable, clause, filled=False)
            return Column(name, sort, type, True)
        case _ if facts.has("defaults") and sort is not Sort.JSON:
            nullable = choices.chance(50)
            clause = f"{'' if nullable else ' not null'} default {first}"
            return Column(name, sort, type, nullable, clause, has_default=True)
        case _:
            return Column(name, sort, type, True)


def _made(
    name: str,
    columns: tuple[Column, ...],
    primary: tuple[str, ...],
    uniques: tuple[tuple[str, ...], ...],
    facts: Facts,
) -> Table:
    """A table with its text. A column of the primary key is NOT NULL where the database makes it so."""
    final: list[Column] = []
    for column in columns:
        is_row_number = primary == (column.name,) and column.type == "integer"
        if column.name in primary and (is_row_number or not facts.has("nullable-keys")):
            column = replace(column, nullable=False)
        final.append(column)
    lines = [f"    {column.name} {column.type}{_constraint(column, primary)}" for column in columns]
    if primary and primary != ("id",):
        lines.append(f"    primary key ({', '.join(primary)})")
    lines += [f"    unique ({', '.join(unique)})" for unique in uniques]
    lines += [f"    foreign key ({column.name}) references {column.parent} (id)" for column in columns if column.parent]
    ddl = f"create table {name} (\n" + ",\n".join(lines) + "\n);"
    return Table(name, tuple(final), primary, uniques, ddl)


def _constraint(column: Column, primary: tuple[str, ...]) -> str:
    if primary == ("id",) and column.name == "id":
        return " primary key"
    return " not null" if column.parent and not column.nullable else column.clause


def _view(choices: Choices, schema: Schema, facts: Facts) -> Table:
    """A view over one table, or over two by an outer join."""
    base = choices.of(schema.tables)
    shown = choices.some(base.columns, 1, 4)
    items = [f"a.{column.name}" for column in shown]
    columns = [Column(c.name, c.sort, c.type, c.nullable, filled=False) for c in shown]
    text = f"{base.name} a"
    if choices.chance(40):
        other = choices.of(schema.tables)
        column = choices.of(other.columns)
        items.append(f"b.{column.name} as far")
        columns.append(Column("far", column.sort, column.type, True, filled=False))
        ints = [c.name for c in base.columns if c.sort is Sort.INT], [
            c.name for c in other.columns if c.sort is Sort.INT
        ]
        on = f"a.{ints[0][0]} = b.{ints[1][0]}" if all(ints) else "1 = 1"
        text += f" left join {other.name} b on {on}"
    elif choices.chance(40):
        column = choices.of(base.columns)
        text += f" where a.{column.name} is not null"
    ddl = f"create view v1 as select {', '.join(items)} from {text};"
    return Table("v1", tuple(columns), (), (), ddl, is_view=True)
