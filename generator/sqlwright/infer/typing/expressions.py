"""Types of expressions."""

from __future__ import annotations

from ...dialects.base import TypeFailure
from ...model.syntax import (
    Array,
    ArrayQuery,
    AtZone,
    Between,
    Binary,
    Boolean,
    Call,
    Case,
    Cast,
    Collate,
    ColumnName,
    Default,
    Distinct,
    Exists,
    Expression,
    Field,
    FieldStar,
    Identifier,
    InList,
    InQuery,
    IntervalOf,
    Is,
    KeyValue,
    Like,
    Logical,
    NamedArgument,
    Null,
    Number,
    Parameter,
    Quantified,
    Row,
    Star,
    String,
    Subquery,
    Subscript,
    Unary,
    Variable,
    Variadic,
)
from ...model.types import Family, SqlType
from ..scopes import RowRef
from .calls import type_call
from .typer import OPAQUE, Typer, is_opaque, row_items

_RECORD = SqlType("record", family=Family.ROW)


def type_expression(t: Typer, node: Expression) -> SqlType | None:
    """The type of any expression; its parts are typed first."""
    match node:
        case ColumnName():
            return t.binding(t.resolution.bindings[node]) if node in t.resolution.bindings else OPAQUE
        case Null() | Default():
            return None
        case Boolean():
            return t.types.boolean()
        case Number():
            return t.types.number(node)
        case String():
            return t.types.string(node)
        case Parameter():
            return t.parameter(node).type
        case Unary():
            return _unary(t, node)
        case Binary():
            return _binary(t, node)
        case Logical(operands=operands):
            for operand in operands:
                t.condition(operand)
            return t.types.boolean()
        case Is():
            return _is(t, node)
        case Distinct(left=left, right=right):
            for side in (left, right):
                if (parameter := t.parameter_in(side)) is not None:
                    parameter.tested = True
            _compare(t, "=", left, right, node)
            return t.types.boolean()
        case Like():
            return _like(t, node)
        case Between(operand=operand, low=low, high=high):
            _compare(t, ">=", operand, low, node)
            _compare(t, "<=", operand, high, node)
            return t.types.boolean()
        case InList():
            return _in_list(t, node)
        case InQuery():
            return _in_query(t, node)
        case Quantified():
            return _quantified(t, node)
        case Exists(query=query):
            t.query(query)
            return t.types.boolean()
        case Subquery(query=query):
            types = t.query(query)
            if types and types[0] is None and t.environment.dialect.features.types_are_checked:
                t.settle_outputs(query, [t.types.text()] * len(types))
                types = t.query(query)
            return types[0] if len(types) == 1 else _several_columns(t, node, len(types))
        case ArrayQuery(query=query):
            types = t.query(query)
            if len(types) > 1:
                return _several_columns(t, node, len(types))
            element = types[0] if types else None
            return t.types.array_of(element or t.types.text()) or element
        case Case():
            return _case(t, node)
        case Cast():
            return _cast(t, node)
        case Collate(operand=operand):
            t.wants(operand, t.types.text())
            return t.expression(operand)
        case AtZone():
            return _at_zone(t, node)
        case Call():
            return type_call(t, node)
        case Row(items=items):
            for item in items:
                t.expression(item)
            return _RECORD
        case Array(items=items):
            return _array(t, node)
        case Subscript():
            return _subscript(t, node)
        case Field():
            return _field(t, node)
        case FieldStar(operand=operand):
            t.expression(operand)
            return _RECORD
        case Star():
            relation = t.resolution.row_stars.get(node)
            return t.binding(RowRef(relation)) if relation is not None else OPAQUE
        case NamedArgument(value=value) | Variadic(value=value):
            return t.expression(value)
        case KeyValue(key=key, value=value):
            t.wants(key, t.types.text())
            return t.expression(value)
        case IntervalOf(amount=amount, unit=unit):
            t.wants(amount, t.types.text() if "_" in unit else t.types.limit())
            return SqlType("interval", (unit,))
        case Variable():
            return OPAQUE
        case _:
            return OPAQUE


