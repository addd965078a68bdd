"""The schema of each database as SQL scripts: what makes it, and what takes it away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..diagnostics import Diagnostic, error, in_order, warning
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Key
from ..model.ddl import AddConstraint, AlterTable, Constraint, CreateFunction, CreateTable, CreateTrigger, ObjectName
from ..model.schema import SchemaStatement
from ..model.values import value
from .carried import CarriedSchema
from .defaults import column_default
from .flatten import flattened
from .replay import own_triggers, replayed

__all__ = ["SchemaScript", "column_default", "schema_script", "target_schema", "written_schema"]

_BY_HAND: Final = (
    "what it does must be done by the service there, or by a trigger of that database in a further migration script, "
    "with `-- allow migrations-differ: ` and the reason above it"
)
_TOUCHED: Final = (
    f"for a column that every update sets to the time, write `-- on update: now()` behind it instead; else {_BY_HAND}"
)


@value
class SchemaScript:
    """The script that makes a schema, the one that takes it away, and what was found on the way."""

    up: str
    down: str
    diagnostics: tuple[Diagnostic, ...]


def schema_script(
    catalog: Catalog, statements: Sequence[SchemaStatement], written: Dialect, target: Dialect
) -> SchemaScript:
    """The scripts of a schema for any database, the one that it was written for among them."""
    if target.name == written.name:
        return written_schema(statements, catalog, written)
    return target_schema(catalog, statements, written, target)


def written_schema(statements: Sequence[SchemaStatement], catalog: Catalog, dialect: Dialect) -> SchemaScript:
    """The scripts for the database that a schema was written for: the user's statements, and our triggers."""
    triggers, findings = own_triggers(catalog, dialect)
    up = [*replayed(statements, dialect), *triggers]
    return SchemaScript(_script(up), _script(dialect.ddl.down(catalog)), tuple(findings))


def target_schema(
    catalog: Catalog, statements: Sequence[SchemaStatement], written: Dialect, target: Dialect
) -> SchemaScript:
    """The scripts for another database, made from the catalog. What it cannot have is an error at its place."""
    flat = flattened(catalog, written, target)
    carried = CarriedSchema(flat, catalog, written, target)
    up = target.ddl.up(carried)
    findings = [*carried.findings, *_not_carried(catalog, statements, written, target)]
    return SchemaScript(_script(up), _script(target.ddl.down(flat.catalog)), tuple(in_order(findings)))


def _script(statements: Sequence[str]) -> str:
    """The statements with a blank line around each that takes several."""
    parts: list[str] = []
    before = ""
    for statement in statements:
        if parts and ("\n" in before or "\n" in statement):
            parts.append("\n")
        parts.append(f"{statement};\n")
        before = statement
    return "".join(parts)


# What a catalog does not hold in full


def _not_carried(
    catalog: Catalog, statements: Sequence[SchemaStatement], written: Dialect, target: Dialect
) -> Iterator[Diagnostic]:
    """Functions, triggers and exclusion constraints of the user's that are still there in the end."""

    def key(name: ObjectName) -> Key:
        *schemas, last = [written.names.spelled(part) for part in name]
        return (schemas[-1] if schemas else catalog.default_schema, last)

    for statement in statements:
        source = statement.source
        match statement.definition:
            case CreateFunction(name=name, kind=kind) if key(name) in catalog.functions:
                message = f"{kind} `{key(name)[1]}` is not carried over to {target.title}"
                span = source.span(name[0].start, name[-1].end)
                yield warning("not-carried", message, span, "what it does must be done by the service there")
            case CreateTrigger(name=name, table=on, events=events) if _has_trigger(
                catalog, key(on), written.names.spelled(name)
            ):
                message = f"trigger `{written.names.spelled(name)}` is not carried over to {target.title}"
                help = _TOUCHED if events == ("update",) else _BY_HAND
                yield warning("not-carried", message, source.span(name.start, name.end), help)
            case CreateTable(name=name, constraints=constraints) if key(name) in catalog.tables:
                yield from _exclusions(statement, constraints, target)
            case AlterTable(name=name, actions=actions) if key(name) in catalog.tables:
                added = [action.constraint for action in actions if isinstance(action, AddConstraint)]
                yield from _exclusions(statement, added, target)
            case _:
                pass


def _has_trigger(catalog: Catalog, table: Key, name: str) -> bool:
    found = catalog.tables.get(table)
    return found is not None and any(trigger.name == name for trigger in found.triggers)


def _exclusions(statement: SchemaStatement, constraints: Sequence[Constraint], target: Dialect) -> Iterator[Diagnostic]:
    for constraint in constraints:
        if constraint.kind == "exclude":
            span = statement.source.span(constraint.start, constraint.end)
            message = f"{target.title} has no exclusion constraints"
            yield error("not-translatable", message, span, "leave it out, and look for conflicts in the query")
