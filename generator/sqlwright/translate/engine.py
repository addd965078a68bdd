"""A query for another database: the user's text, with every construct that differs written anew.

Layout, comments and everything that the two databases have in common stay as they were written; a dialect's rules say
what is replaced by what. A construct that no rule lets through is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from ..diagnostics import Diagnostic, Source, error
from ..dialects.base import Dialect
from ..dialects.translation import Translating
from ..infer.environment import Environment
from ..infer.facts import TypeFacts
from ..infer.scopes import Resolution
from ..model.catalog import Column, Table
from ..model.query import Placeholder
from ..model.syntax import (
    Boolean,
    Call,
    Case,
    Cast,
    ColumnName,
    Expression,
    Identifier,
    Node,
    Null,
    Number,
    Parameter,
    Query,
    String,
    Subquery,
    TableName,
    Target,
    children,
)
from ..model.types import OTHER, Kind, Type

_ATOMS = (Boolean, Call, Case, Cast, ColumnName, Null, Number, Parameter, String, Subquery)


class Untranslatable(Exception):
    """A construct with no exact equivalent."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Understood:
    """A tree with its names and types resolved, and where it was read from."""

    source: Source
    resolution: Resolution
    facts: TypeFacts
    environment: Environment
    placeholders: Sequence[Placeholder]
    parameter_types: Sequence[Type]
    of_placeholder: Sequence[int]
    never_null: Callable[[Expression], bool]


class Translator:
    """Writes the nodes of one tree for a target. Implements `dialects.translation.Translating`."""

    def __init__(self, understood: Understood, target: Dialect, default: Callable[[Column, Table], str | None]) -> None:
        self.understood = understood
        self.source = understood.source
        self.written_dialect = understood.environment.dialect
        self.target = target
        self.params: list[int] = []
        self._default = default

    # Text

    def text(self, node: Node) -> str:
        match node:
            case Identifier():
                return self._identifier(node)
            case TableName():
                self._table_name(node)
        return self.target.spelling.rewrite(node, self)

    def operand(self, node: Expression) -> str:
        text = self.text(node)
        return text if isinstance(node, _ATOMS) or (text.endswith(")") and text[0].isalpha()) else f"({text})"

    def same(self, node: Node) -> str:
        parts: list[str] = []
        at = node.start
        for child in sorted(children(node), key=lambda child: (child.start, child.end)):
            if child.start < at:
                continue
            parts.append(self.source.text[at : child.start])
            parts.append(self.text(child))
            at = child.end
        parts.append(self.source.text[at : node.end])
        return "".join(parts)

    def written(self, node: Node) -> str:
        return self.source.text[node.start : node.end]

    def _identifier(self, node: Identifier) -> str:
        """A name, quoted where the target needs it; an empty one is not in the text."""
        if node.start == node.end:
            return ""
        spelled = self.written_dialect.names.spelled(node)
        if spelled[-1:] in ("!", "?") and node.quoted and len(spelled) > 1:
            spelled = spelled[:-1]
        quoted = self.target.names.quoted(spelled)
        return self.written(node) if quoted.lower() == self.written(node).lower() else quoted

    def _table_name(self, node: TableName) -> None:
        relation = self.understood.resolution.relations.get(node)
        if relation is not None and relation.table is not None and relation.table.kind.value == "system relation":
            self.refuse(f"the system table `{relation.table.name}`", node)

    def name(self, name: str) -> str:
        return self.target.names.quoted(name)

    # Facts

    def type(self, node: Expression) -> Type:
        facts = self.understood.facts
        if isinstance(node, Parameter):
            return self.understood.parameter_types[self.understood.of_placeholder[node.index]]
        found = facts.types.get(node)
        return self.understood.environment.types.neutral(found) if found is not None else OTHER

    def is_array(self, node: Expression) -> bool:
        return self.type(node).kind is Kind.ARRAY

    def operation(self, node: Expression) -> str | None:
        return self.written_dialect.meaning.operation(node, self)

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        return self.written_dialect.meaning.arguments(node, operation)

    def literal(self, node: String, type: Type) -> str | None:
        return self.written_dialect.meaning.literal(node.value, type)

    def nullable(self, node: Expression) -> bool:
        return not self.understood.never_null(node)

    def sorts_nulls_first(self, descending: bool) -> bool:
        return self.written_dialect.meaning.nulls_first[descending]

    def parameter(self, node: Parameter) -> int:
        """The position of a placeholder's parameter; it is noted that its value goes here."""
        owner = self.understood.of_placeholder[node.index]
        self.params.append(owner)
        return owner

    def is_sequence(self, node: Parameter) -> bool:
        key = self.understood.placeholders[node.index].key
        return self.understood.facts.parameters[key].sequence

    def target_table(self, node: Node) -> Table | None:
        relation = self.understood.resolution.target_tables.get(node) if isinstance(node, Query) else None
        return relation.table if relation is not None else None

    def target_column(self, node: Node) -> Column | None:
        return self.understood.resolution.targets.get(node) if isinstance(node, Target) else None

    def default(self, column: Column, table: Table) -> str | None:
        return self._default(column, table)

    def conflict_columns(self, table: Table, constraint: str) -> tuple[str, ...] | None:
        keys = [*table.uniques, *((table.primary_key,) if table.primary_key else ())]
        for key in keys:
            if key.name == constraint or (key.primary and constraint == f"{table.name}_pkey"):
                return key.columns
        for key in table.uniques:
            if key.name is None and constraint == "_".join((table.name, *key.columns, "key")):
                return key.columns
        return None

    def stars(self) -> dict[int, str]:
        return {}

    # Refusing

    def refuse(self, construct: str, node: Node, help: str | None = None) -> NoReturn:
        raise Untranslatable(
            error(
                "not-translatable",
                f"{construct} has no exact equivalent on {self.target.title}",
                self.source.span(node.start, node.end),
                help or f"write the query for it: a variant of the same name with `-- dialect: {self.target.name}`",
            )
        )


def check_protocol(translator: Translator) -> Translating:
    return translator