def _several_columns(t: Typer, node: Subquery | ArrayQuery, columns: int) -> SqlType:
    """A query where one value stands must give one column, in a database that compares no rows of queries."""
    if columns == 0:
        return OPAQUE
    if not t.environment.dialect.features.types_are_checked:
        return _RECORD
    message = f"a query where a value stands must give one column, and this gives {columns}"
    return t.fail(TypeFailure("wrong-arity", message, "select one column"), node)


def _compare(t: Typer, op: str, left: Expression, right: Expression, node: Expression) -> None:
    """Type a comparison; rows are compared item by item."""
    left_items, right_items = row_items(left), row_items(right)
    if left_items is not None and right_items is not None:
        t.expression(left)
        t.expression(right)
        if len(left_items) != len(right_items):
            t.fail(TypeFailure("wrong-arity", "rows of different lengths are compared", "make them equal"), node)
            return
        if not left_items and t.environment.dialect.features.types_are_checked:
            t.fail(TypeFailure("wrong-arity", "rows without columns cannot be compared", "give them columns"), node)
        for first, second in zip(left_items, right_items, strict=True):
            found = t.operate(op, first, second, node)
            if found is not None and not is_opaque(found) and t.types.condition(found) is not None:
                message = f"rows can be compared only, and {op} gives {t.types.display(found)}"
                t.fail(TypeFailure("no-operator", message, "name the columns one by one"), node)
                return
        return
    if left_items is not None and isinstance(right, Subquery):
        _row_with_query(t, op, left_items, right, node)
        return
    t.operate(op, left, right, node)


def _row_with_query(t: Typer, op: str, items: tuple[Expression, ...], query: Subquery, node: Expression) -> None:
    types = t.query(query.query)
    if len(types) != len(items):
        t.fail(TypeFailure("wrong-arity", "the query gives another number of columns", "select as many"), node)
        return
    for position, item in enumerate(items):
        _with_output(t, op, item, types[position], query, position, node)


def _with_output(
    t: Typer, op: str, left: Expression, right: SqlType | None, query: Subquery, position: int, node: Expression
) -> None:
    """Compare an expression with one result column of a query."""
    own = t.expression(left)
    if is_opaque(own) or is_opaque(right):
        if own is None:
            t.settle(left, right or OPAQUE)
        return
    resolved = t.types.binary(op, own, right)
    if isinstance(resolved, TypeFailure):
        t.fail(resolved, node)
        return
    t.facts.resolved[node] = resolved
    t.settle(left, resolved.operands[0])
    outputs = t.resolution.outputs.get(query.query, ())
    if position < len(outputs):
        value = outputs[position].value
        if isinstance(value, Expression):
            t.meet(left, value)
        elif (parameter := t.parameter_in(left)) is not None:
            parameter.hint = parameter.hint or outputs[position].name


def _unary(t: Typer, node: Unary) -> SqlType | None:
    if node.op in ("not", "!"):
        t.condition(node.operand)
        return t.types.boolean()
    operand = t.operand(node.operand)
    if is_opaque(operand):
        return OPAQUE
    return t.apply(t.types.unary(node.op, operand), node, (node.operand,))


def _binary(t: Typer, node: Binary) -> SqlType | None:
    if row_items(node.left) is not None:
        _compare(t, node.op, node.left, node.right, node)
        return t.types.boolean()
    return t.operate(node.op, node.left, node.right, node)


def _is(t: Typer, node: Is) -> SqlType | None:
    if node.test in ("true", "false", "unknown"):
        t.condition(node.operand)
    else:
        t.expression(node.operand)
    if (parameter := t.parameter_in(node.operand)) is not None:
        parameter.tested = True
    return t.types.boolean()


def _like(t: Typer, node: Like) -> SqlType | None:
    op = f"not {node.op}" if node.negated and node.op in ("like", "ilike") else node.op
    result = t.operate(op, node.operand, node.pattern, node)
    t.wants(node.escape, t.types.text())
    return OPAQUE if is_opaque(result) else t.types.boolean()


