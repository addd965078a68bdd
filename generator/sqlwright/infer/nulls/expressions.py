"""Nullability of expressions."""

from __future__ import annotations

from collections.abc import Iterable

from ...dialects.base import Nulls
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
    Query,
    Row,
    Select,
    Star,
    String,
    Subquery,
    Subscript,
    Unary,
    Variadic,
    walk,
)
from ...model.types import SqlType
from ..cardinality import always_gives_row, own
from ..scopes import Binding, ColumnRef, RowRef
from .analyzer import Analyzer, Context
from .constants import TRUE
from .joins import Side
from .predicates import Facts, Outcome
from .reasons import Reason, first


def read_expression(a: Analyzer, node: Expression, context: Context) -> Reason | None:
    """Why an expression can be NULL; None when it never is."""
    match node:
        case ColumnName():
            return _column(a, node, context)
        case Boolean() | Number() | String() | Is() | Distinct() | Exists() | Array() | ArrayQuery() | Row():
            return None
        case Null():
            return Reason("it is NULL", node)
        case Default():
            return Reason("a default can be NULL", node)
        case Parameter():
            key = a.keys.of_parameter(node)
            return Reason(f"parameter `{key}` can be NULL", node) if key in a.nullable_parameters else None
        case Unary(operand=operand) | Collate(operand=operand):
            return a.expression(operand, context)
        case Binary():
            return _binary(a, node, context)
        case Logical():
            return _logical(a, node, context)
        case Like(operand=operand, pattern=pattern, escape=escape):
            return _any(a, (operand, pattern, *((escape,) if escape is not None else ())), context)
        case Between(operand=operand, low=low, high=high):
            return _any(a, (operand, low, high), context)
        case InList(operand=operand, items=items):
            return _any(a, (*_items(operand), *items), context)
        case InQuery(operand=operand, query=query):
            return _any(a, _items(operand), context) or first(*a.query(query)) or _constant_in(a, operand)
        case Quantified():
            return _quantified(a, node, context)
        case Subquery():
            return _subquery(a, node)
        case Case():
            return _case(a, node, context)
        case Cast():
            return _cast(a, node, context)
        case AtZone(operand=operand, zone=zone):
            return _any(a, (operand, *((zone,) if zone is not None else ())), context)
        case Call():
            return _call(a, node, context)
        case Subscript():
            return _subscript(a, node, context)
        case Field():
            return _field(a, node, context)
        case FieldStar(operand=operand):
            return a.expression(operand, context)
        case Star():
            relation = a.resolution.row_stars.get(node)
            return a.binding(RowRef(relation), node, context) if relation else Reason("it is not known", node)
        case NamedArgument(value=value) | Variadic(value=value) | KeyValue(value=value):
            return a.expression(value, context)
        case IntervalOf(amount=amount):
            return a.expression(amount, context)
        case _:
            return Reason("it is not known when this is NULL", node)


def set_functions(a: Analyzer, node: Expression) -> list[Expression]:
    """The functions in an expression that give several rows, queries in it aside."""
    return [
        inner
        for inner in own(node)
        if isinstance(inner, Expression)
        and (resolved := a.facts.resolved.get(inner)) is not None
        and resolved.returns_set
    ]


def _any(a: Analyzer, nodes: Iterable[Expression], context: Context) -> Reason | None:
    return first(*(a.expression(node, context) for node in nodes))


def _items(operand: Expression) -> tuple[Expression, ...]:
    return operand.items if isinstance(operand, Row) else (operand,)


def _column(a: Analyzer, node: ColumnName, context: Context) -> Reason | None:
    binding = a.resolution.bindings.get(node)
    if binding is None:
        return Reason("it is not known what this is", node)
    if context.grouped is not None and _may_have_no_row(a, context, context.grouped, binding):
        # Only databases that allow a bare column beside an aggregate get here: over no rows it is NULL.
        return Reason("there may be no row to take it from", node)
    return a.binding(binding, node, context)


