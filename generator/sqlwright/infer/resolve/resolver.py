"""The resolver's state, and the parts of a query that need no more of it: expressions and windows."""

from __future__ import annotations

from collections.abc import Callable

from ...diagnostics import Source, error
from ...model.syntax import (
    ColumnName,
    Cte,
    Expression,
    Node,
    Query,
    Star,
    TableExpression,
    TableFunction,
    Window,
    children,
)
from ..environment import Environment
from ..scopes import OutputColumn, Relation, RelationColumn, Resolution, Scope
from .lookup import Lookup


class Resolver:
    """What resolving one query needs and gathers. Queries in expressions are read by the function handed in."""

    def __init__(
        self,
        environment: Environment,
        source: Source,
        result: Resolution,
        resolve_query: Callable[[Resolver, Query, Scope], tuple[OutputColumn, ...]],
        resolved: Callable[[Query, Source, Environment], Resolution],
    ) -> None:
        self.environment = environment
        self.source = source
        self.result = result
        self.lookup = Lookup(environment, source, result.findings)
        self._resolve_query = resolve_query
        self.resolved = resolved

    def query(self, query: Query, outer: Scope) -> tuple[OutputColumn, ...]:
        """Resolve a query inside a scope, once; gives its result columns."""
        found = self.result.outputs.get(query)
        return found if found is not None else self._resolve_query(self, query, outer)

    def report(self, code: str, message: str, node: Node, help: str | None = None) -> None:
        self.result.findings.append(error(code, message, self.source.span(node.start, node.end), help))

    def relation(
        self,
        name: str,
        node: TableExpression | None,
        columns: tuple[RelationColumn, ...],
        query: Query | None = None,
        cte: Cte | None = None,
        function: TableFunction | None = None,
        unknown: bool = False,
    ) -> Relation:
        """A relation that is no table of the catalog."""
        index = self.environment.index(columns)
        return Relation(name, node, columns, index, None, query, cte, function, None, unknown)

    def expression(self, expression: Expression | None, scope: Scope, clause: str) -> None:
        """Bind the names of an expression and resolve the queries in it."""
        if expression is None:
            return
        scope.clause = clause
        match expression:
            case ColumnName():
                self.result.bindings[expression] = self.lookup.column(expression, scope, clause)
            case Star(qualifier=qualifier) if qualifier:
                relation = self.lookup.relation(qualifier[-1], scope)
                if relation is None:
                    self.lookup.unknown_relation(qualifier[-1], scope)
                else:
                    self.result.row_stars[expression] = relation
            case Star():
                self.report("misplaced-star", "`*` cannot stand here", expression, "name a column")
            case _:
                self.below(expression, scope, clause)

    def below(self, node: Node, scope: Scope, clause: str) -> None:
        """Resolve the expressions and queries that a node holds."""
        for child in children(node):
            if isinstance(child, Query):
                self.query(child, scope)
            elif isinstance(child, Expression):
                self.expression(child, scope, clause)
            elif isinstance(child, Window):
                self.window(child, scope, clause)
            else:
                self.below(child, scope, clause)

    def window(self, window: Window, scope: Scope, clause: str) -> None:
        """Resolve what a window names."""
        named = [(item, False) for item in window.partition_by]
        named += [(item.expression, True) for item in window.order_by]
        for item, ordered in named:
            match item:
                case ColumnName(parts=(_,)) if (found := self.lookup.in_window(item, scope, ordered)) is not None:
                    self.result.bindings[item] = found
                case _:
                    self.expression(item, scope, clause)
        if window.frame is not None:
            self.below(window.frame, scope, clause)


def counted(number: int, what: str) -> str:
    """`1 column`, `2 columns`."""
    return f"{number} {what}" + ("" if number == 1 else "s")
