"""How the analysis of one query grows with the query: twice as much of anything may not take much more than twice the
time. Each query is written for PostgreSQL, and translated for the others."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable
from typing import Final

from sqlwright.analysis import analyze_queries, build_schema
from sqlwright.diagnostics import Source, has_errors
from sqlwright.dialects import dialect
from sqlwright.infer.environment import Environment
from sqlwright.model.catalog import Column, Table
from sqlwright.translate.translated import translated_statement

from .report import Figure, Line
from .shapes import SHAPES, Shape

_ROUNDS: Final = 7
_LONGEST: Final = 1.0
"""Seconds for any of the queries."""
_GROWTH: Final = 3.0
"""The most that a query twice as large may take, as a multiple: 2 and what the clock is unsure of."""
_WRITTEN: Final = dialect("postgres")
_TARGETS: Final = tuple(dialect(name) for name in ("sqlite", "mysql", "mariadb"))


def measure_analysing() -> list[Line]:
    """The figures of each shape, beside those of half of it."""
    return [line for shape in SHAPES for line in _lines(shape)]


def _lines(shape: Shape) -> list[Line]:
    half = shape.size // 2
    ours, other = _figures(_work(shape, shape.size), _work(shape, half))
    whole = shape.named(shape.size)
    return [Line(whole, ours, most=_LONGEST), Line(whole, ours, f"{half:,}", other, _GROWTH)]


def _work(shape: Shape, size: int) -> Callable[[], None]:
    schema, query = shape.made(size)
    command = "many" if query.startswith(("select", "with")) else "exec"
    text = f"-- name: measured :{command}\n{query};\n"
    return lambda: _analyse(schema, text)


def _analyse(schema: str, text: str) -> None:
    catalog = build_schema([Source("schema.sql", schema)], _WRITTEN).catalog
    found = analyze_queries([Source("queries.sql", text)], catalog, _WRITTEN)
    if has_errors(found.diagnostics):
        raise RuntimeError(found.diagnostics[0].message)
    (query,) = found.queries
    for target in _TARGETS:
        environment = Environment(catalog, _WRITTEN)
        translated = translated_statement(query, found.facts[query], environment, target, _no_default)
        if translated.statement is None:
            raise RuntimeError(f"{target.title}: {translated.diagnostics[0].message}")


def _no_default(column: Column, table: Table) -> str | None:
    return None


def _figures(whole: Callable[[], None], half: Callable[[], None]) -> tuple[Figure, Figure]:
    """The shortest of several runs of each. They take turns, to meet the same load."""
    memory = _peak(whole), _peak(half)
    times: list[tuple[float, float]] = [(_seconds(whole), _seconds(half)) for _ in range(_ROUNDS)]
    seconds = [min(column) for column in zip(*times, strict=True)]
    return Figure(seconds[0], memory[0]), Figure(seconds[1], memory[1])


def _seconds(work: Callable[[], None]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak(work: Callable[[], None]) -> float:
    """Megabytes. The run warms up what is made once, too."""
    work()
    gc.collect()
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