def _may_have_no_row(a: Analyzer, context: Context, query: Select, binding: Binding) -> bool:
    """Whether a column that a query does not group by may stand for a group of no rows."""
    if not query.group_by:
        return _group_may_be_empty(a, context)
    own = isinstance(binding, ColumnRef) and binding.relation in a.resolution.scopes[query].relations
    grouping = a.groupings.get(query)
    return own and grouping is not None and grouping.can_be_empty


def _binary(a: Analyzer, node: Binary, context: Context) -> Reason | None:
    operands = _any(a, (*_items(node.left), *_items(node.right)), context)
    if operands is not None:
        return operands
    if a.rules.of_operator(node) is Nulls.STRICT:
        return None
    return Reason(f"`{node.op}` gives NULL for some values", node)


def _logical(a: Analyzer, node: Logical, context: Context) -> Reason | None:
    """An OR is NULL only while none of its operands is true, an AND while none is false."""
    outcome = Outcome.NOT_TRUE if node.op == "or" else Outcome.NOT_FALSE
    said = [a.predicates.where(operand, outcome) for operand in node.operands]
    for position, operand in enumerate(node.operands):
        others: Facts = frozenset[str]().union(*(facts for other, facts in enumerate(said) if other != position))
        reason = a.expression(operand, context.assuming(others))
        if reason is not None:
            return reason
    return None


def _quantified(a: Analyzer, node: Quantified, context: Context) -> Reason | None:
    left = _any(a, _items(node.left), context)
    if left is not None:
        return left
    match node.right:
        case Subquery(query=query):
            return first(*a.query(query)) or _spoilt(a, node, query)
        case Array(items=items):
            return _any(a, items, context)
        case Parameter() as parameter:
            key = a.keys.of_parameter(parameter)
            sequence = a.facts.parameters[key].sequence
            return a.expression(parameter, context) or (
                None if sequence else Reason("an element of the array can be NULL", parameter)
            )
        case right:
            return Reason("an element of the array can be NULL", right)


def _constant_in(a: Analyzer, operand: Expression) -> Reason | None:
    if not a.environment.dialect.features.constants_spoil_in:
        return None
    for part in walk(operand):
        gathers = isinstance(part, Call) and a.rules.is_aggregate(part) and bool(part.args)
        if gathers and not any(isinstance(inner, ColumnName) for inner in walk(part)):
            return Reason("the comparison can be NULL for an aggregate of a constant", part)
    return None


def _spoilt(a: Analyzer, node: Quantified, query: Query) -> Reason | None:
    if (node.op, node.quantifier) in (("=", "any"), ("<>", "all")) and (spoilt := _constant_in(a, node.left)):
        return spoilt
    if not a.environment.dialect.features.windows_spoil_quantified:
        return None
    named = any(isinstance(part, ColumnName) for part in walk(node.left))
    if named and (node.op, node.quantifier) in (("=", "any"), ("<>", "all")):
        return None
    outputs = a.resolution.outputs.get(query, ())
    inside = [part for output in outputs if isinstance(output.value, Expression) for part in walk(output.value)]
    over = next((part for part in inside if isinstance(part, Call) and part.over is not None), None)
    return Reason("the comparison can be NULL for what a window function gives", over) if over is not None else None


def _subquery(a: Analyzer, node: Subquery) -> Reason | None:
    reasons = a.query(node.query)
    if not always_gives_row(node.query, a.has_aggregate):
        return Reason("the query may give no row", node)
    return reasons[0] if reasons else Reason("the query gives no column", node)


def _case(a: Analyzer, node: Case, context: Context) -> Reason | None:
    """A branch is looked at with what its condition says, and with what the conditions before it deny."""
    assumed: Facts = frozenset()
    taken = a.constants(context).results(node)
    for when in node.whens:
        condition = when.condition
        here = a.predicates.where(condition) if node.operand is None else a.predicates.non_null(node.operand)
        reason = a.expression(when.result, context.assuming(assumed | here)) if when.result in taken else None
        if reason is not None:
            return Reason("a branch of CASE can be NULL", when, reason)
        if node.operand is None:
            assumed |= a.predicates.where(when.condition, Outcome.NOT_TRUE)
    if node.otherwise is None:
        return Reason("CASE has no ELSE", node) if None in taken else None
    if node.otherwise not in taken:
        return None
    reason = a.expression(node.otherwise, context.assuming(assumed))
    return Reason("the ELSE of CASE can be NULL", node.otherwise, reason) if reason is not None else None


