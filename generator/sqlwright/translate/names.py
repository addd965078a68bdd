"""What the names of a query mean, as the rules of translation ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..dialects.translation import Output, Starred, WholeRow
from ..infer.environment import Environment
from ..infer.facts import QueryFacts
from ..infer.scopes import (
    Binding,
    ColumnRef,
    CounterColumn,
    FunctionColumn,
    MergedRef,
    OutputColumn,
    OutputRef,
    QueryColumn,
    Relation,
    Resolution,
    RowRef,
    TableColumn,
    TextRef,
)
from ..model.catalog import Column, Table
from ..model.syntax import (
    ColumnName,
    Embed,
    Expression,
    FieldStar,
    Insert,
    Join,
    Node,
    Query,
    Star,
    TableExpression,
    TableName,
    Target,
    Values,
    walk,
)
from ..model.types import OTHER, SqlType, Type


class Names:
    """Reads the facts of one query."""

    def __init__(self, facts: QueryFacts, environment: Environment) -> None:
        self._resolution = facts.resolution
        self._types = facts.types
        self._nullable = facts.column_nullable
        self._environment = environment
        self._stars = {star.node: star for star in facts.resolution.stars}
        self._outputs: dict[Query, Sequence[Output]] = {}
        self._given = frozenset(_given(facts.resolution))

    # Types

    def neutral(self, type: SqlType | None) -> Type:
        return self._environment.types.neutral(type) if type is not None else OTHER

    def type(self, node: Expression) -> Type:
        found = self._types.types.get(node)
        if found is None and isinstance(node, ColumnName):
            return self._type_of(self._resolution.bindings.get(node))
        return self.neutral(found)

    def _type_of(self, value: Expression | Binding | None) -> Type:
        match value:
            case Expression():
                return self.type(value)
            case ColumnRef(column=column):
                match column.source:
                    case TableColumn(column=found):
                        return self.neutral(found.type)
                    case QueryColumn(query=query, position=position):
                        types = self._types.outputs.get(query, [])
                        return self.neutral(types[position]) if position < len(types) else OTHER
                    case _:
                        return OTHER
            case MergedRef(left=left):
                return self._type_of(left)
            case OutputRef(output=output):
                return self._type_of(output.value)
            case _:
                return OTHER

    # Columns

    def relation(self, node: Expression) -> Relation | None:
        """The relation whose column a name means."""
        binding = self._resolution.bindings.get(node) if isinstance(node, ColumnName) else None
        return binding.relation if isinstance(binding, ColumnRef) else None

    def origin(self, node: Expression) -> Column | None:
        binding = self._resolution.bindings.get(node) if isinstance(node, ColumnName) else None
        return self._origin(binding)

    def _origin(self, value: Expression | Binding | None) -> Column | None:
        for _ in range(64):
            match value:
                case ColumnName():
                    value = self._resolution.bindings.get(value)
                case OutputRef(output=output):
                    value = output.value
                case MergedRef(left=left, right=right, join=join):
                    value = right if join.kind == "right" else left
                case ColumnRef(column=column):
                    match column.source:
                        case TableColumn(column=found):
                            return found
                        case QueryColumn(query=query, position=position):
                            outputs = self._resolution.outputs.get(query, ())
                            value = outputs[position].value if position < len(outputs) else None
                        case _:
                            return None
                case _:
                    return None
        return None

    def table_of(self, node: Expression) -> Table | None:
        """The table whose column a name means."""
        relation = self.relation(node)
        return relation.table if relation is not None else None

    def text_named(self, node: ColumnName) -> str | None:
        """The string that a quoted name stands for, when no column has that name."""
        binding = self._resolution.bindings.get(node)
        return binding.value if isinstance(binding, TextRef) else None

    def spelled(self, node: ColumnName) -> tuple[str | None, str] | None:
        """The name of a relation (None where there is no one) and that of its column, as they are spelled there."""
        match self._resolution.bindings.get(node):
            case ColumnRef(relation=relation, column=column):
                return relation.name, column.name
            case OutputRef(output=output):
                return None, output.name
            case _:
                return None

    def cte(self, node: TableName) -> str | None:
        relation = self._resolution.relations.get(node)
        return self._environment.spelled(relation.cte.name) if relation is not None and relation.cte else None

    def meant(self, node: Expression) -> Expression:
        binding = self._resolution.bindings.get(node) if isinstance(node, ColumnName) else None
        if isinstance(binding, OutputRef) and isinstance(binding.output.value, Expression):
            return binding.output.value
        return node

    def is_given(self, node: ColumnName) -> bool:
        """Whether a name in VALUES means a column of the table that they are inserted into."""
        return node in self._given

    def is_inside(self, node: ColumnName) -> bool:
        """Whether a name means a result column of a query around the one that it stands in."""
        binding = self._resolution.bindings.get(node)
        return isinstance(binding, OutputRef) and binding.inside

    def is_hidden(self, node: ColumnName) -> bool:
        binding = self._resolution.bindings.get(node)
        if not isinstance(binding, ColumnRef) or not isinstance(binding.column.source, TableColumn):
            return False
        table = binding.relation.table
        return table is not None and binding.column.source.column not in table.columns

    def of_function(self, node: ColumnName) -> tuple[TableExpression, str] | None:
        binding = self._resolution.bindings.get(node)
        return self._function_of(binding) if isinstance(binding, ColumnRef) else None

    def _function_of(self, binding: ColumnRef) -> tuple[TableExpression, str] | None:
        function = binding.relation.function
        match binding.column.source:
            case FunctionColumn():
                return (function, "value") if function is not None else None
            case CounterColumn(kind="ordinality") if function is not None:
                return function, "ordinality"
            case _:
                return None

    # Result columns

    def outputs(self, query: Query) -> Sequence[Output]:
        found = self._outputs.get(query)
        if found is None:
            found = self._outputs[query] = self._make_outputs(query)
        return found

    def _make_outputs(self, query: Query) -> Sequence[Output]:
        types = self._types.outputs.get(query, [])
        return [
            Output(
                output.name,
                self.neutral(types[position]) if position < len(types) else OTHER,
                output.item,
                output.value if isinstance(output.value, Expression) and output.path is None else None,
            )
            for position, output in enumerate(self._resolution.outputs.get(query, ()))
        ]

    def starred(self, node: Expression) -> Sequence[Starred] | None:
        star = self._stars.get(node) if isinstance(node, Star | Embed | FieldStar) else None
        if star is None or isinstance(star.node, FieldStar):
            return None
        several = len(star.relations) > 1 or isinstance(star.node, Embed) or bool(star.node.qualifier)
        found: list[Starred] = []
        for output in star.outputs:
            one = self._starred(output, several)
            if one is None:
                return None
            found.append(one)
        return found

    def _starred(self, output: OutputColumn, qualified: bool) -> Starred | None:
        if isinstance(output.value, Expression):
            return None
        type, origin = self._type_of(output.value), self._origin(output.value)
        if not isinstance(output.value, ColumnRef):
            return Starred(None, output.name, type, origin)
        relation = output.value.relation
        if len(relation.index.get(self._environment.column_key(output.name), ())) != 1:
            return None
        if self._function_of(output.value) is not None or (qualified and not relation.name):
            return None
        return Starred(relation.name if qualified else None, output.name, type, origin)

    def whole_row(self, node: Expression) -> WholeRow | None:
        relation = self._row_of(node)
        names = [column.name for column in relation.columns] if relation is not None else []
        if relation is None or relation.function is not None or relation.unknown or not names:
            return None
        if len(set(names)) < len(names) or not relation.name:
            return None
        refs = [ColumnRef(relation, column) for column in relation.columns]
        columns = tuple(Starred(relation.name, ref.column.name, self._type_of(ref), self._origin(ref)) for ref in refs)
        certain = (one for one, ref in zip(columns, refs, strict=True) if not self._nullable(ref.column))
        return WholeRow(columns, next(certain, None))

    def _row_of(self, node: Expression) -> Relation | None:
        if isinstance(node, Star):
            return self._resolution.row_stars.get(node)
        binding = self._resolution.bindings.get(node) if isinstance(node, ColumnName) else None
        return binding.relation if isinstance(binding, RowRef) else None

    # Relations

    def table(self, node: TableName) -> Table | None:
        relation = self._resolution.relations.get(node)
        return relation.table if relation is not None else None

    def columns(self, table: TableExpression) -> Sequence[str]:
        relation = self._resolution.relations.get(table)
        return [column.name for column in relation.columns] if relation is not None else []

    def merged_types(self, join: Node) -> Sequence[tuple[Type, Type]]:
        pairs = self._resolution.usings.get(join, ()) if isinstance(join, Join) else ()
        return [(self._type_of(left), self._type_of(right)) for left, right in pairs]

    def target_relation(self, query: Query) -> Relation | None:
        return self._resolution.target_tables.get(query)

    def target_table(self, query: Query) -> Table | None:
        relation = self.target_relation(query)
        return relation.table if relation is not None else None

    def target_column(self, node: Node) -> Column | None:
        return self._resolution.targets.get(node) if isinstance(node, Target) else None


def _given(resolution: Resolution) -> Iterator[ColumnName]:
    query = resolution.query
    if not isinstance(query, Insert) or not isinstance(query.source, Values):
        return
    target = resolution.target_tables.get(query)
    for node in walk(query.source):
        binding = resolution.bindings.get(node) if isinstance(node, ColumnName) else None
        if isinstance(node, ColumnName) and isinstance(binding, ColumnRef) and binding.relation is target:
            yield node
