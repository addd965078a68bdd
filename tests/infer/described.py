"""What PostgreSQL says of a query when it prepares it, and what we say of it, in the same words."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from sqlwright.dialects import dialect
from sqlwright.model.typed import TypedQuery
from sqlwright.translate.written import written_statement

Connection = psycopg.Connection[tuple[object, ...]]

BASE_TYPES = "select t.oid, coalesce(b.typname, t.typname) from pg_type t left join pg_type b on b.oid = t.typbasetype"
DOMAINS = {"email": "text", "label": "text", "positive": "int4"}


@dataclass(frozen=True, slots=True)
class Description:
    """Names and types of the columns, and types of the parameters, as `pg_type` calls them; a domain's is its base."""

    columns: list[tuple[str, str]]
    parameters: list[str]


def servers(query: TypedQuery, connection: Connection) -> Description:
    types = {int(str(oid)): str(kind) for oid, kind in connection.execute(BASE_TYPES)}
    statement = written_statement(query, dialect("postgres"))
    with connection.transaction(force_rollback=True):
        prepared = connection.pgconn.prepare(b"", statement.sql.encode())
        described = connection.pgconn.describe_prepared(b"")
    assert not prepared.error_message, prepared.error_message.decode()
    return Description(
        [((described.fname(n) or b"").decode(), types[described.ftype(n)]) for n in range(described.nfields)],
        [types[described.param_type(n)] for n in range(described.nparams)],
    )


def ours(query: TypedQuery) -> Description:
    return Description(
        [(column.name, _typname(column.sql_type.name, column.sql_type.array)) for column in query.columns],
        [
            _typname(parameter.sql_type.name, parameter.sql_type.array or parameter.sequence)
            for parameter in query.parameters
        ],
    )


def _typname(name: str, array: bool) -> str:
    return f"_{name}" if array else DOMAINS.get(name, name)
