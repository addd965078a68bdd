"""Functions that SQLite lacks, and that translated statements call.

The decimal ones are those of SQLite's own decimal extension (sqlite.org/floatingpoint.html), which its command-line
shell has built in; the others do what the functions of PostgreSQL that they stand for do, errors included.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from . import casts, decimals, documents, moments, numbers, texts
from .aggregates import DecimalAverage, DecimalSum
from .collections import JsonCollection, TextCollection

_MODULES: Final = (casts, decimals, documents, moments, numbers, texts)


def register(connection: sqlite3.Connection) -> None:
    """Make the functions and the collation known to a connection."""
    for module in _MODULES:
        for name, arity, function in module.FUNCTIONS:
            connection.create_function(name, arity, function, deterministic=True)
    connection.create_window_function("decimal_sum", 1, DecimalSum)
    connection.create_window_function("decimal_avg", 1, DecimalAverage)
    connection.create_window_function("text_collect", -1, TextCollection)
    connection.create_window_function("json_collect", -1, JsonCollection)
    connection.create_collation("decimal", decimals.compare_texts)
