"""Which operations MySQL's expressions are."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.syntax import Binary, Call, Expression, Unary
from ...model.types import Type
from ..literals import neutral_literal
from ..translation import Types


class MysqlMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (True, False)

    def operation(self, node: Expression, types: Types) -> str | None:
        return None

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        match node:
            case Binary(left=left, right=right):
                return (left, right)
            case Unary(operand=operand):
                return (operand,)
            case Call(args=args):
                return args
            case _:
                return ()

    def literal(self, text: str, type: Type) -> str | None:
        return neutral_literal(text, type)