def _cast(a: Analyzer, node: Cast, context: Context) -> Reason | None:
    operand = a.expression(node.operand, context)
    if operand is not None:
        return operand
    source = a.facts.types.get(node.operand)
    target = a.facts.types.get(node)
    rule = a.rules.of_cast(node, source, target or SqlType(""))
    return None if rule is Nulls.STRICT else Reason("this cast gives NULL for some values", node)


def _field(a: Analyzer, node: Field, context: Context) -> Reason | None:
    binding = a.resolution.bindings.get(node.operand) if isinstance(node.operand, ColumnName) else None
    if isinstance(binding, RowRef):
        name = a.environment.column_key(a.environment.spelled(node.name))
        found = binding.relation.index.get(name, ())
        if found:
            return a.column(binding.relation, found[0], node, context)
    return Reason("a field of a composite value can be NULL", node)


def _subscript(a: Analyzer, node: Subscript, context: Context) -> Reason | None:
    """A slice of an array is an array, if an empty one. An element is sure to be there where the array is written out,
    or gathered of the rows of a group."""
    place = node.index.text if isinstance(node.index, Number) else ""
    type = a.facts.types.get(node.operand)
    element = a.facts.types.get(node)
    single = not node.slice and place.isdigit() and (element is None or not element.array)
    match node.operand:
        case _ if node.slice and type is not None and type.array:
            return _any(a, [one for one in (node.operand, node.index, node.upper) if one is not None], context)
        case Array(items=items) if single and 0 < int(place) <= len(items) and not _are_arrays(a, items):
            return a.expression(items[int(place) - 1], context)
        case Call(args=(gathered,)) if (
            single and place == "1" and a.collects(node.operand) and not _are_arrays(a, [gathered])
        ):
            return a.expression(node.operand, context) or a.expression(gathered, context.of_rows)
        case _:
            return Reason("there may be no such element, or it may be NULL", node)


def _are_arrays(a: Analyzer, items: Iterable[Expression]) -> bool:
    """An array of arrays has several dimensions, and no element under one number."""
    types = [a.facts.types.get(item) for item in items]
    return any(isinstance(item, Array) for item in items) or any(type is not None and type.array for type in types)


# Calls


def _call(a: Analyzer, node: Call, context: Context) -> Reason | None:
    args = [_value(argument) for argument in node.args]
    types = [a.facts.types.get(argument) for argument in args]
    resolved = a.facts.resolved.get(node)
    if resolved is not None and resolved.own:
        return Reason(f"it is not known when `{node.function}` gives NULL", node)
    rule = a.rules.of_call(node, types)
    if resolved is not None and resolved.returns_set:
        return a.set_element(node)
    match rule:
        case Nulls.NEVER:
            return None
        case Nulls.STRICT:
            return _any(a, args, context)
        case Nulls.ALL:
            reasons = [a.expression(argument, context) for argument in args]
            if any(reason is None for reason in reasons) or _one_side_is_there(a, args, context):
                return None
            return Reason(f"every argument of `{node.function}` can be NULL", node, first(*reasons))
        case Nulls.FIRST_ARGUMENT:
            return a.expression(args[0], context) if args else None
        case Nulls.AGGREGATE | Nulls.COLLECT:
            return _aggregate(a, node, args, rule, context)
        case Nulls.FRAME:
            frame = _frame_may_be_empty(a, node)
            return Reason("the window's frame may be empty", node) if frame else _any(a, args[:1], context)
        case Nulls.NEIGHBOUR:
            if len(args) < 3:
                return Reason(f"`{node.function}` gives NULL where there is no such row", node)
            return _any(a, (args[0], args[2]), context)
        case Nulls.BRANCHES:
            return _branches(a, node, args, context)
        case Nulls.NULLED:
            return _nulled(a, node, args, context)
        case Nulls.MAYBE:
            return Reason(f"`{node.function}` can give NULL", node)


