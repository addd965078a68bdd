"""How long a call takes, and how much memory it holds at the most."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from ..report import Figure
from .contestants import LIST, AsyncContestant, Contestant

C = TypeVar("C")
_ROUNDS: Final = 15
_CALLS: Final = 300
_LONG_CALLS: Final = 12

Figures = dict[str, dict[str, Figure]]


def time_sync(contestants: Sequence[Contestant]) -> Figures:
    """The least time of a call over many rounds, in which the contestants take turns."""
    found: dict[str, dict[str, list[float]]] = {}
    memory: dict[tuple[str, str], float] = {}
    for number in range(_ROUNDS + 1):
        for contestant in _in_turn(contestants, number):
            for name, call in contestant.calls().items():
                if number == 0:
                    memory[name, contestant.name] = _peak(call)
                    continue
                calls = range(_LONG_CALLS if name == LIST else _CALLS)
                started = time.perf_counter()
                for _ in calls:
                    call()
                taken = (time.perf_counter() - started) / len(calls)
                found.setdefault(name, {}).setdefault(contestant.name, []).append(taken)
    return _figures(found, memory)


async def time_async(contestants: Sequence[AsyncContestant]) -> Figures:
    """The same for calls that are awaited, one after the other."""
    found: dict[str, dict[str, list[float]]] = {}
    memory: dict[tuple[str, str], float] = {}
    for number in range(_ROUNDS + 1):
        for contestant in _in_turn(contestants, number):
            for name, call in contestant.calls().items():
                if number == 0:
                    memory[name, contestant.name] = await _peak_awaited(call)
                    continue
                calls = range(_LONG_CALLS if name == LIST else _CALLS)
                started = time.perf_counter()
                for _ in calls:
                    await call()
                taken = (time.perf_counter() - started) / len(calls)
                found.setdefault(name, {}).setdefault(contestant.name, []).append(taken)
    return _figures(found, memory)


def _in_turn(contestants: Sequence[C], number: int) -> list[C]:
    """Who comes first changes from round to round."""
    at = number % len(contestants)
    return [*contestants[at:], *contestants[:at]]


def _figures(found: dict[str, dict[str, list[float]]], memory: dict[tuple[str, str], float]) -> Figures:
    return {
        call: {name: Figure(min(times), memory[call, name]) for name, times in sorted(by_name.items())}
        for call, by_name in found.items()
    }


def _peak(call: Callable[[], object]) -> float:
    call()
    gc.collect()
    tracemalloc.start()
    kept = call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak / 1e6


async def _peak_awaited(call: Callable[[], Awaitable[object]]) -> float:
    await call()
    gc.collect()
    tracemalloc.start()
    kept = await call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak / 1e6
