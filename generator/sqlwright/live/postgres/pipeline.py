"""Many small exchanges with a server in few round trips (manual, 34.5: libpq's pipeline mode)."""

from __future__ import annotations

import selectors
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from ..errors import ServerUnavailable

Exchange: TypeAlias = Callable[[PGconn], None]
"""Sends what belongs together: where one message fails, those behind it are passed over."""
GOOD: Final = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY)
_BATCH: Final = 256


def results(pgconn: PGconn, exchanges: Sequence[Exchange]) -> list[list[PGresult]]:
    """The results of each exchange. Each is a transaction, and no failure of one spoils another.

    Raises ServerUnavailable when the connection is lost.
    """
    found: list[list[PGresult]] = []
    for start in range(0, len(exchanges), _BATCH):
        found += _batch(pgconn, exchanges[start : start + _BATCH])
    return found


def failure(received: Iterable[PGresult]) -> PGresult | None:
    """The first result of an exchange that is an error."""
    return next((result for result in received if result.status not in GOOD), None)


def _batch(pgconn: PGconn, exchanges: Sequence[Exchange]) -> list[list[PGresult]]:
    with _pipeline(pgconn):
        for send in exchanges:
            send(pgconn)
            pgconn.pipeline_sync()
        found: list[list[PGresult]] = [[]]
        for result in _received(pgconn):
            if result.status == ExecStatus.PIPELINE_SYNC:
                if len(found) == len(exchanges):
                    break
                found.append([])
            else:
                found[-1].append(result)
    return found


@contextmanager
def _pipeline(pgconn: PGconn) -> Generator[None, None, None]:
    """Not blocking: where both sides wait for the other to read, neither would go on."""
    blocking = pgconn.nonblocking
    pgconn.nonblocking = 1
    pgconn.enter_pipeline_mode()
    yield
    pgconn.exit_pipeline_mode()
    pgconn.nonblocking = blocking


def _received(pgconn: PGconn) -> Iterator[PGresult]:
    """Results as they come, while what is still to be sent is sent."""
    with selectors.DefaultSelector() as selector:
        selector.register(pgconn.socket, selectors.EVENT_READ)
        while True:
            waiting = selectors.EVENT_WRITE if pgconn.flush() else 0
            selector.modify(pgconn.socket, selectors.EVENT_READ | waiting)
            if any(event & selectors.EVENT_READ for _, event in selector.select()):
                pgconn.consume_input()
            while not pgconn.is_busy():
                result = pgconn.get_result()
                if result is not None:
                    yield result
                elif pgconn.status != ConnStatus.OK:
                    raise ServerUnavailable("the connection to the PostgreSQL server is lost")
