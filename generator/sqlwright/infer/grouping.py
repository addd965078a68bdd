"""Aggregates and window functions where none may stand, and columns that are neither grouped nor aggregated.

A column may stand beside aggregates when it is grouped by, or when the primary key of its table is (PostgreSQL's
manual, GROUP BY); on MySQL also when what is grouped by determines it in another way. Where this module is unsure it
says nothing: the server has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic, Source, error
from ..dialects.base import NullRules
from ..model.query import NamedQuery
from ..model.syntax import (
    Call,
    ColumnName,
    Exists,
    Expression,
    GroupingSets,
    InQuery,
    Node,
    Number,
    Ordering,
    Quantified,
    Query,
    Row,
    Select,
    SetOperation,
    Star,
    Subquery,
    Window,
    children,
    walk,
)
from .dependencies import Determined, determined, place_of
from .environment import Environment
from .facts import TypeFacts
from .grouping_sets import grouping_sets
from .merging import is_merged
from .misplaced import misplaced
from .nulls.constants import Constants, Known
from .sameness import Sameness, SameParameter, Value, columns_of
from .scopes import (
    Binding,
    ColumnRef,
    MergedRef,
    OutputColumn,
    OutputRef,
    QueryColumn,
    Relation,
    Resolution,
    TableColumn,
)


def grouping_findings(
    query: NamedQuery, resolution: Resolution, facts: TypeFacts, environment: Environment
) -> list[Diagnostic]:
    """What is wrong with the aggregates, windows and groups of a query and of those inside it."""
    features = environment.dialect.features
    findings = list(misplaced(query, resolution.gathered, features, _nothing(facts, environment)))
    unchecked = (
        frozenset(_unchecked(query.query, resolution, environment.dialect.nulls))
        if features.skips_unneeded_groups
        else frozenset[Select]()
    )
    for node in walk(query.query):
        if isinstance(node, Select) and node in resolution.scopes:
            same = SameParameter(query)
            findings += _Grouping(query.source, node, resolution, facts, environment, same, unchecked).findings()
    return findings


def _nothing(facts: TypeFacts, environment: Environment) -> Callable[[Expression], bool]:
    rules = environment.dialect.nulls

    def is_strict(node: Expression) -> bool:
        return rules.is_strict(node, facts.resolved.get(node))

    constants = Constants(is_strict, lambda _: True, lambda _: False, lambda _: False)
    return lambda node: constants.of(node) == Known(None)


def _unchecked(query: Query, resolution: Resolution, rules: NullRules) -> Iterator[Select]:
    """The queries whose groups MySQL does not look at: it drops those of compared queries without aggregates, and
    columns of queries in FROM that nothing reads."""
    gathering = {found.query for found in resolution.gathered}
    for node in walk(query):
        match node:
            case InQuery(query=compared) | Exists(query=compared) | Quantified(right=Subquery(query=compared)):
                for part in _parts(compared):
                    if part not in gathering and part.having is None and not part.with_rollup:
                        yield part
            case _:
                pass
    read = {id(ref.column.source) for ref in _all_refs(resolution)}
    for relation in (one for scope in resolution.scopes.values() for one in scope.relations):
        for column in relation.columns:
            source = column.source
            if not isinstance(source, QueryColumn) or id(source) in read:
                continue
            if not isinstance(source.query, Select) or not is_merged(source.query, rules, subqueries=True):
                continue
            outputs = resolution.outputs.get(source.query, ())
            value = outputs[source.position].value if source.position < len(outputs) else None
            if isinstance(value, Expression):
                yield from (inner for inner in walk(value) if isinstance(inner, Select))


def _parts(query: Query) -> Iterator[Select]:
    match query:
        case Select():
            yield query
        case SetOperation(left=left, right=right):
            yield from _parts(left)
            yield from _parts(right)
        case _:
            return


def _all_refs(resolution: Resolution) -> Iterator[ColumnRef]:
    for binding in resolution.bindings.values():
        yield from columns_of(binding)
    for outputs in resolution.outputs.values():
        for output in outputs:
            yield from columns_of(output.value)
    for pairs in resolution.usings.values():
        for pair in pairs:
            for side in pair:
                yield from columns_of(side)


def ungrouped(
    source: Source, select: Select, resolution: Resolution, facts: TypeFacts, environment: Environment
) -> Iterator[Diagnostic]:
    """The columns beside aggregates that are not grouped by, whether or not the dialect minds them."""
    return _Grouping(source, select, resolution, facts, environment, _by_index).ungrouped()


def _by_index(left: int, right: int) -> bool:
    return left == right


class _Grouping:
    """The groups of one SELECT."""

    def __init__(
        self,
        source: Source,
        select: Select,
        resolution: Resolution,
        facts: TypeFacts,
        environment: Environment,
        same_parameter: Callable[[int, int], bool],
        unchecked: frozenset[Select] = frozenset(),
    ) -> None:
        self.source = source
        self.same = Sameness(resolution, facts, environment, same_parameter)
        self.unchecked = unchecked
        self.select = select
        self.resolution = resolution
        self.facts = facts
        self.environment = environment
        self.aggregates = {found.call: found for found in resolution.gathered if not found.is_window}
        self.relations = resolution.scopes[select].relations
        self.outputs = resolution.outputs.get(select, ())
        self._single: Determined | None = None
        self._by_wholes = environment.dialect.features.whole_groups
        self.groups = [value for item in select.group_by for value in self._grouped(item)]

    def findings(self) -> Iterator[Diagnostic]:
        refused = self.environment.dialect.features.having_alone == "refused"
        if refused and self.select.having is not None and not self._selects_groups():
            help = "write the condition in WHERE, or group by something"
            yield self._error("misplaced-having", "HAVING needs a GROUP BY or an aggregate", self.select.having, help)
        if self.environment.dialect.features.grouped_columns_required and self.select not in self.unchecked:
            yield from self.ungrouped()
        yield from self._gathered_groups()

    def _gathered_groups(self) -> Iterator[Diagnostic]:
        """Names in GROUP BY of result columns that gather groups themselves."""
        gathered = {found.call for found in self.resolution.gathered if found.query is self.select}
        for item in self.select.group_by:
            binding = self.resolution.bindings.get(item) if isinstance(item, ColumnName) else None
            if isinstance(binding, OutputRef) and any(node in gathered for node in walk(binding.output.item)):
                message = f"`{binding.output.name}` is computed of groups, and cannot make them"
                yield self._error("misplaced-aggregate", message, item, "group by a column of a table")

    def ungrouped(self) -> Iterator[Diagnostic]:
        if self._is_aggregated():
            for output in self.outputs:
                yield from self._ungrouped(output.value, output)
            if self.select.having is not None:
                yield from self._ungrouped(self.select.having, None)
            for ordering in self.select.order_by:
                for part in self._computed(ordering):
                    yield from self._ungrouped(part, None)

    def _computed(self, ordering: Ordering) -> Iterator[Expression]:
        """What is looked at of an item of ORDER BY: of one that orders a single row perhaps only the windows."""
        if self.select.group_by or not self.environment.dialect.features.skips_unneeded_groups:
            yield ordering.expression
            return
        windows = {found.call for found in self.resolution.gathered if found.is_window and found.query is self.select}
        yield from (node for node in walk(ordering) if node in windows and isinstance(node, Call))

    def _own_relation(self, binding: Binding | None) -> Relation | None:
        if isinstance(binding, MergedRef):
            return self._own_relation(binding.right if binding.join.kind == "right" else binding.left)
        if isinstance(binding, ColumnRef) and binding.relation in self.relations:
            return binding.relation
        return None

    def _is_aggregated(self) -> bool:
        alone = self.environment.dialect.features.having_alone
        if self.select.group_by or (self.select.having is not None and alone == "groups"):
            return True
        return any(found.query is self.select for found in self.aggregates.values())

    def _selects_groups(self) -> bool:
        """Whether GROUP BY, or an aggregate that is no mere condition, makes groups."""
        own = [found.clause for found in self.aggregates.values() if found.query is self.select]
        return bool(self.select.group_by) or any(clause != "HAVING" for clause in own)

    # Groups

    def _grouped(self, item: Expression) -> Iterator[Value]:
        """What an item of GROUP BY groups by: a position or a name of the list means the value there."""
        match item:
            case GroupingSets(items=items) | Row(items=items):
                for inner in items:
                    yield from self._grouped(inner)
            case Number(text=text) if text.isdigit() and 0 < int(text) <= len(self.outputs):
                yield self.outputs[int(text) - 1].value
            case ColumnName():
                binding = self.resolution.bindings.get(item)
                yield binding.output.value if isinstance(binding, OutputRef) else item
            case _:
                yield item

    def _ungrouped(self, value: Value, output: OutputColumn | None, whole: bool = True) -> Iterator[Diagnostic]:
        """The columns in a value that are not the same for all rows of a group. `whole` says that it may be one that is
        grouped by, and not only what that is made of."""
        if (whole or isinstance(value, ColumnName)) and any(self.same.same(value, group) for group in self.groups):
            return
        match value:
            case ColumnName():
                binding = self.resolution.bindings.get(value)
                if binding is not None and self._varies(binding):
                    yield self._not_grouped(value, value.parts[-1].text)
            case ColumnRef(column=column):
                if output is not None and self._varies(value):
                    yield self._not_grouped(output.item, column.name)
            case Call() if value in self.aggregates and self.aggregates[value].query is self.select:
                return
            case Call() if value.function in self.environment.dialect.features.any_of_group:
                return
            case Star():
                return
            case Expression():
                yield from self._ungrouped_below(value)
            case _:
                return

    def _ungrouped_below(self, node: Node) -> Iterator[Diagnostic]:
        for child in children(node):
            if isinstance(child, Expression):
                yield from self._ungrouped(child, None, not self._by_wholes or isinstance(node, Ordering | Window))
            elif isinstance(child, Query):
                yield from self._ungrouped_within(child)
            else:
                yield from self._ungrouped_below(child)

    def _ungrouped_within(self, node: Node) -> Iterator[Diagnostic]:
        """The columns of this SELECT in a query inside it; there, only what is grouped by under its name is known."""
        if isinstance(node, Call) and node in self.aggregates and self.aggregates[node].query is self.select:
            return
        if isinstance(node, ColumnName):
            yield from self._ungrouped(node, None)
        elif (
            self._by_wholes
            and isinstance(node, Expression)
            and any(self.same.same(node, group) for group in self.groups)
        ):
            return
        for child in children(node):
            yield from self._ungrouped_within(child)

    def _varies(self, binding: Binding) -> bool:
        relation = self._own_relation(binding)
        if self.environment.dialect.features.equals_determine:
            return relation is not None and not self._determined().has(binding)
        return relation is not None and not self._key_is_grouped(relation)

    def _key_is_grouped(self, relation: Relation) -> bool:
        key = relation.table.primary_key if relation.table is not None else None
        return key is not None and not key.deferred and set(key.columns) <= set(self._grouped_columns(relation))

    def _determined(self) -> Determined:
        """What each group has one value of; gathered when it is first asked for."""
        if self._single is None:
            columns = [ref for group in self.groups for ref in self.same.meant(self.same.binding(group))]
            if len(grouping_sets(self.select)) > 1:
                constant = determined(self.select, (), self.resolution, self.environment)
                self._single = Determined(constant.columns.union(map(place_of, columns)), constant.relations)
            else:
                self._single = determined(self.select, columns, self.resolution, self.environment)
        return self._single

    def _grouped_columns(self, relation: Relation) -> Iterator[str]:
        for group in self._in_every_set():
            meant = list(self.same.meant(self.same.binding(group)))
            for binding in meant if len(meant) == 1 else ():
                if binding.relation is relation and isinstance(binding.column.source, TableColumn):
                    yield binding.column.source.column.name

    def _in_every_set(self) -> list[Value]:
        """What every group is made by; columns are told by what they mean, for a set repeats them."""
        sets = [[value for item in one for value in self._grouped(item)] for one in grouping_sets(self.select)]
        return [
            value for value in sets[0] if all(any(self.same.same(value, other) for other in one) for one in sets[1:])
        ]

    def _not_grouped(self, node: Node, name: str) -> Diagnostic:
        message = f"column `{name}` must be in GROUP BY, or in an aggregate"
        return self._error("not-grouped", message, node, f"add it to GROUP BY, or write max({name}) or the like")

    def _error(self, code: str, message: str, node: Node, help: str) -> Diagnostic:
        return error(code, message, self.source.span(node.start, node.end), help)
