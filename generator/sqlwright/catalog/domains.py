"""Domains: a type with what its values must be."""

from __future__ import annotations

from dataclasses import replace

from ..model.catalog import Check, Domain, Key
from ..model.ddl import AlterDomain, CreateDomain
from ..model.syntax import ColumnName, Is, Logical
from .state import State
from .tables import sql_of


def create_domain(state: State, key: Key, statement: CreateDomain) -> None:
    """Define a domain under a name that is free."""
    checks = tuple(
        Check(sql_of(state, check.expression), state.spelled(check.name) if check.name is not None else None)
        for check in statement.checks
        if check.expression is not None
    )
    base = state.type_of(statement.type)
    inner = state.domains.get(base.key)
    nullable = statement.nullable and (inner is None or inner.nullable) and not any(map(_refuses_null, checks))
    default = sql_of(state, statement.default) if statement.default else None
    state.domains[key] = Domain(key[0], key[1], base, nullable, checks, default)


def alter_domain(state: State, statement: AlterDomain) -> None:
    """Change a domain by one action."""
    key = state.key(statement.name)
    found = state.domains.get(key)
    if found is None:
        state.unknown("domain", statement.name, state.domains)
        return
    match statement.action:
        case "set not null":
            state.domains[key] = replace(found, nullable=False)
        case "drop not null":
            state.domains[key] = replace(found, nullable=True)
        case "set default" if statement.default is not None:
            state.domains[key] = replace(found, default=sql_of(state, statement.default))
        case "drop default":
            state.domains[key] = replace(found, default=None)
        case "add" if statement.constraint is not None and statement.constraint.expression is not None:
            check = Check(sql_of(state, statement.constraint.expression))
            state.domains[key] = replace(found, checks=(*found.checks, check))
        case "drop constraint" if statement.constraint_name is not None:
            name = state.spelled(statement.constraint_name)
            gone = [check for check in found.checks if check.name in (None, name)]
            checks = tuple(check for check in found.checks if check.name != name)
            nullable = found.nullable or any(map(_refuses_null, gone))
            state.domains[key] = replace(found, checks=checks, nullable=nullable)
        case _:
            pass


def _refuses_null(check: Check) -> bool:
    """Whether a CHECK of a domain keeps its values from being NULL, as `value is not null and value > 0` does."""
    condition = check.condition.expression
    conjuncts = condition.operands if isinstance(condition, Logical) and condition.op == "and" else (condition,)
    return any(
        isinstance(one, Is)
        and one.test == "null"
        and one.negated
        and isinstance(one.operand, ColumnName)
        and [part.text.lower() for part in one.operand.parts] == ["value"]
        for one in conjuncts
    )
