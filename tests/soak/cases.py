"""One example: a schema, sets of rows for it, and queries."""

from __future__ import annotations

from dataclasses import dataclass

from tests.soak.choices import Choices, Rolled
from tests.soak.facts import Facts
from tests.soak.queries import Statement, random_query
from tests.soak.rows import DataSet, random_rows
from tests.soak.schema import Schema, random_schema

QUERIES = 12
"""Queries of one schema."""
SETS = 3
"""Sets of rows of a case, besides the empty one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A schema, its sets of rows, and queries over it."""

    schema: Schema
    sets: tuple[DataSet, ...]
    queries: tuple[Statement, ...]

    def __repr__(self) -> str:
        return f"{self.schema.ddl}\n" + "\n".join(f"{query.text};" for query in self.queries)


def made(choices: Choices, facts: Facts, queries: int) -> Case:
    schema = random_schema(choices, facts)
    sets = tuple(random_rows(choices, schema, facts, most) for most in (0, 2, 5, 8)[: SETS + 1])
    written: list[Statement] = []
    choices.mark()
    for _ in range(queries):
        written.append(random_query(choices, facts, schema))
        choices.mark()
    return Case(schema, sets, tuple(written))


def further_sets(schema: Schema, facts: Facts, count: int) -> list[DataSet]:
    """Sets of rows that follow from the schema, to see more of what its queries give."""
    return [random_rows(Choices(Rolled(seed)), schema, facts, 9) for seed in range(count)]
