"""What types can be told of while names are still being bound: enough to open the rows of functions into columns."""

from __future__ import annotations

from collections.abc import Iterable

from ...dialects.base import Resolved, TypeFailure
from ...model.catalog import Column
from ...model.syntax import (
    Array,
    ArrayQuery,
    Boolean,
    Call,
    Case,
    Cast,
    ColumnName,
    Expression,
    Field,
    Identifier,
    NamedArgument,
    Number,
    Query,
    Subquery,
    Subscript,
    Variadic,
)
from ...model.types import Family, SqlType
from ..scopes import (
    Binding,
    ColumnRef,
    FunctionColumn,
    MergedRef,
    OutputColumn,
    OutputRef,
    QueryColumn,
    RelationColumn,
    RowRef,
    TableColumn,
)
from .resolver import Resolver


def opened(r: Resolver, call: Expression) -> tuple[Column, ...] | None:
    """The columns that a call in FROM is opened into; None when it gives a single value, or nothing is known."""
    if not isinstance(call, Call):
        return None
    span = r.source.span(call.start, call.end)
    found = r.environment.types.function_columns(call)
    if found is not None:
        return tuple(Column(column.name, column.type, column.nullable, span) for column in found)
    if call.function == "unnest" and len(call.args) > 1:
        return None
    resolved = _resolved(r, call)
    if resolved is None:
        return None
    if resolved.columns:
        return tuple(Column(name, type, True, span) for name, type in resolved.columns)
    fields = r.environment.types.fields(resolved.result)
    return None if fields is None else tuple(Column(field.name, field.type, True, span) for field in fields)


def lacks_columns(r: Resolver, call: Expression) -> bool:
    """Whether a call gives rows of which only the query can say what columns they have."""
    if not isinstance(call, Call) or call.form != "()":
        return False
    resolved = _resolved(r, call)
    return resolved is not None and _is_record(resolved.result) and not resolved.columns


def shape(r: Resolver, node: Expression) -> SqlType | None:
    """The type of an expression whose names are bound; None where the context decides, or it cannot be told yet."""
    types = r.environment.types
    match node:
        case ColumnName():
            binding = r.result.bindings.get(node)
            return _of_binding(r, binding) if binding is not None else None
        case Cast(type=name):
            found = types.from_name(name)
            return None if isinstance(found, TypeFailure) else found
        case Call():
            resolved = _resolved(r, node)
            return resolved.result if resolved is not None else None
        case Array(items=items):
            element = _first(shape(r, item) for item in items)
            return element if element is None or element.array else types.array_of(element)
        case ArrayQuery(query=query):
            element = _of_query(r, query, 0)
            return types.array_of(element) if element is not None else None
        case Subquery(query=query):
            return _of_query(r, query, 0)
        case Case(whens=whens, otherwise=otherwise):
            branches = [*(when.result for when in whens), *((otherwise,) if otherwise is not None else ())]
            return _first(shape(r, branch) for branch in branches)
        case Field(operand=operand, name=name):
            return _field(r, operand, name)
        case Subscript(operand=operand, slice=slice_):
            whole = shape(r, operand)
            return whole if slice_ or whole is None else types.element(whole) or whole
        case NamedArgument(value=value) | Variadic(value=value):
            return shape(r, value)
        case Number():
            return types.number(node)
        case Boolean():
            return types.boolean()
        case _:
            return None


def fields_of(r: Resolver, operand: Expression) -> tuple[Column, ...] | None:
    """The fields of a value, by name; None when it has none or they are not known."""
    columns = opened(r, operand)
    if columns is not None:
        return columns
    found = shape(r, operand)
    return r.environment.types.fields(found) if found is not None else None


def _resolved(r: Resolver, call: Call) -> Resolved | None:
    args = [*call.args, *(item.expression for item in call.within)]
    found = r.environment.types.call(call, [shape(r, argument) for argument in args])
    return None if isinstance(found, TypeFailure) or found.result.family is Family.OPAQUE else found


def _field(r: Resolver, operand: Expression, name: Identifier) -> SqlType | None:
    wanted = r.environment.spelled(name)
    return next((field.type for field in fields_of(r, operand) or () if field.name == wanted), None)


def _first(types: Iterable[SqlType | None]) -> SqlType | None:
    return next((type for type in types if type is not None), None)


def _of_binding(r: Resolver, binding: Binding) -> SqlType | None:
    match binding:
        case ColumnRef(column=column):
            return _of_column(r, column)
        case MergedRef(left=left):
            return _of_binding(r, left)
        case OutputRef(output=output):
            return _of_output(r, output)
        case RowRef(relation=relation) if relation.table is not None:
            return r.environment.types.row_type(relation.table)
        case RowRef(relation=relation):
            call = relation.row_of()
            return shape(r, call) if call is not None else None
        case _:
            return None


def _of_column(r: Resolver, column: RelationColumn) -> SqlType | None:
    match column.source:
        case TableColumn(column=declared):
            return declared.type
        case QueryColumn(query=query, position=position):
            return _of_query(r, query, position)
        case FunctionColumn(function=function, call=number, position=position) if not function.columns:
            alias = function.alias
            if alias is not None and alias.types and position is not None:
                found = r.environment.types.from_name(alias.types[position])
                return None if isinstance(found, TypeFailure) else found
            call = function.calls[number]
            if position is None:
                return shape(r, call)
            fields = opened(r, call) or ()
            return fields[position].type if position < len(fields) else None
        case _:
            return None


def _of_query(r: Resolver, query: Query, position: int) -> SqlType | None:
    """The type of a result column; none of a query that is still being bound, as a recursive one is."""
    outputs = r.result.outputs.get(query, ())
    return _of_output(r, outputs[position]) if position < len(outputs) else None


def _of_output(r: Resolver, output: OutputColumn) -> SqlType | None:
    if output.path is not None:
        return output.path.type
    return shape(r, output.value) if isinstance(output.value, Expression) else _of_binding(r, output.value)


def _is_record(type: SqlType) -> bool:
    return type.name == "record" and type.family is Family.ROW and not type.array
