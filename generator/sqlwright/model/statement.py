"""Statements as a database gets them."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from .values import value

KEYS: Final = -1
"""The place, among a statement's parameters, of the keys of the rows that an earlier one found."""
MADE: Final = -2
"""The place of a UUID that the client makes."""
Bound: TypeAlias = Literal["count", "offset", "strict"]
"""What a parameter of LIMIT is, where one below zero bounds nothing and the server does not take it; or one that may
not be below zero, of which the server says nothing, or nothing clear."""


@value
class Statement:
    """The text that is sent, and the values that go with it.

    `params` holds, for each placeholder of the text in order, the position of its parameter among the query's, or one
    of the places above. With `steps`, several statements take the place of this one. `numbers` is an INSERT that does
    not return the number which the database gives its row: the connection is asked for that. `bounds` holds the
    positions of parameters that are bounds of a LIMIT.
    """

    sql: str
    params: tuple[int, ...]
    steps: Steps | None = None
    numbers: bool = False
    bounds: tuple[tuple[int, Bound], ...] = ()


@value
class Steps:
    """Statements that together change rows and return them, in one transaction.

    `keys` finds the rows and locks them: the first `width` values of each are its key, and what is behind them the
    result, unless `rows` reads that after the change. Nothing is changed when it finds none, and nothing is read when
    nothing was changed. `or_nothing` tells that a row which is there already is no error: then the result is empty.
    `count` is how many rows are changed, where the method gives that and the target counts otherwise.
    """

    change: Statement
    keys: Statement | None = None
    rows: Statement | None = None
    width: int = 0
    or_nothing: bool = False
    count: int | None = None
