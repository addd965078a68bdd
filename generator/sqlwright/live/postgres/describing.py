"""What PostgreSQL says of statements that it has prepared and planned, and not run."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from psycopg.pq import DiagnosticField
from psycopg.pq.abc import PGconn, PGresult

from ...model.values import value
from ..base import Description, Refusal, ServerColumn
from .connecting import Connection
from .pipeline import failure, results

_TYPES: Final = """
    with recursive base (oid, base) as (
        select t.oid, t.oid from pg_type t where t.typtype <> 'd'
        union all
        select d.oid, b.base from pg_type d join base b on b.oid = d.typbasetype where d.typtype = 'd'
    ), named as (
        select b.oid, b.base, case when e.oid is null then t.typname else '_' || e.typname end as name
        from base b
        join pg_type t on t.oid = b.base
        left join base element on element.oid = t.typelem and exists (
            select from pg_type made where made.oid = t.typelem and made.typarray = t.oid)
        left join pg_type e on e.oid = element.base
    )
    select oid::int8, base::int8, name from named
"""
"""Each type with its base: a domain's is what it is made of, and so is that of an array of a domain's."""
_COLUMNS: Final = """
    select c.oid::int8, a.attnum, case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname,
           a.attname
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.oid = any(%s::int8[]::oid[]) and a.attnum > 0
"""
_PLANNED: Final = re.compile(
    r"(?>\s+|--[^\n]*|/\*.*?\*/|\()*+(?:select|insert|update|delete|merge|with|values|table)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The statements that have a plan. No other may be explained: EXECUTE of itself would take the server down."""
_IN_PLANNING: Final = ("42P10", "0A000", "22", "54")
"""What a plan can be refused for that lies in the statement: a conflict's key that is none, a join or a lock that
there is not, a constant that cannot be evaluated. Other errors come of what a function says in this session, such as
`current_setting` of a name that nobody has set here."""
_VALUES: Final = "22"
_GENERIC: Final = b"set plan_cache_mode = force_generic_plan"
_CUSTOM: Final = b"set plan_cache_mode = force_custom_plan"


@value
class Types:
    """The types of a database by their number."""

    names: Mapping[int, str]
    bases: Mapping[int, int]


@value
class Prepared:
    """A statement that the server has prepared by a name of ours, and what it says of it."""

    name: str
    sql: str
    result: PGresult

    @property
    def parameters(self) -> list[int]:
        return [self.result.param_type(place) for place in range(self.result.nparams)]


def describe(connection: Connection, statements: Sequence[str]) -> list[Description | Refusal]:
    """What the server says of each. Raises ServerUnavailable when the connection is lost."""
    types = _types(connection)
    prepared = prepare(connection, statements)
    accepted = [found for found in prepared if isinstance(found, Prepared)]
    refused = _refused_plans(connection, accepted, types)
    columns = _columns(connection, (found.result for found in accepted))
    connection.execute("deallocate all")
    return [
        found if isinstance(found, Refusal) else refused.get(found.name) or _description(found.result, types, columns)
        for found in prepared
    ]


def prepare(connection: Connection, statements: Sequence[str]) -> list[Prepared | Refusal]:
    """Each statement prepared by a name that no statement can have."""
    mark = secrets.token_hex(8)
    names = [f"sqlwright_{mark}_{place}" for place in range(len(statements))]
    sendable = [
        (name, text.encode()) for name, text in zip(names, statements, strict=True) if _unsendable(text) is None
    ]
    received = results(connection.pgconn, [partial(_send, name=name.encode(), sql=sql) for name, sql in sendable])
    answers = {name: found for (name, _), found in zip(sendable, received, strict=True)}
    found: list[Prepared | Refusal] = []
    for name, text in zip(names, statements, strict=True):
        unsendable = _unsendable(text)
        if unsendable is not None:
            found.append(unsendable)
        elif (failed := failure(answers[name])) is not None:
            found.append(refusal(failed))
        else:
            found.append(Prepared(name, text, answers[name][1]))
    return found


def explained(
    connection: Connection, prepared: Sequence[Prepared], types: Types, options: str = ""
) -> list[list[PGresult] | None]:
    """The results of EXPLAIN for each statement; None for one that has no plan.

    Its parameters are NULL, which a domain may not be: they are declared anew as what the domain is made of.
    """
    planned = [found for found in prepared if _PLANNED.match(found.sql)]
    mark = secrets.token_hex(4)
    sent = [partial(_explain, prepared=found, types=types, mark=mark, options=options) for found in planned]
    answers = {found.name: answer for found, answer in zip(planned, results(connection.pgconn, sent), strict=True)}
    return [answers.get(found.name) for found in prepared]


