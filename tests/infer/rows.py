"""Random rows for the schema of postgres.schema.sql, NULL wherever it may stand."""

from __future__ import annotations

from random import Random

import psycopg

Connection = psycopg.Connection[tuple[object, ...]]


def fill(connection: Connection, seed: int) -> None:
    """Rows of every table: none for seed 0, then few and more."""
    random = Random(seed)
    many = seed * 3

    def maybe(*values: object) -> object:
        return random.choice((None, *values))

    for number in range(1, many + 1):
        parent = random.randrange(number) or None
        connection.execute("insert into orgs values (%s, %s, %s, %s)", (number, "ab"[number % 2], parent, maybe("ok")))
    for number in range(1, many + 1):
        connection.execute(
            "insert into users (id, org_id, name, email, age, score, balance, mood, tags, settings, born, seen_at,"
            " token, photo, patience, luck, spot, active) values"
            " (%s, %s, %s, 'a@b', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::pair, %s)",
            (
                number,
                random.randint(1, many),
                random.choice("ab"),
                maybe(1, 2, 30),
                maybe(0.5, 0.0),
                random.choice((0, 2.5)),
                random.choice(("sad", "ok")),
                random.choice(([], ["x"], ["x", None])),
                maybe('{"a": {"b": 1}}', "[1, null]", "null"),
                maybe("2020-01-02"),
                maybe("2020-01-02"),
                maybe("00000000-0000-0000-0000-000000000001"),
                maybe(b"x"),
                maybe("1 day"),
                maybe(1, 2),
                maybe("(1,x)", "(,)"),
                random.random() < 0.7,
            ),
        )
    for number in range(1, many + 1):
        connection.execute(
            "insert into orders (id, user_id, total, note, shipped) values (%s, %s, %s, %s, %s)",
            (number, random.randint(1, many), random.choice((0, 2.5, 10)), maybe("x"), maybe("2020-01-02")),
        )
        if random.random() < 0.6:
            connection.execute(
                "insert into lines values (%s, 1, %s, %s, %s)",
                (number, random.choice("ab"), random.choice((1, 2)), maybe(0, 2.5)),
            )
