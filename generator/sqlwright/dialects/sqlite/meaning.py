"""Which operations SQLite's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Call, Expression, String
from ...model.types import Type
from ..literals import neutral_literal
from ..translation import Types

_NOW: Final = {"current_timestamp": "moment.now.text", "current_date": "moment.today", "datetime": "moment.now.text"}


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
        return node.args if isinstance(node, Call) else ()

    def literal(self, text: str, type: Type) -> str | None:
        return neutral_literal(text, type)
