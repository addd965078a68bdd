"""A query for another database: the user's text, with every construct that differs written anew.

Layout, comments and everything that the two databases have in common stay as they were written; a dialect's rules say
what is replaced by what. A construct that no rule lets through is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from ..diagnostics import Diagnostic, Source, error
from ..dialects.base import Dialect
from ..dialects.translation import Output, Starred, StepTexts, Want, WholeRow
from ..infer.environment import Environment
from ..infer.facts import QueryFacts
from ..infer.grouping import ungrouped
from ..infer.scopes import Relation
from ..model.catalog import Column, RelationKind, Table, UniqueKey
from ..model.statement import Bound
from ..model.syntax import (
    Array,
    Boolean,
    Call,
    Case,
    ColumnName,
    Exists,
    Expression,
    Identifier,
    Insert,
    Node,
    Null,
    Number,
    Parameter,
    Query,
    Select,
    String,
    Subquery,
    TableExpression,
    TableName,
    children,
)
from ..model.typed import TypedParameter
from ..model.types import SqlType, Type
from ..model.values import entity
from .names import Names
from .tablenames import carried_key

_ATOMS: Final = (Array, Boolean, Call, Case, ColumnName, Exists, Null, Number, Parameter, String, Subquery)
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz_")


class Untranslatable(Exception):
    """A construct with no exact equivalent."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


@entity
class Understood:
    """A tree with its names and types known, and where it was read from. One of the schema has no parameters."""

    source: Source
    facts: QueryFacts
    environment: Environment
    parameters: Sequence[TypedParameter] = ()
    of_placeholder: Sequence[int] = ()


