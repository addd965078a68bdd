"""The entrance: each kind of node to the rule that writes it."""

from __future__ import annotations

from ....model.syntax import Expression, Node
from ....model.types import Type
from ...translation import Translating


class MysqlSpelling:
    """Implements `dialects.translation.Spelling`."""

    def rewrite(self, node: Node, t: Translating) -> str:
        t.refuse("this", node)

    def stored(self, node: Expression, type: Type, t: Translating) -> str:
        return t.text(node)
