"""Schemas and migrations that part: what each has more, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Move:
    """A schema and scripts with a difference. `first` is in both; `schema` stands behind it in the schema alone, and
    `script` in a second migration alone. `told` are the findings: words of each, and the line that it is on."""

    name: str
    dialects: tuple[str, ...]
    first: str
    schema: str
    script: str
    told: tuple[tuple[str, str], ...]


_PG = ("postgres",)
_LITE = ("sqlite",)
_MY = ("mysql", "mariadb")
_ALL = (*_PG, *_LITE, *_MY)
_VIEW = "create view heavy as select id from items where weight > 1;\n"
_TRIGGER = {
    "sqlite": "create trigger noted after insert on items begin update items set weight = 1 where id = new.id; end;\n",
    "mysql": "create trigger noted before insert on items for each row set new.weight = 1;\n",
}
_SETTER = "create function note() returns trigger language plpgsql as $$ begin new.weight := 1; return new; end $$;\n"
_NOTED = "create trigger noted before insert on items for each row execute function note();\n"
_TWICE = "create function twice(x integer) returns integer language sql as $$ select x * 2 $$;\n"
_MY_TWICE = "create function twice(x integer) returns integer deterministic return x * 2;\n"

MOVES: Final = (
    # Views
    Move("a view less", _ALL, "", _VIEW, "", (("view `heavy` is in the schema, and not in the migrations", _VIEW),)),
    Move("a view more", _ALL, "", "", _VIEW, (("view `heavy` is in the migrations on ", _VIEW),)),
)
