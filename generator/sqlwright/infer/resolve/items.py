"""Result columns, and the clauses that may name them: GROUP BY and ORDER BY."""

from __future__ import annotations

from ...model.syntax import (
    Boolean,
    ColumnName,
    Delete,
    Embed,
    Expression,
    FieldStar,
    Null,
    Number,
    Ordering,
    Query,
    Select,
    SelectItem,
    SetOperation,
    Star,
    String,
    TableQuery,
    Unary,
    Update,
    Values,
)
from ..scopes import (
    Binding,
    ColumnRef,
    OutputColumn,
    OutputRef,
    Relation,
    RowRef,
    Scope,
    StarExpansion,
    TextRef,
)
from .resolver import Resolver, counted
from .shapes import fields_of


def resolve_items(r: Resolver, items: tuple[SelectItem, ...], scope: Scope, query: Query) -> tuple[OutputColumn, ...]:
    outputs: list[OutputColumn] = []
    for item in items:
        scope.item = item
        match item.expression:
            case Star() as star:
                outputs += spread_star(r, star, item, scope)
            case Embed() as embed:
                outputs += spread_embed(r, embed, item, scope)
            case FieldStar() as spread:
                outputs += spread_fields(r, spread, item, scope)
            case expression:
                r.expression(expression, scope, "select")
                outputs.append(OutputColumn(output_name(r, item), expression, item))
    return tuple(outputs)


def output_name(r: Resolver, item: SelectItem) -> str:
    if item.alias is not None:
        return r.environment.spelled(item.alias).removesuffix("!").removesuffix("?") or item.alias.text
    if isinstance(item.expression, ColumnName) and not r.environment.dialect.features.columns_named_as_written:
        binding = r.result.bindings.get(item.expression)
        key, written = r.environment.column_key, r.environment.spelled(item.expression.parts[-1])
        if isinstance(binding, ColumnRef) and key(binding.column.name) == key(written):
            return binding.column.name
        if isinstance(binding, TextRef):
            return r.source.text[item.start : item.expression_end]
    text = r.source.text[item.start : item.expression_end]
    return r.environment.dialect.names.label(item, text)


def spread_star(r: Resolver, star: Star, item: SelectItem, scope: Scope) -> list[OutputColumn]:
    relations: tuple[Relation, ...]
    if star.qualifier:
        *schemas, table = star.qualifier
        relation = r.lookup.relation(table, scope, schemas[-1] if schemas else None)
        if relation is None:
            r.lookup.unknown_relation(table, scope)
            return []
        outputs = [OutputColumn(column.name, ColumnRef(relation, column), item) for column in relation.columns]
        relations = (relation,)
    else:
        if not scope.relations:
            r.report("no-tables", "`*` needs tables to take columns from", star, "add FROM, or name columns")
        outputs = [OutputColumn(name, binding, item) for name, binding in scope.stars]
        relations = tuple(scope.relations)
    r.result.stars.append(StarExpansion(star, tuple(outputs), relations))
    return outputs


def spread_embed(r: Resolver, embed: Embed, item: SelectItem, scope: Scope) -> list[OutputColumn]:
    relation = r.lookup.relation(embed.table, scope)
    if relation is None:
        r.lookup.unknown_relation(embed.table, scope)
        return []
    outputs = [
        OutputColumn(column.name, ColumnRef(relation, column), item, embedded=embed) for column in relation.columns
    ]
    r.result.stars.append(StarExpansion(embed, tuple(outputs), (relation,)))
    return outputs


def spread_fields(r: Resolver, spread: FieldStar, item: SelectItem, scope: Scope) -> list[OutputColumn]:
    """`(x).*`: the fields of a composite column, of a row or of what a function gives."""
    r.expression(spread.operand, scope, "select")
    binding = r.result.bindings.get(spread.operand) if isinstance(spread.operand, ColumnName) else None
    if isinstance(binding, RowRef):
        row = binding.relation
        outputs = [OutputColumn(column.name, ColumnRef(row, column), item) for column in row.columns]
        r.result.stars.append(StarExpansion(spread, tuple(outputs), (row,)))
        return outputs
    fields = fields_of(r, spread.operand)
    if fields is None:
        r.report(
            "unknown-fields",
            "the fields of this value are not known",
            spread,
            "name them: (x).field, (x).other",
        )
        return []
    outputs = [OutputColumn(field.name, spread.operand, item, path=field) for field in fields]
    r.result.stars.append(StarExpansion(spread, tuple(outputs), ()))
    return outputs


def resolve_ordering(r: Resolver, items: tuple[Ordering, ...], scope: Scope, outputs: tuple[OutputColumn, ...]) -> None:
    for item in items:
        named_or_expression(r, item.expression, scope, outputs, "order by")


def named_or_expression(
    r: Resolver, expression: Expression, scope: Scope, outputs: tuple[OutputColumn, ...], clause: str
) -> None:
    """An item of GROUP BY or ORDER BY: a position, a bare name that may be a result column's, or an expression."""
    if isinstance(expression, Number) and expression.text.isdigit():
        position = int(expression.text)
        if outputs and not 1 <= position <= len(outputs):
            r.report(
                "bad-position",
                f"position {position} is not in the select list",
                expression,
                f"the list has {counted(len(outputs), 'column')}",
            )
        return
    if not r.environment.dialect.features.constants_order and _is_constant(expression):
        help = "name a column, or the position of one in the select list"
        r.report("bad-position", f"{clause.upper()} cannot name a constant that is no position", expression, help)
        return
    if isinstance(expression, ColumnName) and len(expression.parts) == 1:
        found = output_named(r, expression, scope, outputs, clause)
        if found is not None:
            r.result.bindings[expression] = found
            return
    r.expression(expression, scope, clause)


def _is_constant(node: Expression) -> bool:
    return isinstance(node, Boolean | Null | Number | String) or (
        isinstance(node, Unary) and node.op == "-" and isinstance(node.operand, Number)
    )


def output_named(
    r: Resolver, name: ColumnName, scope: Scope, outputs: tuple[OutputColumn, ...], clause: str
) -> Binding | None:
    """The result column that a bare name means: in ORDER BY before, in GROUP BY after, a column of a table."""
    key = r.environment.column_key(r.environment.spelled(name.parts[0]))
    columns_first = clause == "group by" or not r.environment.dialect.features.output_names_first
    matching = [output for output in outputs if r.environment.column_key(output.name) == key]
    if key in scope.merged and columns_first:
        aliased = [output for output in matching if output.item.alias is not None]
        return OutputRef(aliased[0]) if aliased and r.environment.dialect.features.outputs_over_merged else None
    if columns_first and any(key in relation.index for relation in scope.relations):
        return None
    return OutputRef(matching[0]) if matching else None


def resolve_limit(
    r: Resolver, query: Select | SetOperation | Values | TableQuery | Update | Delete, scope: Scope
) -> None:
    if query.limit is not None:
        empty = Scope(None, {})
        for value in (query.limit.count, query.limit.offset):
            r.expression(value, empty if not scope.ctes else Scope(None, scope.ctes), "limit")
