"""What HAVING may name where it does not see the tables: result columns, and what the query groups by."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.syntax import Call, ColumnName, Expression, Node, Query, Select, children, walk
from ..merging import is_merged, kept
from ..scopes import Binding, ColumnRef, MergedRef, OutputColumn, OutputRef, QueryColumn, Resolution, Scope, TableColumn
from .resolver import Resolver


def check_having(r: Resolver, query: Select, scope: Scope, outputs: tuple[OutputColumn, ...]) -> None:
    """Report the columns of HAVING, aggregates left out, that are neither selected nor grouped by. Such a name is a
    result column's, or a column's of a query around this one, where there is one."""
    if query.having is None or r.environment.dialect.features.having_sees_tables:
        return
    inside = bool(query.group_by) and r.environment.dialect.features.having_hides_inside
    known = {_identity(ref) for output in outputs for ref in _refs(_meant(r, output.value))}
    known |= {_identity(ref) for item in query.group_by for ref in _refs(_meant(r, item)) if _is_grouped(r, ref)}
    for name in _names(r, query.having, inside):
        binding = r.result.bindings.get(name)
        refs = list(_refs(binding))
        own = bool(refs) and all(ref.relation in scope.relations for ref in refs)
        if not own or (any(_identity(ref) in known for ref in refs) and not _is_hidden(r, name, query, outputs)):
            continue
        meant = _named(r, name, outputs) or r.lookup.around(name, scope)
        if meant is not None:
            r.result.bindings[name] = meant
        else:
            column = name.parts[-1].text
            r.report("unknown-column", f"HAVING does not see column `{column}`", name, "select it, or move it to WHERE")


def _is_grouped(r: Resolver, ref: ColumnRef) -> bool:
    """Whether HAVING finds a column that is grouped by: not where it stands for an expression of a query that the
    database puts in the place of the relation."""
    if not r.environment.dialect.features.group_by_fields:
        return True
    table, source = ref.relation.table, ref.column.source
    if table is not None and table.query is not None and isinstance(source, TableColumn):
        if table.recursive or table.source is None or not isinstance(table.query, Select):
            return True
        inner = r.environment.view_resolution(table, r.resolved)
        names = [column.name for column in table.columns]
        place = names.index(source.column.name) if source.column.name in names else len(names)
        return _is_field(r, table.query, place, inner)
    if isinstance(source, QueryColumn):
        return _is_field(r, source.query, source.position, r.result)
    return True


def _is_field(r: Resolver, query: Query, position: int, resolution: Resolution) -> bool:
    """Whether a column of a query in FROM or a view is found: where the query is not merged, or it is a column there.
    Queries among the columns keep it from being merged only where they read its rows."""
    outputs = resolution.outputs.get(query, ())
    rules = r.environment.dialect.nulls
    if not isinstance(query, Select) or position >= len(outputs) or not is_merged(query, rules, subqueries=True):
        return True
    inner = [node for item in query.items for node in walk(item) if isinstance(node, Query)]
    if any(_reads(node, query, resolution) for node in inner):
        return True
    value = outputs[position].value
    if isinstance(value, Expression) and any(isinstance(node, Query) for node in walk(value)):
        return _reads(value, query, resolution)
    binding = resolution.bindings.get(value) if isinstance(value, ColumnName) else value
    refs = [] if binding is None or isinstance(binding, Expression) else list(_refs(binding))
    return bool(refs) and all(_is_grouped(r, ref) for ref in refs)


def _reads(node: Node, query: Query, resolution: Resolution) -> bool:
    """Whether a node names columns of the tables that a query reads."""
    named = (resolution.bindings.get(name) for name in walk(node) if isinstance(name, ColumnName))
    return any(ref.relation in resolution.scopes[query].relations for one in named for ref in _refs(one))


def _is_hidden(r: Resolver, name: ColumnName, query: Select, outputs: tuple[OutputColumn, ...]) -> bool:
    """Whether a name with its table's is not found because GROUP BY has its like of another table too."""
    if len(name.parts) == 1 or not r.environment.dialect.features.group_names_differ:
        return False
    meant = {_identity(ref) for ref in _refs(r.result.bindings.get(name))}
    if meant & {_identity(ref) for output in outputs for ref in _refs(_meant(r, output.value))}:
        return False
    key, spelled = r.environment.column_key, r.environment.spelled
    wanted = key(spelled(name.parts[-1]))
    grouped = [
        item for item in query.group_by if isinstance(item, ColumnName) and key(spelled(item.parts[-1])) == wanted
    ]
    return any(not meant & {_identity(ref) for ref in _refs(kept(_meant(r, item)))} for item in grouped)


def _named(r: Resolver, name: ColumnName, outputs: tuple[OutputColumn, ...]) -> OutputRef | None:
    key = r.environment.column_key
    wanted = key(r.environment.spelled(name.parts[-1]))
    aliased = [output for output in outputs if output.item.alias is not None and key(output.name) == wanted]
    return OutputRef(aliased[0]) if aliased and len(name.parts) == 1 else None


def _meant(r: Resolver, value: Expression | Binding) -> Binding | None:
    """The column that a value is, through the names of result columns."""
    found = r.result.bindings.get(value) if isinstance(value, ColumnName) else value
    while isinstance(found, OutputRef):
        inner = found.output.value
        found = r.result.bindings.get(inner) if isinstance(inner, ColumnName) else inner
    return None if isinstance(found, Expression) else found


def _refs(binding: Binding | None) -> Iterator[ColumnRef]:
    match binding:
        case ColumnRef():
            yield binding
        case MergedRef(left=left, right=right):
            yield from _refs(left)
            yield from _refs(right)
        case _:
            return


def _identity(ref: ColumnRef) -> tuple[int, int]:
    return id(ref.relation), id(ref.column)


def _names(r: Resolver, node: Node, inside: bool) -> Iterator[ColumnName]:
    if (isinstance(node, Query) and not inside) or (
        isinstance(node, Call) and r.environment.dialect.nulls.is_aggregate(node)
    ):
        return
    if isinstance(node, ColumnName):
        yield node
    for child in children(node):
        yield from _names(r, child, inside)
