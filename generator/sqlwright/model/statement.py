"""Statements as a database gets them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """The text that is sent, and the values that go with it.

    `params` holds, for each placeholder of the text in order, the position of its parameter among the query's.
    """

    sql: str
    params: tuple[int, ...]