def refusal(result: PGresult) -> Refusal:
    """An error in the server's words, at a place of the statement that was sent."""
    position = _field(result, DiagnosticField.STATEMENT_POSITION)
    message = _field(result, DiagnosticField.MESSAGE_PRIMARY) or result.error_message.decode(errors="replace").strip()
    detail = _field(result, DiagnosticField.MESSAGE_DETAIL)
    return Refusal(
        _field(result, DiagnosticField.SQLSTATE) or "",
        message if detail is None else f"{message} ({detail})",
        None if position is None else int(position) - 1,
        _field(result, DiagnosticField.MESSAGE_HINT),
    )


def types_of(connection: Connection) -> Types:
    """The types that there are now."""
    return _types(connection)


def _types(connection: Connection) -> Types:
    rows = connection.execute(_TYPES).fetchall()
    return Types(
        {int(str(oid)): str(name) for oid, _, name in rows}, {int(str(oid)): int(str(base)) for oid, base, _ in rows}
    )


def _unsendable(statement: str) -> Refusal | None:
    """Text that would not come to the server as it is: in C a text ends at NUL."""
    if "\0" in statement:
        return Refusal("22021", "a statement cannot hold the character NUL", statement.index("\0"))
    try:
        statement.encode()
    except UnicodeEncodeError as error:
        return Refusal("22021", "a statement cannot hold half of a surrogate pair", error.start)
    return None


def _send(pgconn: PGconn, name: bytes, sql: bytes) -> None:
    pgconn.send_prepare(name, sql)
    pgconn.send_describe_prepared(name)


def _explain(pgconn: PGconn, prepared: Prepared, types: Types, mark: str, options: str) -> None:
    name, parameters = prepared.name, prepared.parameters
    bases = [types.bases.get(oid, oid) for oid in parameters]
    if bases != parameters:
        name = f"{name}_{mark}"
        pgconn.send_prepare(name.encode(), prepared.sql.encode(), bases)
    values = f"({', '.join(['null'] * len(parameters))})" if parameters else ""
    pgconn.send_query_params(f"explain {options} execute {name}{values}".encode(), None)


def _refused_plans(connection: Connection, prepared: Sequence[Prepared], types: Types) -> dict[str, Refusal]:
    """The statements that are refused when they are planned.

    A constant is evaluated where a plan holds for all values, though one for certain values may leave it out
    (`case when $1 then 1 / 0 end`): it is a fault if both do.
    """
    connection.execute(_GENERIC)
    refused = _planning_errors(connection, prepared, types)
    doubtful = [found for found in prepared if found.name in refused and refused[found.name].code.startswith(_VALUES)]
    if doubtful:
        connection.execute(_CUSTOM)
        kept = _planning_errors(connection, doubtful, types)
        refused = {name: error for name, error in refused.items() if name in kept or not error.code.startswith(_VALUES)}
    return refused


def _planning_errors(connection: Connection, prepared: Sequence[Prepared], types: Types) -> dict[str, Refusal]:
    found: dict[str, Refusal] = {}
    for statement, answer in zip(prepared, explained(connection, prepared, types), strict=True):
        failed = None if answer is None else failure(answer)
        if failed is None:
            continue
        error = refusal(failed)
        if error.code.startswith(_IN_PLANNING):
            # Its place, where it has one, is that in the EXPLAIN.
            found[statement.name] = Refusal(error.code, error.message, None, error.hint)
    return found


def _columns(connection: Connection, described: Iterable[PGresult]) -> dict[tuple[int, int], tuple[str, str]]:
    """The columns of all tables that results come from, by the numbers that they are told by."""
    tables = {result.ftable(place) for result in described for place in range(result.nfields)} - {0}
    rows = connection.execute(_COLUMNS, (sorted(tables),)).fetchall() if tables else []
    return {(int(str(oid)), int(str(number))): (str(table), str(name)) for oid, number, table, name in rows}


def _description(result: PGresult, types: Types, columns: Mapping[tuple[int, int], tuple[str, str]]) -> Description:
    return Description(
        tuple(types.names.get(result.param_type(place)) for place in range(result.nparams)),
        tuple(
            ServerColumn(
                (result.fname(place) or b"").decode(),
                types.names.get(result.ftype(place)),
                origin=columns.get((result.ftable(place), result.ftablecol(place))),
            )
            for place in range(result.nfields)
        ),
    )


def _field(result: PGresult, field: DiagnosticField) -> str | None:
    found = result.error_field(field)
    return None if found is None else found.decode(errors="replace")
