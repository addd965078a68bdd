"""In which type values are compared that were written where a literal takes the type of what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ....model.syntax import Boolean, Expression, Null, String
from ....model.types import Kind, Type
from ...spelling.comparing import common, common_type
from ...spelling.constants import number
from ...spelling.kinds import DATES, FLOATS, INTEGERS, described
from ...translation import Translating
from .dates import is_moment_text
from .literals import number_text

_MOMENTS: Final = frozenset((*DATES, Kind.TIME))
_WIDTHS: Final = {Kind.DATE: (10,), Kind.TIME: (15,), Kind.TIMESTAMP: (19, 26), Kind.TIMESTAMPTZ: (19, 25, 32)}
"""The lengths of texts that are the same as a text and as a moment."""


def compared_in(nodes: Sequence[Expression], t: Translating) -> Type | None:
    """The type in which values are compared; None when there is none that is exact."""
    if not t.moments_are_text():
        return Type(Kind.UINT64) if _are_unsigned(nodes, t) else common(nodes, t)
    leading = [one for one in nodes if not _is_literal(one)]
    if not leading:
        return common(nodes, t)
    types = [t.type(one) for one in leading]
    moments = {type.kind for type in types if type.kind in _MOMENTS}
    if len(moments) > 1:
        return None
    if moments:
        given = [type for one, type in zip(leading, types, strict=True) if not is_moment_text(one, t)]
        return given[0] if all(type.kind in moments for type in given) else None
    found = common_type(types)
    if found is None or found.kind is not Kind.BOOL:
        return found
    literals = [one for one in nodes if _is_literal(one)]
    if all(isinstance(one, Null | Boolean) or number(one) in (0, 1) for one in literals):
        return found
    return Type(Kind.INT64) if all(number(one) is not None or isinstance(one, Null) for one in literals) else None


def check_literal(node: Expression, type: Type, t: Translating) -> None:
    """Refuse a text that means another value, or is ordered otherwise, as a value of the type."""
    if not isinstance(node, String):
        return
    if type.kind in INTEGERS | FLOATS | {Kind.DECIMAL, Kind.BOOL} or (type.kind is Kind.BYTES and node.mark != "x"):
        t.refuse(f"a text compared with {described(type)}", node, "write the number without quotes")
    if type.kind in _MOMENTS:
        found = t.literal(node.value, type)
        if found is None or len(node.value) not in _WIDTHS[type.kind] or not found.startswith(node.value[:19]):
            t.refuse(f"`{t.written(node)}` as {described(type)}", node, "write it in full: '2024-01-31 08:00:00'")


def _are_unsigned(nodes: Sequence[Expression], t: Translating) -> bool:
    """Whether values are numbers of 64 bits without a sign. In IN and CASE, MySQL takes a negative number for one of
    them (2**63 for -2**63), and MariaDB does not."""
    kinds = {t.type(one).kind for one in nodes if number(one) is None and not isinstance(one, Null)}
    values = [value for one in nodes if (value := number(one)) is not None]
    return kinds == {Kind.UINT64} and all(number_text(value, Type(Kind.UINT64)) for value in values)


def _is_literal(node: Expression) -> bool:
    return isinstance(node, Null | String | Boolean) or number(node) is not None
