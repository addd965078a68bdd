"""The parameters of a query from the facts about their places: names, types, and whether they may be NULL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..diagnostics import Diagnostic, Span, error, has_errors
from ..model.query import NamedQuery, Placeholder
from ..model.typed import TypedParameter
from ..model.types import Kind, SqlType, Type
from .environment import Environment
from .facts import ParameterFacts, TypeFacts
from .typing.typer import conflict

_SORTS: Final = {
    "number": frozenset(
        (Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL)
    ),
    "text": frozenset((Kind.STR, Kind.ENUM)),
    "bytes": frozenset((Kind.BYTES,)),
    "moment": frozenset((Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ)),
    "time": frozenset((Kind.TIME,)),
    "uuid": frozenset((Kind.UUID,)),
}
"""The kinds of values by what Python has for them."""


def nullable_parameters(facts: TypeFacts) -> frozenset[str]:
    """The keys of the parameters that take NULL."""
    return frozenset(key for key, parameter in facts.parameters.items() if _takes_null(parameter))


def _takes_null(parameter: ParameterFacts) -> bool:
    """What its mark says; else whether it is stored where NULL may be, or asked whether it is NULL."""
    for placeholder in parameter.placeholders:
        if placeholder.nullable is not None:
            return placeholder.nullable
    if parameter.sequence:
        return False
    return parameter.tested or (parameter.stored_nullable and not parameter.stored_required)


def conflicting_parameters(facts: TypeFacts, query: NamedQuery, environment: Environment) -> list[Diagnostic]:
    """Parameters that meet columns of different sorts, in a database that would take any value in each place."""
    if environment.dialect.features.types_are_checked:
        return []
    found: list[Diagnostic] = []
    for parameter in facts.parameters.values():
        for place, other in parameter.met_at[1:]:
            first, column = parameter.met_at[0]
            sorts = {_sort(environment.types.neutral(one.type)) for one in (column, other)}
            if len(sorts) > 1 and None not in sorts:
                types = [environment.types.display(one.type) for one in (column, other)]
                message = f"parameter `{parameter.name}` cannot be both {types[0]} and {types[1]}"
                here, there = query.span(place.start, place.end), query.span(first.start, first.end)
                found.append(conflict(message, here, there, types[0]))
                break
    return found


def _sort(type: Type) -> str | None:
    """What sort of value a parameter of a type takes; None where that is not known."""
    return next((sort for sort, kinds in _SORTS.items() if type.kind in kinds), None)


def typed_parameters(
    query: NamedQuery, facts: TypeFacts, environment: Environment, findings: list[Diagnostic]
) -> tuple[tuple[TypedParameter, ...], tuple[int, ...]]:
    """The parameters in order, and for each placeholder the number of its parameter."""
    keys = _ordered_keys(query.placeholders)
    names = _names([facts.parameters[key] for key in keys])
    parameters = tuple(
        _typed(facts.parameters[key], name, query, environment, findings) for key, name in zip(keys, names, strict=True)
    )
    positions = {key: position for position, key in enumerate(keys)}
    return parameters, tuple(positions[placeholder.key] for placeholder in query.placeholders)


def _ordered_keys(placeholders: Sequence[Placeholder]) -> list[str]:
    """Order of first appearance; the numbered ones among them by number."""
    keys = list(dict.fromkeys(placeholder.key for placeholder in placeholders))
    numbers = {placeholder.key: placeholder.number for placeholder in placeholders}
    numbered = iter(sorted((key for key in keys if numbers[key] is not None), key=lambda key: numbers[key] or 0))
    return [next(numbered) if numbers[key] is not None else key for key in keys]


def _names(parameters: Sequence[ParameterFacts]) -> list[str]:
    """The names of parameters: as written, else the column they meet, else arg1, arg2, …; all different."""
    taken = {parameter.placeholders[0].name for parameter in parameters}
    names: list[str] = []
    for position, parameter in enumerate(parameters, 1):
        written = parameter.placeholders[0].name
        if written is not None:
            names.append(written)
            continue
        base = parameter.hint or f"arg{position}"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        names.append(name)
    return names


def _typed(
    parameter: ParameterFacts,
    name: str,
    query: NamedQuery,
    environment: Environment,
    findings: list[Diagnostic],
) -> TypedParameter:
    types = environment.types
    first = parameter.placeholders[0]
    span = query.span(first.start, first.end)
    found = parameter.type
    if found is None:
        found = _undetermined(name, span, environment, findings)
    element = (types.element(found) or found) if parameter.sequence else found
    return TypedParameter(
        name,
        parameter.key,
        _precise(types.neutral(element), parameter, environment),
        element,
        types.display(element),
        _takes_null(parameter),
        parameter.sequence,
        span,
        tuple(parameter.meets),
    )


def _undetermined(name: str, span: Span, environment: Environment, findings: list[Diagnostic]) -> SqlType:
    """A parameter that nothing gives a type: refused where the database refuses it.

    A query with another mistake may have lost the place that would have told, and gets no second finding for it.
    """
    if environment.dialect.features.types_are_checked and not has_errors(findings):
        findings.append(
            error(
                "undetermined-parameter",
                f"nothing tells the type of parameter `{name}`",
                span,
                f"cast it where it stands: cast({span.text} as …)",
            )
        )
    return SqlType("")


def _precise(type: Type, parameter: ParameterFacts, environment: Environment) -> Type:
    """The type with the precision of the column that the parameter is stored in, wherever it stands.

    Databases forget it (to both `set price = $1` takes a numeric), and what keeps decimals as text needs it. One that
    is compared or computed with keeps all its digits.
    """
    if type.kind is not Kind.DECIMAL or type.precision is not None:
        return type
    if len(parameter.stored) < len(parameter.placeholders):
        return type
    known = {environment.types.neutral(column.type) for column in parameter.stored}
    found = next(iter(known))
    return found if len(known) == 1 and found.kind is Kind.DECIMAL and found.precision is not None else type