def _value(argument: Expression) -> Expression:
    return argument.value if isinstance(argument, NamedArgument | Variadic | KeyValue) else argument


def _one_side_is_there(a: Analyzer, args: list[Expression], context: Context) -> bool:
    """Whether a FULL JOIN gives a value to one of the arguments at least: a column of each side is among them."""
    if context.grouped is not None:
        return False
    sides: set[Side] = set()
    for arg in args:
        binding = a.resolution.bindings.get(arg) if isinstance(arg, ColumnName) else None
        if isinstance(binding, ColumnRef) and a.source(binding.column) is None:
            sides |= a.only_missing_for(binding.relation, context)
    return any(join.kind == "full" and (join, "left") in sides and (join, "right") in sides for join, _ in sides)


def _branches(a: Analyzer, node: Call, args: list[Expression], context: Context) -> Reason | None:
    """`iif(c, x, y)` is CASE WHEN c THEN x ELSE y END."""
    truths = a.constants(context).truths(args[0])
    then = a.expression(args[1], context.assuming(a.predicates.where(args[0]))) if True in truths else None
    if truths == TRUE:
        return then
    if len(args) < 3:
        return Reason(f"`{node.function}` has no third argument", node)
    otherwise = a.expression(args[2], context.assuming(a.predicates.where(args[0], Outcome.NOT_TRUE)))
    return then or otherwise


def _nulled(a: Analyzer, node: Call, args: list[Expression], context: Context) -> Reason | None:
    """`nullif(x, y)` is NULL where x is, and where it equals y, which it never does for two constants that differ."""
    equal = a.constants(context).equal(*args) if len(args) == 2 else None
    if equal is False:
        return a.expression(args[0], context)
    return Reason("NULLIF gives NULL for equal values", node)


def _aggregate(a: Analyzer, node: Call, args: list[Expression], rule: Nulls, context: Context) -> Reason | None:
    if node.filter is not None and a.constants(context.of_rows).truths(node.filter) != TRUE:
        return Reason("the FILTER may let no row through", node.filter)
    if node.over is not None:
        if _frame_may_be_empty(a, node):
            return Reason("the window's frame may be empty", node.over)
    elif context.grouped is None or _group_may_be_empty(a, context):
        return Reason(f"`{node.function}` gives NULL when there is no row", node)
    if rule is Nulls.COLLECT:
        return None
    measured = args[:1] + [item.expression for item in node.within]
    inner = context if node.over is not None else context.of_rows
    grouping = a.groupings.get(context.grouped) if context.grouped is not None else None
    plain = node.over is None and node.filter is None and len(measured) == 1
    if plain and grouping is not None and a.keys.of(measured[0]) in grouping.filled:
        return None
    reason = _any(a, measured, inner)
    return Reason(f"`{node.function}` gives NULL when all values are NULL", node, reason) if reason else None


def _group_may_be_empty(a: Analyzer, context: Context) -> bool:
    assert context.grouped is not None
    grouping = a.groupings.get(context.grouped)
    return grouping is None or grouping.can_be_empty


def _frame_may_be_empty(a: Analyzer, call: Call) -> bool:
    """Whether a frame can be without the current row, and so without any."""
    window = call.over
    while window is not None and window.frame is None and window.base is not None:
        window = a.named_window(call, window.base.text)
    if window is None or window.frame is None:
        return window is None
    frame = window.frame
    if frame.exclude not in (None, "no others"):
        return True
    starts = frame.low.kind in ("unbounded preceding", "preceding", "current row")
    ends = frame.high is None or frame.high.kind in ("unbounded following", "following", "current row")
    return not (starts and ends)
