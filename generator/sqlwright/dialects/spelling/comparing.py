"""In which type values are compared."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.syntax import Expression, Null
from ...model.types import Kind, Type
from ..translation import Translating
from .kinds import DATES, FLOATS, INTEGERS, NUMBERS, PLAIN


def common(nodes: Sequence[Expression], t: Translating) -> Type | None:
    """The type in which values are compared; None when there is none that is exact."""
    return common_type([t.type(node) for node in nodes if not isinstance(node, Null)])


def common_type(types: Sequence[Type]) -> Type | None:
    kinds = {type.kind for type in types}
    if not kinds:
        return Type(Kind.STR)
    if kinds <= INTEGERS:
        return types[0]
    if kinds <= INTEGERS | {Kind.BOOL} and kinds != {Kind.BOOL}:
        return next(type for type in types if type.kind in INTEGERS)
    if kinds <= NUMBERS:
        floats = kinds & FLOATS
        return Type(Kind.FLOAT64 if floats and kinds != {Kind.FLOAT32} else Kind.FLOAT32 if floats else Kind.DECIMAL)
    if kinds <= set(DATES):
        return Type(max(kinds, key=DATES.index))
    return types[0] if len(kinds) == 1 and kinds <= PLAIN else None


def alike(source: Type, target: Type) -> bool:
    """Whether values of two types are kept in the same form."""
    if source.element is not None and target.element is not None:
        return alike(source.element, target.element)
    if source.kind in INTEGERS and target.kind in INTEGERS:
        return True
    return source.kind is target.kind and source.kind is not Kind.OTHER
