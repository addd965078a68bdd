"""Single queries of any size, each long, wide or deep in its own way, in the SQL that all databases have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ITEMS: Final = (
    "create table items (id integer primary key, parent_id integer, name varchar(100) not null, amount integer);"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What grows, how much of it is measured, and the schema and query of a size."""

    what: str
    size: int
    made: Callable[[int], tuple[str, str]]

    def named(self, size: int) -> str:
        return f"{size:,} {self.what}"


def _joins(size: int) -> tuple[str, str]:
    tables = [
        f"create table t{n} (id integer primary key, parent_id integer, name varchar(100) not null, amount integer);"
        for n in range(size + 1)
    ]
    names = ", ".join(f"t{n}.name as name_{n}" for n in range(size + 1))
    joins = "\n".join(
        f"{'left ' if n % 2 else ''}join t{n} on t{n}.id = t{n - 1}.parent_id and t{n}.amount > {n}"
        for n in range(1, size + 1)
    )
    return "\n".join(tables), f"select {names}\nfrom t0\n{joins}\nwhere t0.amount > :least\norder by t0.id"


def _joins_using(size: int) -> tuple[str, str]:
    tables = [f"create table t{n} (id integer primary key, value_{n} integer);" for n in range(size + 1)]
    joins = "\n".join(f"left join t{n} using (id)" for n in range(1, size + 1))
    values = ", ".join(f"value_{n}" for n in range(size + 1))
    return "\n".join(tables), f"select id, {values} from t0\n{joins}\nwhere id > :least"


def _withs(size: int) -> tuple[str, str]:
    parts = ["w0 as (select id, name, amount from items)"] + [
        f"w{n} as (select a.id, a.name, max(b.amount) as amount from w{n - 1} a left join w{n - 1} b on b.id = a.id"
        f" where a.amount > {n} group by a.id, a.name)"
        for n in range(1, size + 1)
    ]
    return _ITEMS, f"with {','.join(parts)}\nselect id, name, amount from w{size} where name = :name"


def _withs_within(size: int) -> tuple[str, str]:
    query = "select id, name, amount from items"
    for n in range(size):
        query = f"with w{n} as ({query}) select w{n}.id, w{n}.name, w{n}.amount from w{n} where w{n}.amount <> {n}"
    return _ITEMS, query


def _derived(size: int) -> tuple[str, str]:
    table = "items"
    for n in range(size):
        table = f"(select s{n}.id, s{n}.name, s{n}.amount + 1 as amount from {table} s{n})"
    return _ITEMS, f"select * from {table} s where s.id = :id"


def _wide(size: int) -> str:
    types = ("integer", "varchar(50) not null", "integer not null", "date")
    columns = "".join(f", c{n} {types[n % 4]}" for n in range(size))
    return f"create table wide (id integer primary key{columns});"


def _stars(size: int) -> tuple[str, str]:
    return _wide(size), "select a.*, b.* from wide a left join wide b on b.id = a.c0 where a.c1 = :text and b.c2 > 1"


def _inserted(size: int) -> tuple[str, str]:
    names, values = (", ".join(f"{mark}{n}" for n in range(size)) for mark in ("c", ":p"))
    return _wide(size), f"insert into wide (id, {names}) values (:id, {values})"


def _updated(size: int) -> tuple[str, str]:
    return _wide(size), f"update wide set {', '.join(f'c{n} = :p{n}' for n in range(size))} where id = :id"


def _lines(size: int) -> tuple[str, str]:
    lines = "".join(
        f",\n    case when amount > {n} and name <> 'x{n}' then amount * {n} + length(name)"
        f" else coalesce(amount, {n}) end as value_{n}"
        for n in range(size)
    )
    return _ITEMS, f"select id{lines}\nfrom items\nwhere id = :id"


def _chain(text: str, mark: str) -> Callable[[int], tuple[str, str]]:
    return lambda size: (_ITEMS, f"select id from items where {mark.join(text.format(n=n) for n in range(size))}")


def _summed(size: int) -> tuple[str, str]:
    return _ITEMS, f"select {' + '.join(['amount'] * size)} as total from items where id = :id"


def _within(before: str, inner: str, after: str) -> Callable[[int], tuple[str, str]]:
    return lambda size: (_ITEMS, f"select {before * size}{inner}{after * size} as value from items where id = :id")


def _listed(size: int) -> tuple[str, str]:
    return _ITEMS, f"select id from items where amount in ({', '.join(map(str, range(size)))}) and name = :name"


def _rows(size: int) -> tuple[str, str]:
    rows = ",\n".join(f"({n}, 'name {n}', {n})" for n in range(size))
    return _ITEMS, f"insert into items (id, name, amount) values {rows}"


def _arms(size: int) -> tuple[str, str]:
    return _ITEMS, "\nunion all\n".join(f"select id, name, amount + {n} as amount from items" for n in range(size))


SHAPES: Final = (
    Shape("joins", 50, _joins),
    Shape("joins by USING", 50, _joins_using),
    Shape("WITH queries, each of the last", 30, _withs),
    Shape("WITH queries in one another", 30, _withs_within),
    Shape("derived tables in one another", 30, _derived),
    Shape("columns of a table, with stars", 500, _stars),
    Shape("columns inserted", 500, _inserted),
    Shape("columns updated", 500, _updated),
    Shape("lines of CASE", 200, _lines),
    Shape("conditions with OR", 500, _chain("amount = {n}", " or ")),
    Shape("conditions with parameters", 200, _chain("(name = :n{n} or amount > :a{n})", " and ")),
    Shape("terms of a sum", 100, _summed),
    Shape("parentheses in one another", 60, _within("(", "amount", " + 1)")),
    Shape("CASE in one another", 60, _within("case when amount > 1 then ", "amount", " else 0 end")),
    Shape("calls in one another", 60, _within("coalesce(", "amount", ", 0)")),
    Shape("values in a list", 1000, _listed),
    Shape("rows of VALUES", 1000, _rows),
    Shape("arms of a UNION", 100, _arms),
)
