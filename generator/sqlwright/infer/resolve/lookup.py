"""Finding what a name means among the scopes, and saying what is wrong when nothing or too much has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...diagnostics import Diagnostic, Source, error, nearest_of, suggestion
from ...model.syntax import Call, ColumnName, Expression, Identifier, Node, Query, children
from ..environment import Environment
from ..scopes import (
    Binding,
    ColumnRef,
    FunctionColumn,
    MergedRef,
    OutputRef,
    Relation,
    RowRef,
    Scope,
    TextRef,
    UnknownRef,
)

_SEEING: Final = frozenset(("select", "group by", "having", "order by"))
"""The clauses in which queries see the result columns of the query around them."""


class Lookup:
    """Finds names for the resolver; what it cannot find it reports, once for each name of a query."""

    def __init__(self, environment: Environment, source: Source, findings: list[Diagnostic]) -> None:
        self.environment = environment
        self.source = source
        self.findings = findings

    def column(self, node: ColumnName, scope: Scope, clause: str) -> Binding:
        """What a column name means in a clause ("where", "order by", …) of the innermost scope."""
        first = node.parts[0]
        if len(node.parts) > 1:
            return self._qualified(node, scope)
        name = self.environment.spelled(first)
        key = self.environment.column_key(name)
        for level in scope.outward():
            found = self._in_scope(node, key, level)
            if found is not None:
                return found
            if level is scope and clause in self.environment.dialect.features.output_names:
                for output in level.outputs:
                    if output.item.alias is not None and self.environment.column_key(output.name) == key:
                        return (
                            self._unless_windowed(OutputRef(output), node) if clause == "having" else OutputRef(output)
                        )
            elif level is not scope and self.environment.dialect.features.outputs_seen_inside:
                around = self._output_around(node, key, level)
                if around is not None:
                    return around
        row = self.relation(first, scope)
        if row is not None and self.environment.dialect.features.whole_rows:
            return _scalar(row) or RowRef(row)
        if first.quoted and self.environment.dialect.features.strings_may_be_names:
            return TextRef(first.text)
        self._unknown_column(node, name, scope)
        return UnknownRef()

    def _output_around(self, node: ColumnName, key: str, level: Scope) -> Binding | None:
        """The result column of a query that a query inside it names: of the select list, those before the place."""
        if level.clause not in _SEEING:
            return None
        for output in level.outputs:
            before = level.clause != "select" or (level.item is not None and output.item.start < level.item.start)
            if before and output.item.alias is not None and self.environment.column_key(output.name) == key:
                rules = self.environment.dialect.nulls
                calls = [inner for inner in _of_this_query(output.item) if isinstance(inner, Call)]
                if any(rules.is_aggregate(call) for call in calls):
                    help = "compute it in a query in FROM"
                    self._report("unknown-column", f"queries inside do not see the aggregate `{key}`", node, help)
                    return UnknownRef()
                seen = OutputRef(output, inside=True)
                return (
                    seen if self.environment.dialect.features.windows_see_outputs else self._unless_windowed(seen, node)
                )
        return None

    def _unless_windowed(self, named: OutputRef, node: ColumnName) -> Binding:
        """A result column in HAVING, which comes before windows."""
        if any(isinstance(inner, Call) and inner.over is not None for inner in _of_this_query(named.output.item)):
            help = "compute it in a query in FROM, and write the condition in the WHERE around it"
            self._report("misplaced-window", f"`{named.output.name}` is computed by a window function", node, help)
            return UnknownRef()
        return named

    def in_window(self, node: ColumnName, scope: Scope, ordered: bool) -> Binding | None:
        """What a bare name in a window's ORDER BY (or else PARTITION BY) means where that is no column of a table."""
        features = self.environment.dialect.features
        key = self.environment.column_key(self.environment.spelled(node.parts[0]))
        named = [
            output
            for output in scope.outputs
            if output.item.alias is not None and self.environment.column_key(output.name) == key
        ]
        sides = set(_relations(scope.merged[key])) if key in scope.merged else set[Relation]()
        merged = features.outputs_over_merged and scope.first in sides
        if not named or not (merged or features.windows_see_outputs):
            return None
        if not features.windows_see_outputs:
            item = named[0].item.expression
            if (
                isinstance(item, ColumnName)
                and self.environment.column_key(self.environment.spelled(item.parts[-1])) == key
            ):
                return None
            help = "write it with the name of its table"
            self._report("unknown-column", f"a window does not see the merged column `{key}`", node, help)
            return UnknownRef()
        if not (ordered or merged) and any(key in relation.index for relation in scope.relations):
            return None
        value = named[0].value
        if any(isinstance(inner, Call) and inner.over is not None for inner in _of_this_query(named[0].item)):
            help = "write a column of a table with the table's name, or give the result column another name"
            message = f"`{key}` is the result column here, which holds a window function"
            self._report("nested-window", message, node, help)
            return UnknownRef()
        return OutputRef(named[0]) if isinstance(value, Expression) else None

    def around(self, node: ColumnName, scope: Scope) -> Binding | None:
        """What a bare name means in the queries around one."""
        key = self.environment.column_key(self.environment.spelled(node.parts[0]))
        levels = [level for level in scope.outward() if level is not scope] if len(node.parts) == 1 else []
        return next((found for level in levels if (found := self._in_scope(node, key, level)) is not None), None)

    def _in_scope(self, node: ColumnName, key: str, scope: Scope) -> Binding | None:
        merged = scope.merged.get(key)
        joined = set(_relations(merged)) if merged is not None else set[Relation]()
        found: list[ColumnRef] = []
        for relation in scope.relations:
            if relation.unknown:
                return merged or UnknownRef()
            if relation not in joined:
                found += [ColumnRef(relation, column) for column in relation.index.get(key, ())]
        if merged is not None:
            others = [ref for ref in found if ref.column in ref.relation.columns]
            if others:
                self._ambiguous(node, others)
            return merged
        if len(found) > 1:
            found = self._listed(found)
        if len(found) > 1:
            self._ambiguous(node, found)
            return UnknownRef()
        return found[0] if found else None

    def _listed(self, found: list[ColumnRef]) -> list[ColumnRef]:
        """Of several columns of one name, those that a star would show; system columns give way to them."""
        return [ref for ref in found if ref.column in ref.relation.columns] or found

    def check_clear(self, node: ColumnName, scope: Scope) -> None:
        """Report a name that has been found if it is not clear among all of a scope."""
        if not any(finding.span == self.source.span(node.start, node.end) for finding in self.findings):
            self._in_scope(node, self.environment.column_key(self.environment.spelled(node.parts[0])), scope)

    def relation(self, name: Identifier, scope: Scope, schema: Identifier | None = None) -> Relation | None:
        """The relation of a name in the scopes, the innermost first."""
        key = self.environment.table_key(self.environment.spelled(name))
        wanted = self.environment.spelled(schema) if schema is not None else None
        for level in scope.outward():
            for relation in level.relations:
                if self.environment.table_key(relation.name) == key and wanted in (None, relation.schema):
                    return relation
        return None

    def _qualified(self, node: ColumnName, scope: Scope) -> Binding:
        *qualifier, last = node.parts
        schema = qualifier[-2] if len(qualifier) > 1 else None
        relation = self.relation(qualifier[-1], scope, schema)
        if relation is None:
            self.unknown_relation(qualifier[-1], scope)
            return UnknownRef()
        if relation.unknown:
            return UnknownRef()
        name = self.environment.spelled(last)
        key = self.environment.column_key(name)
        found = self._of_namesakes(relation, key, scope)
        if len(found) > 1:
            merged = next((level.merged.get(key) for level in scope.outward() if relation in level.relations), None)
            if merged is not None and found[0].relation in _relations(merged):
                return found[0]
            self._ambiguous(node, found)
            return UnknownRef()
        if not found:
            help = nearest_of(name, [column.name for column in relation.columns], "columns")
            self._report("unknown-column", f"column `{name}` does not exist in `{relation.name}`", last, help)
            return UnknownRef()
        return found[0]

    def _of_namesakes(self, relation: Relation, key: str, scope: Scope) -> list[ColumnRef]:
        """The columns of a name that a qualifier can mean: of the relation, and of others where a database looks on."""
        if self.environment.dialect.features.qualifiers_are_final:
            return [ColumnRef(relation, column) for column in relation.index.get(key, ())]
        name = self.environment.table_key(relation.name)
        for level in scope.outward():
            called = [one for one in level.relations if self.environment.table_key(one.name) == name]
            found = [ColumnRef(one, column) for one in called for column in one.index.get(key, ())]
            if found:
                return found
        return []

    # Findings

    def _report(self, code: str, message: str, node: ColumnName | Identifier, help: str | None) -> None:
        self.findings.append(error(code, message, self.source.span(node.start, node.end), help))

    def _ambiguous(self, node: ColumnName, found: list[ColumnRef]) -> None:
        name = self.environment.spelled(node.parts[-1])
        owners = list(dict.fromkeys(ref.relation.name for ref in found))
        if len(owners) > 1 or len(found) == 1:
            choices = " or ".join(f"`{owner}.{name}`" for owner in owners[:3])
            self._report("ambiguous-column", f"column `{name}` is ambiguous", node, f"write {choices}")
        else:
            help = "give the columns of that query different names"
            self._report("ambiguous-column", f"`{owners[0]}` has more than one column `{name}`", node, help)

    def _unknown_column(self, node: ColumnName, name: str, scope: Scope) -> None:
        columns = [column for column, _ in self._visible(scope)] or [output.name for output in scope.outputs]
        help = nearest_of(name, columns, "columns") if columns else "this query reads no table; add FROM"
        close = suggestion(name, [column for column, _ in self._visible(scope)])
        if close is not None:
            having = {owner for column, owner in self._visible(scope) if column == close}
            owner = having.pop() if len(having) == 1 else None
            help = f"did you mean `{close}`" + (f" of `{owner}`?" if owner else "?")
        owners = list(dict.fromkeys(relation.name for relation in scope.relations))
        where = f" in `{owners[0]}`" if len(owners) == 1 else ""
        self._report("unknown-column", f"column `{name}` does not exist{where}", node, help)

    def _visible(self, scope: Scope) -> Iterator[tuple[str, str]]:
        for level in scope.outward():
            for relation in level.relations:
                for column in relation.columns:
                    yield column.name, relation.name

    def unknown_relation(self, name: Identifier, scope: Scope) -> None:
        """Report a qualifier that names no relation of the query."""
        shown = self.environment.spelled(name)
        names = [relation.name for level in scope.outward() for relation in level.relations]
        aliased = [
            relation.name
            for level in scope.outward()
            for relation in level.relations
            if relation.table is not None
            and self.environment.table_key(relation.table.name) == self.environment.table_key(shown)
        ]
        if aliased:
            help: str | None = f"the table is called `{aliased[0]}` in this query"
        elif self.environment.table((name,)) is not None:
            help = f"add `{shown}` to FROM, or join it"
        else:
            help = nearest_of(shown, names, "tables of this query") if names else "this query reads no table; add FROM"
        self._report("unknown-table", f"`{shown}` is not a table of this query", name, help)


def merges_within(binding: Binding, relations: Sequence[Relation]) -> bool:
    """Whether a merged column is of these relations alone."""
    return all(relation in relations for relation in _relations(binding))


def _relations(binding: Binding) -> Iterator[Relation]:
    """The relations whose columns USING has merged into one."""
    match binding:
        case ColumnRef(relation=relation):
            yield relation
        case MergedRef(left=left, right=right):
            yield from _relations(left)
            yield from _relations(right)
        case _:
            return


def _of_this_query(node: Node) -> Iterator[Node]:
    """A node and what is in it, without the queries there."""
    yield node
    for child in children(node):
        if not isinstance(child, Query):
            yield from _of_this_query(child)


def _scalar(relation: Relation) -> ColumnRef | None:
    """The value of a function in FROM that gives one, for which the name of the whole row stands."""
    function = relation.function
    if function is None or len(relation.columns) != 1 or function.columns:
        return None
    if function.alias is not None and function.alias.types:
        return None
    source = relation.columns[0].source
    if relation.row_of() is not None and isinstance(source, FunctionColumn) and source.position is not None:
        return None
    return ColumnRef(relation, relation.columns[0])
