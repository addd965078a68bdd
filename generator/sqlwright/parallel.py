"""Work in several processes at once, where the system can fork and has the processors for it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_MOST: Final = 4


def processes() -> int:
    """How many processes are worth having."""
    if not hasattr(os, "fork"):
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


class Beside(Generic[T]):
    """A task that a child of this process does while this one goes on; nothing where a process cannot fork."""

    def __init__(self, task: Callable[[], T]) -> None:
        self._child = _started(task) if processes() > 1 else None

    def result(self) -> T | None:
        """What came of it; None when it failed, or was not begun."""
        data = _received(*self._child) if self._child is not None else b""
        result: T | None = pickle.loads(data) if data else None
        return result


def at_once(tasks: Sequence[Callable[[], T | None]]) -> list[T] | None:
    """What the tasks give, each but the first done by a child of this process; None when one gives None, or fails.

    A child sees all that there is in this process; what it gives is pickled.
    """
    children = [_started(task) for task in tasks[1:]]
    try:
        found: list[T | None] = [tasks[0]()]
    finally:
        given = [_received(child, pipe) for child, pipe in children]
    for data in given:
        result: T | None = pickle.loads(data) if data else None
        found.append(result)
    return [result for result in found if result is not None] if None not in found else None


def _started(task: Callable[[], object]) -> tuple[int, int]:
    """A child that does a task, and the pipe through which it tells what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(task()))
        status = 0
    finally:
        os._exit(status)


def _received(child: int, pipe: int) -> bytes:
    """What a child told; nothing when it failed."""
    with os.fdopen(pipe, "rb") as reading:
        data = reading.read()
    _, status = os.waitpid(child, 0)
    return data if status == 0 else b""