def _in_list(t: Typer, node: InList) -> SqlType | None:
    operand = t.expression(node.operand)
    if len(node.items) == 1 and isinstance(node.items[0], Parameter):
        placeholder = t.placeholders[node.items[0].index]
        if placeholder.name is not None:
            t.parameter(node.items[0]).sequence = True
    if operand is None:
        known = [t.expression(item) for item in node.items]
        common = t.types.common([type for type in known if not is_opaque(type)], "IN")
        if isinstance(common, SqlType):
            t.settle(node.operand, common)
    for item in node.items:
        _compare(t, "=", node.operand, item, node)
    return t.types.boolean()


def _in_query(t: Typer, node: InQuery) -> SqlType | None:
    types = t.query(node.query)
    items = row_items(node.operand) or (node.operand,)
    subquery = Subquery(node.query.start, node.query.end, node.query)
    if types and len(types) != len(items):
        t.fail(
            TypeFailure(
                "wrong-arity",
                f"the query gives {len(types)} columns, and IN compares {len(items)}",
                "select as many columns as are compared",
            ),
            node.query,
        )
        return t.types.boolean()
    for position, item in enumerate(items[: len(types)]):
        _with_output(t, "=", item, types[position], subquery, position, node)
    return t.types.boolean()


def _quantified(t: Typer, node: Quantified) -> SqlType | None:
    left = t.expression(node.left)
    if isinstance(node.right, Subquery):
        types = t.query(node.right.query)
        items = row_items(node.left) or (node.left,)
        if types and len(types) != len(items):
            failure = TypeFailure("wrong-arity", "the query gives another number of columns", "select as many")
            return t.fail(failure, node.right)
        for position, item in enumerate(items[: len(types)]):
            _with_output(t, node.op, item, types[position], node.right, position, node)
        return t.types.boolean()
    right = t.expression(node.right)
    if isinstance(node.right, Parameter) and t.placeholders[node.right.index].name is not None:
        t.parameter(node.right).sequence = True
    if is_opaque(left) or is_opaque(right):
        return t.types.boolean()
    element = t.types.element(right) if right is not None else None
    if right is not None and element is None:
        return t.fail(
            TypeFailure(
                "not-an-array",
                f"{node.quantifier.upper()} needs an array on its right side",
                "pass an array, or use IN",
            ),
            node.right,
        )
    resolved = t.types.binary(node.op, left, element)
    if isinstance(resolved, TypeFailure):
        return t.fail(resolved, node)
    t.facts.resolved[node] = resolved
    t.settle(node.left, resolved.operands[0])
    if right is None:
        t.meet(node.right, node.left)
        t.settle(node.right, t.types.array_of(resolved.operands[1]) or OPAQUE)
    return t.types.boolean()


def _case(t: Typer, node: Case) -> SqlType | None:
    if node.operand is not None:
        t.expression(node.operand)
        for when in node.whens:
            _compare(t, "=", node.operand, when.condition, when.condition)
    else:
        for when in node.whens:
            t.condition(when.condition)
    branches = [when.result for when in node.whens]
    if node.otherwise is not None:
        branches.insert(0, node.otherwise)
    return unify(t, branches, "CASE", node)


def unify(t: Typer, branches: list[Expression], what: str, node: Expression) -> SqlType | None:
    """The common type of several expressions, which decides those that had none."""
    types = [t.operand(branch) for branch in branches]
    if any(is_opaque(type) for type in types):
        return t.give_up(branches, types)
    common = t.types.common(types, what)
    if common == t.types.null():
        common = None
    if isinstance(common, TypeFailure):
        return t.fail(common, node)
    if common is None:
        common = t.types.undecided()
    if common is not None:
        for branch in branches:
            t.settle(branch, common)
    return common


