"""The analyzer's state: what is known of each query's rows, and the nullability of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...dialects.base import NullRules, Nulls
from ...model.catalog import Column
from ...model.syntax import (
    Call,
    ColumnName,
    Exists,
    Expression,
    Join,
    Query,
    Select,
    Star,
    Window,
)
from ...model.values import value
from ..environment import Environment
from ..facts import TypeFacts
from ..resolve.from_items import flat_columns
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
    Scope,
    TableColumn,
    TextRef,
)
from .constants import Constants
from .given import GivenColumns
from .joins import JoinState, Side
from .keys import Keys
from .predicates import NOTHING, Facts, Predicates
from .reasons import Reason


@value
class Context:
    """Where an expression stands: what is assumed besides what holds in all rows, and whether groups are looked at.

    `scope` is that of the query the expression belongs to; `grouped` is that query where the expression is computed
    over its groups, and None where it is over single rows.
    """

    scope: Scope
    facts: Facts = NOTHING
    grouped: Select | None = None

    def assuming(self, facts: Facts) -> Context:
        return Context(self.scope, self.facts | facts, self.grouped)

    @property
    def of_rows(self) -> Context:
        """The context inside an aggregate, where rows are looked at again."""
        return Context(self.scope, self.facts, None)


@dataclass(slots=True, eq=False)
class Grouping:
    """How a query groups: keys that every grouping set has, whether a group can be empty, what HAVING says."""

    keys: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """Keys of the grouping expressions; true for one that some grouping set leaves out."""
    can_be_empty: bool = False
    facts: Facts = NOTHING
    filled: Facts = NOTHING
    """What is not NULL in one row at least of each group."""


class Analyzer:
    """What the nullability of one query needs and gathers. Expressions and queries are read by what is handed in."""

    def __init__(
        self,
        resolution: Resolution,
        facts: TypeFacts,
        environment: Environment,
        keys: Keys,
        nullable_parameters: frozenset[str],
        read_expression: Callable[[Analyzer, Expression, Context], Reason | None],
        read_query: Callable[[Analyzer, Query], list[Reason | None]],
        computed: Callable[[Column], bool],
        trusting: bool = True,
    ) -> None:
        self.resolution = resolution
        self.facts = facts
        self.environment = environment
        self.rules: NullRules = environment.dialect.nulls
        self.keys = keys
        self.nullable_parameters = nullable_parameters
        features = environment.dialect.features
        given = GivenColumns(resolution, environment) if features.conditions_fold else None
        self.predicates = Predicates(
            keys, facts, self.is_strict, self.is_aggregated, trusting, features.conditions_fold, given
        )
        self.predicates.implied = self._implied
        self.outputs: dict[Query, list[Reason | None]] = {}
        self.states: dict[Scope, JoinState] = {}
        self.owners: dict[Relation, Query] = {}
        self.groupings: dict[Select, Grouping] = {}
        self._aggregating = {found.query for found in resolution.gathered if not found.is_window}
        self._windowed = {found.call: found.query for found in resolution.gathered if found.is_window}
        self._read_expression = read_expression
        self._read_query = read_query
        self._computed = computed

    def gathers(self, call: Call) -> bool:
        """Whether an aggregate gives NULL for no rows, so that it is not NULL where there are some."""
        args = [self.facts.types.get(argument) for argument in call.args]
        return self.rules.of_call(call, args) in (Nulls.AGGREGATE, Nulls.COLLECT)

    def measures(self, call: Call) -> bool:
        """Whether an aggregate that is not NULL (or a count that is not 0) has met its argument in some row."""
        rule = self.rules.of_call(call, [self.facts.types.get(argument) for argument in call.args])
        counts = call.function.lower() == "count"
        return (
            bool(call.args)
            and not isinstance(call.args[0], Star)
            and not call.within
            and (counts or rule is Nulls.AGGREGATE)
        )

    def collects(self, call: Call) -> bool:
        """Whether a call is `array_agg(x)` over all rows of a group."""
        return call.function.lower() == "array_agg" and self.gathers(call) and call.over is None and call.filter is None

    def is_strict(self, node: Expression) -> bool:
        return self.rules.is_strict(node, self.facts.resolved.get(node))

    def query(self, query: Query) -> list[Reason | None]:
        """Why each result column of a query can be NULL."""
        found = self.outputs.get(query)
        if found is None:
            found = self.outputs[query] = self._read_query(self, query)
        return found

    # Expressions and names

    def expression(self, node: Expression, context: Context) -> Reason | None:
        """Why an expression can be NULL in a context; None when it never is."""
        if context.facts and self.keys.of(node) in context.facts:
            return None
        if context.grouped is not None:
            grouping = self.groupings.get(context.grouped)
            if grouping is not None:
                key = self.keys.of(node)
                if key in grouping.facts:
                    return None
                if grouping.keys.get(key):
                    return Reason("a grouping set leaves it out", node)
                if key in grouping.keys:
                    return self.expression(node, context.of_rows)
        if not isinstance(node, ColumnName) and self._known(node, context):
            return None
        return self._read_expression(self, node, context)

    def _known(self, node: Expression, context: Context) -> bool:
        """Whether the predicates of the query, or of those around it, say that an expression is not NULL."""
        scopes = context.scope.outward()
        if context.grouped is not None:
            next(scopes)
        key = self.keys.of(node)
        return any(key in self.states[scope].facts for scope in scopes if scope in self.states)

    def publish(self, query: Query, state: JoinState) -> None:
        """Let names find what is known of their relation."""
        self.states[self.resolution.scopes[query]] = state
        for relation in state.hangs_on:
            self.owners[relation] = query

    def _implied(self, facts: Facts) -> Facts:
        relations = {self.keys.relations.get(key) for key in facts}
        owners = {
            id(owner): owner for one in relations if one is not None and (owner := self.owners.get(one)) is not None
        }
        found = facts
        for owner in owners.values():
            found |= self.states[self.resolution.scopes[owner]].implied(facts, self.keys)
        return found

    def constants(self, context: Context) -> Constants:
        """What reads constants, and knows of columns whether they can be NULL."""

        def never_null(node: Expression) -> bool:
            return isinstance(node, ColumnName | Exists) and self.expression(node, context) is None

        return Constants(self.is_strict, self.predicates.is_text, lambda _: False, never_null)

    def state_of(self, relation: Relation) -> JoinState | None:
        owner = self.owners.get(relation)
        return self.states.get(self.resolution.scopes[owner]) if owner is not None else None

    def only_missing_for(self, relation: Relation, context: Context) -> frozenset[Side]:
        """The one side that a relation of the query at hand hangs on and that may have found nothing."""
        state = self.states.get(context.scope)
        return state.only_missing_for(relation) if state is not None else frozenset()

    def output(self, output: OutputColumn, context: Context) -> Reason | None:
        if output.path is not None:
            assert isinstance(output.value, Expression)
            inner = self.expression(output.value, context)
            return inner or Reason(f"field `{output.path.name}` can be NULL", output.item)
        if isinstance(output.value, Expression):
            return self.expression(output.value, context)
        return self.binding(output.value, output.item.expression, context)

    def binding(self, binding: Binding, node: Expression, context: Context) -> Reason | None:
        """Why what a name means can be NULL."""
        if context.facts and self.keys.of_binding(binding) in context.facts:
            return None
        match binding:
            case ColumnRef(relation=relation, column=column):
                return self.column(relation, column, node, context)
            case MergedRef():
                return self._merged(binding, node, context)
            case RowRef(relation=relation):
                return None if self._is_there(relation, context) else self._missing(relation, node)
            case OutputRef(inside=True):
                return Reason("a result column of the query around may be of no group", node)
            case OutputRef(output=output):
                return self.output(output, context)
            case TextRef():
                return None
            case _:
                return Reason("it is not known what this is", node)

    def _merged(self, binding: MergedRef, node: Expression, context: Context) -> Reason | None:
        left = self.binding(binding.left, node, context)
        match binding.join.kind:
            case "right":
                return self.binding(binding.right, node, context)
            case "full":
                right = self.binding(binding.right, node, context)
                if left is None or right is None:
                    return None
                # coalesce(left, right): a row of the full join itself has one side at least
                declared = self._declared(binding.left) or self._declared(binding.right)
                return declared or self._missing_side(binding, binding.join, node)
            case "inner" | "cross":
                return self._missing_side(binding, None, node)
            case _:
                return left

    def _missing_side(self, binding: Binding, within: Join | None, node: Expression) -> Reason | None:
        """An outer join, other than `within`, that may have found nothing for a merged column."""
        match binding:
            case ColumnRef(relation=relation):
                return self._missing(relation, node, within)
            case MergedRef(left=left, right=right):
                return self._missing_side(left, within, node) or self._missing_side(right, within, node)
            case _:
                return Reason("it is not known what this is", node)

    def _declared(self, binding: Binding) -> Reason | None:
        """Why a column can be NULL in its own table, joins aside."""
        match binding:
            case ColumnRef(column=column):
                return self.source(column)
            case MergedRef(left=left, right=right):
                return self._declared(left) or self._declared(right)
            case _:
                return Reason("it is not known what this is")

    def column(self, relation: Relation, column: RelationColumn, node: Expression, context: Context) -> Reason | None:
        """Why a column of a relation can be NULL in the rows that its query's predicates leave."""
        key = self.keys.of_binding(ColumnRef(relation, column))
        owner = self.owners.get(relation)
        if isinstance(owner, Select) and self.resolution.scopes[owner] is not context.scope:
            grouping = self.groupings.get(owner)
            if grouping is not None and grouping.keys.get(key, not grouping.keys):
                return Reason(f"`{column.name}` is not in every group", node)
        state = self.state_of(relation)
        if state is not None and key in state.facts:
            return None
        missing = self._missing(relation, node)
        if missing is not None and not self._is_there(relation, context):
            return missing
        own = self.source(column)
        if own is None:
            return None
        return Reason(f"`{column.name}` of `{relation.name}` can be NULL", node, own)

    def _is_there(self, relation: Relation, context: Context) -> bool:
        """Whether what is assumed says that an outer join has found something for a relation."""
        return any(self.keys.relations.get(key) is relation for key in context.facts)

    def _missing(self, relation: Relation, node: Expression, within: Join | None = None) -> Reason | None:
        state = self.state_of(relation)
        join = state.missing(relation, within) if state is not None else None
        if join is None:
            return None
        return Reason(
            f"`{relation.name}` may be missing: it is joined by {join.kind.upper()} JOIN",
            node,
            Reason("the join", join),
        )

    def source(self, column: RelationColumn) -> Reason | None:
        """Why a column can be NULL where it comes from."""
        match column.source:
            case TableColumn(column=found):
                if not found.nullable or self._computed(found):
                    return None
                return Reason(f"column `{found.name}` is not declared NOT NULL")
            case QueryColumn(query=query, position=position):
                reasons = self.query(query)
                return reasons[position] if position < len(reasons) else Reason("this column is not known")
            case CounterColumn():
                return None
            case FunctionColumn() as source:
                return self._function_column(source)

    def _function_column(self, source: FunctionColumn) -> Reason | None:
        """A strict function that returns rows gives none for NULL, so that its arguments do not matter."""
        call = source.function.calls[source.call]
        if len(source.function.calls) > 1:
            return Reason("the shorter of several functions is filled up with NULL", call)
        if source.function.columns or not isinstance(call, Call):
            return self._described_column(source, call)
        if call.function == "unnest" and len(call.args) > 1:
            return Reason("the shorter of several arrays is filled up with NULL", call)
        columns = self.environment.types.function_columns(call)
        if source.position is not None:
            known = columns is not None and source.position < len(columns)
            if known and columns is not None and not columns[source.position].nullable:
                return None
            return Reason(f"columns of `{call.function}` can be NULL", call)
        resolved = self.facts.resolved.get(call)
        if resolved is not None and resolved.returns_set and not resolved.own:
            return self.set_element(call)
        return self.expression(call, Context(Scope(None, {})))

    def set_element(self, call: Call) -> Reason | None:
        """Why a value among those that a set-returning function gives can be NULL."""
        args = [self.facts.types.get(argument) for argument in call.args]
        if self.rules.of_call(call, args) in (Nulls.STRICT, Nulls.NEVER):
            return None
        return Reason(f"`{call.function}` can give NULL among its rows", call)

    def _described_column(self, source: FunctionColumn, call: Expression) -> Reason | None:
        columns = flat_columns(source.function.columns)
        if source.position is not None and source.position < len(columns):
            column = columns[source.position]
            if (column.ordinality and column in source.function.columns) or column.not_null:
                return None
        return Reason("a column of a table made from a document can be NULL", call)

    def named_window(self, call: Call, name: str) -> Window | None:
        """The window of a name in the query that a window function is of."""
        query = self._windowed.get(call)
        windows = query.windows if isinstance(query, Select) else ()
        return next((window for found, window in windows if found.text.lower() == name.lower()), None)

    # Grouping

    def is_aggregated(self, query: Select) -> bool:
        """Whether a query gives a row for each group rather than for each row."""
        return bool(query.group_by) or query.having is not None or query.with_rollup or self.has_aggregate(query)

    def has_aggregate(self, query: Select) -> bool:
        """Whether a query computes an aggregate over its own rows."""
        return query in self._aggregating