class Translator:
    """Writes the nodes of one tree for a target. Implements `dialects.translation.Translating`.

    A node that is refused leaves its finding in `findings`, and the others are written all the same. `bare` are
    relations whose columns are written without their name, as an expression of the schema must. `advice` is the help
    where a rule has none of its own. `results` are the queries whose rows the statement gives.
    """

    def __init__(
        self,
        understood: Understood,
        target: Dialect,
        default: Callable[[Column, Table], str | None],
        bare: frozenset[Relation] = frozenset(),
        advice: str | None = None,
        results: frozenset[Query] = frozenset(),
    ) -> None:
        self.understood = understood
        self.target = target
        self.findings: list[Diagnostic] = []
        self.bounds: dict[int, Bound] = {}
        self._source = understood.source
        self._written = understood.environment.dialect
        self._names = Names(understood.facts, understood.environment)
        self._default = default
        self._bare = set(bare)
        self._results = results
        aliases = [query.row_alias for query in results if isinstance(query, Insert) and query.row_alias is not None]
        self._new_rows = {"excluded", *(self._written.names.spelled(alias.name) for alias in aliases)}
        self._advice = advice or f"write the query for it: a variant of the same name with `-- dialect: {target.name}`"
        self._wants: dict[Expression, Want] = {}
        self._qualified: dict[Relation | None, str] = {}

    # Text

    def text(self, node: Node) -> str:
        try:
            if isinstance(node, Identifier):
                return self._identifier(node)
            if isinstance(node, TableName):
                self._check_table(node)
            return self.target.spelling.rewrite(node, self)
        except Untranslatable as refused:
            self.findings.append(refused.finding)
            return "null"

    def steps(self, query: Query, counted: bool) -> StepTexts | None:
        """The statements that the target takes for a query; None when it is one, or when they are refused."""
        try:
            return self.target.spelling.steps(query, counted, self)
        except Untranslatable as refused:
            self.findings.append(refused.finding)
            return StepTexts("")

    def stored(self, node: Expression, type: Type) -> str:
        """An expression as a column of a type keeps its value."""
        try:
            return self.target.spelling.stored(node, type, self)
        except Untranslatable as refused:
            self.findings.append(refused.finding)
            return "null"

    def operand(self, node: Expression) -> str:
        text = self.text(node)
        return text if isinstance(node, _ATOMS) or _is_closed(text) else f"({text})"

    def same(
        self,
        node: Node,
        replaced: Mapping[Node, str] | None = None,
        spans: Sequence[tuple[int, int, str]] = (),
    ) -> str:
        given = replaced or {}
        pieces: list[tuple[int, int, str | Node]] = [
            (child.start, child.end, given.get(child, child))
            for child in children(node)
            if child.start < child.end
            and not any(start < child.end and child.start < end for start, end, _ in spans if start < end)
        ]
        pieces += spans
        parts: list[str] = []
        at = node.start
        for start, end, piece in sorted(pieces, key=lambda piece: piece[:2]):
            if start >= at:
                parts += [self._source.text[at:start], piece if isinstance(piece, str) else self.text(piece)]
                at = end
        parts.append(self._source.text[at : node.end])
        return "".join(parts)

    def written(self, node: Node) -> str:
        return self._source.text[node.start : node.end]

    def between(self, start: int, end: int) -> str:
        return self._source.text[start:end]

    def in_parentheses(self, node: Expression) -> bool:
        return (
            self._source.text[: node.start].rstrip()[-1:] == "(" and self._source.text[node.end :].lstrip()[:1] == ")"
        )

    def _identifier(self, node: Identifier, name: str | None = None) -> str:
        """A name, quoted where the target needs it; the mark of an alias goes.

        `name` is how it is spelled where it was given, if the node names something that has been given one.
        """
        spelled = name if name is not None else self._written.names.spelled(node)
        if spelled[-1:] in ("!", "?") and node.quoted and len(spelled) > 1:
            spelled = spelled[:-1]
        quoted = self.target.names.quoted(spelled)
        same = quoted.lower() == self.written(node).lower() and (not node.quoted or spelled == node.text)
        return self.written(node) if same and not self.target.features.names_differ_by_case else quoted

    def _check_table(self, node: TableName) -> None:
        table = self._names.table(node)
        if table is not None and table.kind is RelationKind.SYSTEM:
            self.refuse(f"the system table `{table.name}`", node)

    def name(self, name: str) -> str:
        return self.target.names.quoted(name)

    def table_name(self, node: TableName) -> str | None:
        table = self._names.table(node)
        catalog = self.understood.environment.catalog
        if table is None or table.key not in catalog.tables:
            given = self._names.cte(node)
            return self._identifier(node.parts[-1], given) if given is not None else None
        if table.partition_of is not None:
            self.refuse(f"the partition `{table.name}`", node, "name the table that it is a part of")
        return self.name(carried_key(table.key, catalog, self.target)[1])

    def column_name(self, node: ColumnName) -> str:
        self._check_inside(node)
        if self._names.is_given(node) and not self.target.features.values_see_target:
            help = "write the value again"
            self.refuse(f"the column `{node.parts[-1].text}` of the row itself in VALUES", node, help)
        table, name = self._names.spelled(node) or (None, None)
        column = self._identifier(node.parts[-1], name)
        relation = self._names.relation(node)
        if relation in self._bare:
            return column
        if relation in self._qualified:
            return f"{self._qualified[relation]}.{column}"
        if len(node.parts) == 1:
            return column
        return f"{self._identifier(node.parts[-2], table)}.{column}"

    def text_named(self, node: ColumnName) -> str | None:
        return self._names.text_named(node)

    def table_of(self, node: Expression) -> Table | None:
        return self._names.table_of(node)

    def placeholder(self, node: Parameter) -> str:
        return self.target.placeholders.mark(self.understood.of_placeholder[node.index] + 1)

    def bound(self, node: Parameter, what: Bound) -> str:
        position = self.understood.of_placeholder[node.index]
        if what != "strict" and list(self.understood.of_placeholder).count(position) > 1:
            self.refuse("a bound of LIMIT that is used elsewhere too", node, "give each place a parameter of its own")
        self.bounds[position] = what
        return self.placeholder(node)

    def template(self, name: str) -> str:
        return self.target.spelling.templates[name]

    def in_sequence(self, node: Parameter, negated: bool) -> str:
        return self.target.in_sequence(self.placeholder(node), self.parameter(node), negated)

    # Meaning

    def operation(self, node: Expression) -> str | None:
        return self._written.meaning.operation(node, self)

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        return self._written.meaning.arguments(node, operation)

    def literal(self, text: str, type: Type) -> str | None:
        return self._written.meaning.literal(text, type)

    @property
    def strict(self) -> bool:
        return self._written.meaning.strict

    def sorts_nulls_first(self, descending: bool) -> bool:
        return self._written.meaning.nulls_first[descending]

    def limits_may_be_negative(self) -> bool:
        return self._written.meaning.limits_may_be_negative

    def moments_are_text(self) -> bool:
        return self._written.meaning.moments_are_text

    # Facts

    def type(self, node: Expression) -> Type:
        if isinstance(node, Parameter):
            return self.parameter(node).type
        return self._names.type(node)

    def sql_type(self, node: Expression) -> SqlType | None:
        if isinstance(node, Parameter):
            return self.parameter(node).sql_type
        return self.understood.facts.types.types.get(node)

    def neutral(self, type: SqlType) -> Type:
        return self.understood.environment.types.neutral(type)

    def operand_types(self, node: Expression) -> Sequence[Type]:
        resolved = self.understood.facts.types.resolved.get(node)
        return [self.neutral(type) for type in resolved.operands] if resolved is not None else []

    def nullable(self, node: Expression) -> bool:
        return not self.understood.facts.never_null(node)

    def parameter(self, node: Parameter) -> TypedParameter:
        return self.understood.parameters[self.understood.of_placeholder[node.index]]

    def origin(self, node: Expression) -> Column | None:
        return self._names.origin(node)

    def meant(self, node: Expression) -> Expression:
        if isinstance(node, ColumnName):
            self._check_inside(node)
        return self._names.meant(node)

    def _check_inside(self, node: ColumnName) -> None:
        if self._names.is_inside(node) and not self.target.features.outputs_seen_inside:
            self.refuse("a result column named in a query inside its own", node, "write what it is computed of")

    def is_hidden(self, node: ColumnName) -> bool:
        return self._names.is_hidden(node)

    def of_function(self, node: ColumnName) -> tuple[TableExpression, str] | None:
        return self._names.of_function(node)

    def outputs(self, query: Query) -> Sequence[Output]:
        return self._names.outputs(query)

    def is_result(self, query: Query) -> bool:
        return query in self._results

    def starred(self, node: Expression) -> Sequence[Starred] | None:
        return self._names.starred(node)

    def whole_row(self, node: Expression) -> WholeRow | None:
        return self._names.whole_row(node)

    def columns(self, table: TableExpression) -> Sequence[str]:
        return self._names.columns(table)

    def merged_types(self, join: Node) -> Sequence[tuple[Type, Type]]:
        return self._names.merged_types(join)

    def enum_labels(self, type: Type) -> Sequence[str] | None:
        found = self.understood.environment.catalog.enums.get(type.enum) if type.enum is not None else None
        return found.labels if found is not None else None

    def ungrouped(self, node: Select) -> Sequence[Node]:
        facts = self.understood.facts
        found = ungrouped(self._source, node, facts.resolution, facts.types, self.understood.environment)
        return [Node(one.span.start, one.span.end) for one in found if one.span is not None]

    def referencing(self, table: Table) -> bool:
        tables = self.understood.environment.catalog.tables.values()
        return any(key.table == table.key for other in tables for key in other.foreign_keys)

    def target_table(self, node: Query) -> Table | None:
        return self._names.target_table(node)

    def target_column(self, node: Node) -> Column | None:
        return self._names.target_column(node)

    def is_target(self, node: Expression, query: Query) -> bool:
        relation = self._names.relation(node)
        return relation is not None and relation is self._names.target_relation(query)

    def is_excluded(self, node: ColumnName) -> bool:
        relation = self._names.relation(node)
        return relation is not None and relation.node is None and relation.name in self._new_rows

    def default(self, column: Column, table: Table) -> str | None:
        return self._default(column, table)

    def conflict_columns(self, table: Table, constraint: str) -> tuple[str, ...] | None:
        keys: list[UniqueKey] = [*table.uniques, *((table.primary_key,) if table.primary_key else ())]
        for key in keys:
            if key.name == constraint or (key.primary and constraint == f"{table.name}_pkey"):
                return key.columns
        for key in table.uniques:
            if key.name is None and constraint == "_".join((table.name, *key.columns, "key")):
                return key.columns
        return None

    # Notes

    def want(self, node: Expression, want: Want) -> None:
        self._wants[node] = want

    def wanted(self, node: Expression) -> Want | None:
        return self._wants.get(node)

    def without_qualifier(self, query: Query) -> None:
        relation = self._names.target_relation(query)
        if relation is not None:
            self._bare.add(relation)

    def with_qualifier(self, query: Query, name: str | None = None) -> None:
        relation = self._names.target_relation(query)
        if relation is not None:
            self._qualified[relation] = name if name is not None else self.name(relation.name)

    # Refusing

    def refuse(self, construct: str, node: Node, help: str | None = None) -> NoReturn:
        raise Untranslatable(
            error(
                "not-translatable",
                f"{construct} has no exact equivalent on {self.target.title}",
                self._source.span(node.start, node.end),
                help or self._advice,
            )
        )


def _is_closed(text: str) -> bool:
    """Whether a text is one call, or one pair of parentheses, so that no operator beside it can take it apart."""
    depth = 0
    quote = ""
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return at == len(text) - 1
        elif depth == 0 and character.lower() not in _LETTERS:
            return False
    return False