def _cast(t: Typer, node: Cast) -> SqlType | None:
    target = t.types.from_name(node.type)
    if isinstance(target, TypeFailure):
        t.expression(node.operand)
        return t.fail(target, node.type)
    fields = t.types.fields(target)
    if isinstance(node.operand, Row) and fields is not None:
        for item, field in zip(node.operand.items, fields, strict=False):
            t.wants(item, field.type)
    source = t.expression(node.operand)
    if source is None:
        t.settle(node.operand, target)
    elif not is_opaque(source) and not is_opaque(target):
        failure = t.types.cast(source, target)
        if failure is not None:
            return t.fail(failure, node)
    return t.types.cast_result(target)


def _at_zone(t: Typer, node: AtZone) -> SqlType | None:
    """`x at time zone z` is the function timezone(z, x)."""
    operand = t.expression(node.operand)
    zone = t.expression(node.zone) if node.zone is not None else t.types.text()
    if is_opaque(operand) or is_opaque(zone):
        return OPAQUE
    name = (Identifier(node.start, node.end, "timezone"),)
    arguments = (node.zone, node.operand) if node.zone is not None else (node.operand,)
    call = Call(node.start, node.end, name, arguments)
    types = [zone, operand] if node.zone is not None else [t.types.text(), operand]
    resolved = t.types.call(call, types)
    operands = arguments if node.zone is not None else (node, node.operand)
    return t.apply(resolved, node, operands)


def _array(t: Typer, node: Array) -> SqlType | None:
    if not node.items:
        return None
    element = unify(t, list(node.items), "ARRAY", node)
    if element is None or is_opaque(element):
        return OPAQUE
    return element if element.array else t.types.array_of(element)


def _subscript(t: Typer, node: Subscript) -> SqlType | None:
    *others, first = _dimensions(t, node)
    operand = t.expression(first.operand)
    if others and operand is not None and t.types.element(operand) is not None:
        for bound in (bound for one in (*others, first) for bound in (one.index, one.upper)):
            t.wants(bound, t.types.subscript(operand))
        t.expression(node.operand)
        return operand if any(one.slice for one in (*others, first)) else t.types.element(operand)
    operand = t.expression(node.operand)
    if operand is None or is_opaque(operand):
        t.optional(node.index)
        t.optional(node.upper)
        return OPAQUE
    element = t.types.element(operand)
    for bound in (node.index, node.upper):
        t.wants(bound, t.types.subscript(operand))
    if element is None:
        if not t.types.has_subscripts(operand):
            failure = TypeFailure("not-an-array", f"{t.types.display(operand)} has no elements", "remove the brackets")
            return t.fail(failure, node)
        return operand
    return operand if node.slice else element


def _dimensions(t: Typer, node: Subscript) -> tuple[Subscript, ...]:
    """The brackets of `a[i][j]`, which lead into the dimensions of one array, the last first."""
    found = [node]
    text = t.source.text
    while isinstance(node.operand, Subscript) and text[node.operand.end : node.end].lstrip().startswith("["):
        node = node.operand
        found.append(node)
    return tuple(found)


def _field(t: Typer, node: Field) -> SqlType | None:
    operand = t.expression(node.operand)
    name = t.environment.spelled(node.name)
    binding = t.resolution.bindings.get(node.operand) if isinstance(node.operand, ColumnName) else None
    if isinstance(binding, RowRef):
        found = binding.relation.index.get(t.environment.column_key(name), ())
        return t.column(found[0]) if found else _unknown_field(t, node, name)
    if operand is None or is_opaque(operand):
        return OPAQUE
    resolved = t.facts.resolved.get(node.operand)
    if resolved is not None and resolved.columns:
        types = dict(resolved.columns)
    else:
        fields = t.types.fields(operand)
        if fields is None:
            return OPAQUE
        types = {field.name: field.type for field in fields}
    return types[name] if name in types else _unknown_field(t, node, name)


def _unknown_field(t: Typer, node: Field, name: str) -> SqlType:
    return t.fail(TypeFailure("unknown-field", f"there is no field `{name}` here", "correct its name"), node.name)
