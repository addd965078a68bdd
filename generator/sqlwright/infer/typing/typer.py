"""The typer's state: what types are known, what decides a parameter's, and the types behind bound names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ...diagnostics import Diagnostic, Source, Span, error
from ...dialects.base import Resolved, TypeFailure
from ...model.catalog import Column
from ...model.query import Placeholder
from ...model.syntax import (
    Call,
    Case,
    Cast,
    Collate,
    ColumnName,
    Expression,
    Node,
    Parameter,
    Query,
    Row,
    String,
    Subquery,
    children,
    walk,
)
from ...model.types import Family, SqlType
from ..environment import Environment
from ..facts import ParameterFacts, TypeFacts
from ..scopes import (
    Binding,
    ColumnRef,
    CounterColumn,
    FunctionColumn,
    MergedRef,
    OutputColumn,
    OutputRef,
    QueryColumn,
    Relation,
    RelationColumn,
    Resolution,
    RowRef,
    TableColumn,
    TextRef,
)

OPAQUE: Final = SqlType("?", family=Family.OPAQUE)
"""The type of what is not known: it goes with everything, and nothing is said against it."""


_OF_OPERANDS: Final = frozenset(("no-operator", "no-function", "no-common-type", "wrong-type", "bad-cast"))
"""Failures for which the type of an operand can be to blame."""
_COMPARISONS: Final = frozenset(("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>", "is"))
"""Operators whose operands are values of the same kind."""


class Typer:
    """What typing one query needs and gathers. Expressions and queries are typed by the functions handed in."""

    def __init__(
        self,
        resolution: Resolution,
        placeholders: Sequence[Placeholder],
        source: Source,
        environment: Environment,
        facts: TypeFacts,
        type_expression: Callable[[Typer, Expression], SqlType | None],
        type_query: Callable[[Typer, Query], None],
    ) -> None:
        self.resolution = resolution
        self.placeholders = placeholders
        self.source = source
        self.environment = environment
        self.types = environment.types
        self.facts = facts
        self._type_expression = type_expression
        self._type_query = type_query

    # Findings

    def fail(self, failure: TypeFailure, node: Node) -> SqlType:
        """Report why the database would refuse a node; what it has in its stead is OPAQUE."""
        span = self.source.span(node.start, node.end)
        conflict = self._conflict(failure, node) if failure.code in _OF_OPERANDS else None
        self.resolution.findings.append(conflict or error(failure.code, failure.message, span, failure.help))
        return OPAQUE

    def _conflict(self, failure: TypeFailure, node: Node) -> Diagnostic | None:
        """The finding where an operand is a parameter that has got its type at another place."""
        for operand in (node, *children(node)):
            parameter = self.parameter(operand) if isinstance(operand, Parameter) else None
            first = parameter.decided_at if parameter is not None else None
            if parameter is not None and first is not None and first is not operand and parameter.type is not None:
                return conflict(
                    f"parameter `{parameter.name}` cannot have one type in all its places: {failure.message}",
                    self.source.span(operand.start, operand.end),
                    self.source.span(first.start, first.end),
                    self.types.display(parameter.type),
                )
        return None

    # Types of nodes

    def expression(self, node: Expression) -> SqlType | None:
        """The type of an expression; None when only its context can decide."""
        if isinstance(node, Parameter):
            return self.parameter(node).type
        if node in self.facts.types:
            return self.facts.types[node]
        found = self._type_expression(self, node)
        self.facts.types[node] = found
        return found

    def operand(self, node: Expression) -> SqlType | None:
        """The type of an expression as an operator, a function or CASE sees it: NULL may have one of its own."""
        found = self.expression(node)
        return self._of_null(node) if found is None else found

    def _of_null(self, node: Expression) -> SqlType | None:
        null = self.types.null()
        return null if null is not None and not any(isinstance(inner, Parameter) for inner in walk(node)) else None

    def side(self, query: Query, position: int) -> SqlType | None:
        """The type of a result column of a query, as a set operation sees it."""
        found = self.query(query)[position]
        outputs = self.resolution.outputs.get(query, ())
        value = outputs[position].value if position < len(outputs) else None
        return self._of_null(value) if found is None and isinstance(value, Expression) else found

    def optional(self, node: Expression | None) -> None:
        if node is not None:
            self.expression(node)

    def query(self, query: Query) -> list[SqlType | None]:
        """The types of a query's result columns."""
        if query not in self.facts.outputs:
            self._type_query(self, query)
        return self.facts.outputs.get(query, [])

    def outputs(self, outputs: Sequence[OutputColumn]) -> list[SqlType | None]:
        return [self.output(output) for output in outputs]

    def output(self, output: OutputColumn) -> SqlType | None:
        if output.path is not None:
            if isinstance(output.value, Expression):
                self.expression(output.value)
            return output.path.type
        if isinstance(output.value, Expression):
            return self.expression(output.value)
        return self.binding(output.value)

    # Types of names

    def binding(self, binding: Binding) -> SqlType | None:
        match binding:
            case ColumnRef(column=column):
                return self.column(column)
            case MergedRef():
                return self.merged(binding)
            case RowRef(relation=relation):
                found = self.types.row_type(relation.table) if relation.table is not None else self._row(relation)
                return found or SqlType("record", family=Family.ROW)
            case OutputRef(output=output):
                return self.output(output)
            case TextRef():
                return self.types.text()
            case _:
                return OPAQUE

    def _row(self, relation: Relation) -> SqlType | None:
        """The type of the rows that a function in FROM gives."""
        call = relation.row_of()
        return self.expression(call) if call is not None else None

    def merged(self, binding: MergedRef) -> SqlType | None:
        left, right = self.binding(binding.left), self.binding(binding.right)
        if left is None or right is None or left == right:
            return left or right
        common = self.types.common([left, right], "JOIN")
        return left if isinstance(common, TypeFailure) else common

    def column(self, column: RelationColumn) -> SqlType | None:
        match column.source:
            case TableColumn(column=found):
                return found.type
            case QueryColumn(query=query, position=position):
                types = self.query(query)
                return types[position] if position < len(types) else OPAQUE
            case FunctionColumn() as source:
                return self.function_column(source)
            case CounterColumn(kind="ordinality"):
                return self.types.limit()
            case CounterColumn(kind="mark", values=values):
                return self._mark(values)
            case CounterColumn(kind=kind):
                return SqlType("record", array=kind != "breadth", family=Family.ROW)

    def _mark(self, values: Sequence[Expression]) -> SqlType:
        """The type of CYCLE's mark."""
        if not values:
            return self.types.boolean()
        common = self.types.common([self.expression(value) for value in values], "CYCLE")
        return OPAQUE if isinstance(common, TypeFailure) else common or self.types.text()

    def function_column(self, source: FunctionColumn) -> SqlType | None:
        alias = source.function.alias
        if source.function.columns:
            return self.facts.function_columns.get((source.function, source.position or 0), OPAQUE)
        if alias is not None and alias.types and source.position is not None:
            found = self.types.from_name(alias.types[source.position])
            return OPAQUE if isinstance(found, TypeFailure) else found
        call = source.function.calls[source.call]
        own = self.expression(call)
        if source.position is None or not isinstance(call, Call):
            return own
        resolved = self.facts.resolved.get(call)
        if resolved is not None and source.position < len(resolved.columns):
            return resolved.columns[source.position][1]
        if call.function == "unnest" and len(call.args) > 1:
            array = self.expression(call.args[source.position])
            return self.types.element(array) if array is not None else OPAQUE
        fields = self.types.fields(own) if own is not None else None
        if fields is not None and source.position < len(fields):
            return fields[source.position].type
        columns = self.types.function_columns(call)
        return columns[source.position].type if columns is not None else OPAQUE

    # Parameters and unknown literals

    def parameter(self, node: Parameter) -> ParameterFacts:
        return self.facts.parameters[self.placeholders[node.index].key]

    def settle(self, node: Expression, type: SqlType) -> None:
        """Decide the type of an expression that had none; its context wants this one."""
        if isinstance(node, Parameter):
            parameter = self.parameter(node)
            if parameter.type is None:
                parameter.type, parameter.decided_at = type, node
            return
        if self.facts.types.get(node) is not None:
            return
        self.facts.types[node] = type
        match node:
            case Case():
                for branch in (*(when.result for when in node.whens), node.otherwise):
                    if branch is not None:
                        self.settle(branch, type)
            case Call() if node.function.lower() in ("coalesce", "ifnull", "nullif", "greatest", "least"):
                for argument in node.args:
                    self.settle(argument, type)
            case Collate(operand=operand):
                self.settle(operand, type)
            case Subquery(query=query):
                self.settle_outputs(query, [type])
            case String(value=text) if not is_opaque(type):
                failure = self.types.literal(text, type)
                if failure is not None:
                    self.fail(failure, node)
            case _:
                pass

    def settle_outputs(self, query: Query, types: Sequence[SqlType | None]) -> None:
        """Decide the types of result columns that had none."""
        known = self.facts.outputs.get(query, [])
        outputs = self.resolution.outputs.get(query, ())
        for position, type in enumerate(types):
            if type is not None and position < len(known) and known[position] is None:
                known[position] = type
                value = outputs[position].value if position < len(outputs) else None
                if isinstance(value, Expression):
                    self.settle(value, type)

    def settle_output(self, query: Query, position: int, type: SqlType | None) -> None:
        """Decide the type of one result column that had none."""
        if type is not None:
            self.settle_outputs(query, [None] * position + [type])

    def apply(
        self, resolved: Resolved | TypeFailure, node: Expression, operands: Sequence[Expression]
    ) -> SqlType | None:
        """Note what an operator or function was resolved to, and decide its undecided operands."""
        if isinstance(resolved, TypeFailure):
            return self.fail(resolved, node)
        self.facts.resolved[node] = resolved
        if not resolved.operands and is_opaque(resolved.result):
            return self.give_up(operands, [self.facts.types.get(operand) for operand in operands])
        for operand, type in zip(operands, resolved.operands, strict=False):
            self.settle(operand, type)
        return resolved.result if resolved.result != self.types.null() else None

    def operate(self, op: str, left: Expression, right: Expression, node: Expression) -> SqlType | None:
        """Type a binary operator."""
        types = (self.operand(left), self.operand(right))
        compared = op in _COMPARISONS
        self.meet(left, right, compared)
        self.meet(right, left, compared)
        if any(is_opaque(type) for type in types):
            return self.give_up((left, right), types)
        return self.apply(self.types.binary(op, *types), node, (left, right))

    def give_up(self, operands: Sequence[Expression], types: Sequence[SqlType | None]) -> SqlType:
        """The operands of something unknown: those that are undecided are taken to be like the others."""
        known = next((type for type in types if type is not None), OPAQUE)
        for operand, type in zip(operands, types, strict=True):
            if type is None:
                self.settle(operand, known)
        return OPAQUE

    def condition(self, node: Expression | None) -> None:
        """Type an expression that decides something."""
        if node is None:
            return
        type = self.expression(node)
        if type is None:
            self.settle(node, self.types.boolean())
        elif not is_opaque(type) and (failure := self.types.condition(type)) is not None:
            self.fail(failure, node)

    def wants(self, node: Expression | None, type: SqlType) -> None:
        """Type an expression whose place wants a certain type."""
        if node is not None and self.expression(node) is None:
            self.settle(node, type)

    # What parameters meet

    def meet(self, node: Expression, other: Expression, same: bool = True) -> None:
        """Note the column beside which a parameter stands, for its name, and for its class if they hold the same."""
        parameter = self.parameter_in(node)
        if parameter is None:
            return
        column = self.column_of(other)
        if column is not None:
            if same:
                parameter.meets.append(column)
                if isinstance(node, Parameter):
                    parameter.met_at.append((node, column))
            parameter.hint = parameter.hint or column.name
        elif isinstance(other, ColumnName):
            parameter.hint = parameter.hint or self.environment.spelled(other.parts[-1])

    def parameter_in(self, node: Expression) -> ParameterFacts | None:
        """The parameter that an expression is, perhaps under a cast."""
        while isinstance(node, Cast | Collate):
            node = node.operand
        return self.parameter(node) if isinstance(node, Parameter) else None

    def column_of(self, node: Expression) -> Column | None:
        """The table's column that an expression is, through derived tables."""
        while isinstance(node, Cast | Collate):
            node = node.operand
        if not isinstance(node, ColumnName):
            return None
        binding: Expression | Binding | None = self.resolution.bindings.get(node)
        return self.origin(binding)

    def origin(self, value: Expression | Binding | None) -> Column | None:
        """The table's column that a value comes from unchanged."""
        for _ in range(64):
            match value:
                case ColumnName():
                    value = self.resolution.bindings.get(value)
                case MergedRef(left=left):
                    value = left
                case OutputRef(output=output):
                    value = output.value
                case ColumnRef(column=RelationColumn(source=TableColumn(column=column))):
                    return column
                case ColumnRef(column=RelationColumn(source=QueryColumn(query=query, position=position))):
                    outputs = self.resolution.outputs.get(query, ())
                    value = outputs[position].value if position < len(outputs) else None
                case _:
                    return None
        return None


def conflict(message: str, here: Span, there: Span, type: str) -> Diagnostic:
    """The finding for a parameter that two of its places make different things of."""
    help = "give each place a parameter of its own, or cast it to one type wherever it stands"
    return error("conflicting-parameter", message, here, help, ((there, f"here it is {type}"),))


def is_opaque(type: SqlType | None) -> bool:
    return type is not None and type.family is Family.OPAQUE


def row_items(node: Expression) -> tuple[Expression, ...] | None:
    """The items of a row constructor."""
    return node.items if isinstance(node, Row) else None
