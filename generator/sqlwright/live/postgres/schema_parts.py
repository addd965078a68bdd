"""The parts of a schema: statements that a query of the catalogs writes."""

from __future__ import annotations

from typing import Final

from ...model.values import value
from ...runtime.postgres.adapters import LEDGER
from .connecting import Connection

OURS: Final = """(n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and (%(only)s::text is null or n.nspname = %(only)s))"""
"""A condition on a schema `n`: it is the user's."""
NAME: Final = "case when n.nspname = current_schema() then '' else quote_ident(n.nspname) || '.' end || quote_ident({})"
"""The name of a thing in a schema `n`, with that only where it is needed."""
LEDGER_TABLE: Final = LEDGER.read.split(" from ")[1].split()[0]


@value
class Part:
    """A statement. Parts of a lower rank come first, where none needs another."""

    rank: int
    number: int
    text: str


def own(classid: str, oid: str) -> str:
    """A condition: the thing was not made by an extension."""
    return (
        f"not exists (select from pg_depend e where e.classid = '{classid}'::regclass and e.objid = {oid} "
        "and e.deptype = 'e')"
    )


def rows(connection: Connection, query: str, only: str | None) -> list[Part]:
    """The statements of a query which gives each its rank and its number."""
    found = connection.execute(query.encode(), {"only": only, "ledger": LEDGER_TABLE}).fetchall()
    return [Part(int(str(rank)), int(str(number)), str(text)) for rank, number, text in found]


def options(sequence: str) -> str:
    """The options of a row of pg_sequence, but for those that are not written of a plain sequence."""
    bound = f"case {sequence}.seqtypid when 'int2'::regtype then {{}} when 'int4'::regtype then {{}} else {{}} end"
    top = bound.format(32767, 2147483647, 9223372036854775807)
    bottom = bound.format(-32768, -2147483648, "'-9223372036854775808'::int8")
    return f"""concat(
        case when {sequence}.seqincrement <> 1 then ' increment by ' || {sequence}.seqincrement end,
        case when {sequence}.seqmin <> case when {sequence}.seqincrement > 0 then 1 else {bottom} end
             then ' minvalue ' || {sequence}.seqmin end,
        case when {sequence}.seqmax <> case when {sequence}.seqincrement > 0 then {top} else -1 end
             then ' maxvalue ' || {sequence}.seqmax end,
        case when {sequence}.seqstart <> case when {sequence}.seqincrement > 0 then {sequence}.seqmin
             else {sequence}.seqmax end then ' start with ' || {sequence}.seqstart end,
        case when {sequence}.seqcache <> 1 then ' cache ' || {sequence}.seqcache end,
        case when {sequence}.seqcycle then ' cycle' end)"""
