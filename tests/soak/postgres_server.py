"""Asking PostgreSQL: it says the type of each column when it prepares a statement."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlwright.model.typed import TypedColumn

from tests.soak.facts import Facts
from tests.soak.postgres import POSTGRES
from tests.soak.servers import Answer, Prepared, SchemaRefused

TYPES = "select t.oid, coalesce(b.typname, t.typname) from pg_type t left join pg_type b on b.oid = t.typbasetype"
ROWS = 300
"""Rows of a result that are looked at: every second, third, … one of a greater result."""
LOCKS = "for update"
LATE = "nullable side of an outer join"
"""What only the planner finds."""
GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class PostgresServer:
    """One connection, in a transaction that is rolled back behind each schema."""

    facts: Facts = POSTGRES

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._pg = connection.pgconn
        self._types: dict[int, str] = {}
        self._send("set statement_timeout = '3s'; set client_min_messages = error; set jit = off")

    @contextmanager
    def holding(self, ddl: str) -> Generator[None, None, None]:
        try:
            made = self._send(f"begin; {ddl} savepoint made")
            if made.status not in GOOD:
                raise SchemaRefused(made.error_message.decode())
            found = self._send(TYPES)
            self._types = {int(found.get_value(n, 0) or 0): _text(found, n, 1) for n in range(found.ntuples)}
            yield
        finally:
            self._send("rollback")

    @contextmanager
    def filled(self, statements: Sequence[str]) -> Generator[None, None, None]:
        result = self._send(f"rollback to made; {' '.join(statements)} savepoint filled")
        assert result.status in GOOD, (result.error_message, statements)
        yield
        self._send("rollback to made")

    def prepare(self, statement: str) -> Prepared:
        self._send("savepoint asked")
        prepared = self._pg.prepare(b"", statement.encode())
        if prepared.status != ExecStatus.COMMAND_OK:
            refusal = prepared.error_message.decode()
            self._send("rollback to asked")
            return Prepared(refusal)
        described = self._pg.describe_prepared(b"")
        late = self._late_refusal(statement)
        if late is not None:
            return Prepared(late)
        return Prepared(None, tuple(self._types[described.ftype(n)] for n in range(described.nfields)))

    def _late_refusal(self, statement: str) -> str | None:
        """Why a statement cannot be planned: the rows of some joins cannot be locked."""
        if LOCKS not in statement:
            return None
        explained = self._send(f"explain {statement}")
        if explained.status in GOOD:
            return None
        self._send("rollback to asked")
        refusal = explained.error_message.decode()
        return refusal if LATE in refusal else None

    def run(self, statement: str) -> Answer:
        result = self._send(f"rollback to filled; {statement}")
        if result.status not in GOOD:
            return Answer(error=result.error_message.decode())
        places = range(result.nfields)
        rows = range(0, result.ntuples, result.ntuples // ROWS + 1)
        return Answer([[result.get_value(n, place) for place in places] for n in rows])

    def mismatch(self, column: TypedColumn, type: str | None, values: Sequence[object]) -> str | None:
        ours = column.sql_type
        said = f"_{ours.name}" if ours.array else {"small": "int4"}.get(ours.name, ours.name)
        return None if type is None or said == type else f"{said}, and the server says {type}"

    def _send(self, sql: str) -> PGresult:
        return self._pg.exec_(sql.encode())


def _text(result: PGresult, row: int, place: int) -> str:
    return (result.get_value(row, place) or b"").decode()
