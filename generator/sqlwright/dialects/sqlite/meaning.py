"""Which operations SQLite's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Expression, String, Unary
from ...model.types import Type
from ..literals import neutral_literal
from ..translation import Types

_NOW: Final = {
    "current_date": "moment.today",
    "current_timestamp": "moment.now.text",
    "date": "moment.today",
    "datetime": "moment.now.text",
}


class SqliteMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (True, False)

    def operation(self, node: Expression, types: Types) -> str | None:
        match node:
            case Call(args=(), form="bare") | Call(args=(String(value="now"),)):
                return _NOW.get(node.function)
            case _:
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
