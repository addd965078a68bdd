"""A query for the database it was written for: the user's text, with only what must be replaced."""

from __future__ import annotations

from itertools import islice

from ..dialects.base import Dialect
from ..model.statement import Statement
from ..model.syntax import ColumnName, Delete, InList, Insert, Is, Parameter, Query, SelectItem, Star, Update, walk
from ..model.typed import Replacement, TypedColumn, TypedQuery


def written_statement(query: TypedQuery, dialect: Dialect) -> Statement:
    """The statement that the written dialect's database gets.

    Placeholders are numbered, or bare where the database knows no numbers; stars become columns, marks of aliases go,
    and the list of a sequence becomes what the database compares with all its values.
    """
    named = query.query
    returned = _returned(query, dialect)
    spans = {(found.start, found.end) for found in returned}
    replacements = [one for one in query.replacements if (one.start, one.end) not in spans]
    replacements += [*returned, *_sequences(query, dialect)]
    taken = {(found.start, found.end) for found in replacements}
    tested = _tested_for_null(named.query)
    for position, placeholder in enumerate(named.placeholders):
        owner = query.of_placeholder[position]
        within = any(start <= placeholder.start and placeholder.end <= end for start, end in taken)
        if not within:
            text = dialect.placeholders.mark(owner + 1)
            if position in tested:
                text = dialect.placeholders.typed.format(text, query.parameters[owner].db_type)
            replacements.append(Replacement(placeholder.start, placeholder.end, text))
    text, numbers = dialect.placeholders.finished(_replaced(named.source.text, named.start, named.end, replacements))
    if dialect.placeholders.numbered is not None:
        return Statement(text, tuple(range(len(query.parameters))))
    return Statement(text, tuple(number - 1 for number in numbers))


def _tested_for_null(query: Query) -> set[int]:
    """The occurrences of parameters in `:p is null`, which tells nothing of their type."""
    return {
        node.operand.index
        for node in walk(query)
        if isinstance(node, Is) and node.test == "null" and isinstance(node.operand, Parameter)
    }


def _sequences(query: TypedQuery, dialect: Dialect) -> list[Replacement]:
    """`in (:ids)` as the dialect writes it for a parameter that holds all the values."""
    named = query.query
    found: list[Replacement] = []
    for node in walk(named.query):
        if not isinstance(node, InList) or len(node.items) != 1 or not isinstance(node.items[0], Parameter):
            continue
        owner = query.of_placeholder[node.items[0].index]
        parameter = query.parameters[owner]
        if parameter.sequence:
            placeholder = dialect.placeholders.mark(owner + 1)
            operator_start = _operator_start(query, node)
            text = dialect.in_sequence(placeholder, parameter, node.negated)
            found.append(Replacement(operator_start, node.end, text))
    return found


def _returned(query: TypedQuery, dialect: Dialect) -> list[Replacement]:
    """The columns of RETURNING whose names alone would not give the values that SELECT gives."""
    change = query.query.query
    if not isinstance(change, Insert | Update | Delete) or change.returning is None:
        return []
    items = change.returning.items
    stars = sum(isinstance(item.expression, Star) for item in items)
    width = (len(query.columns) - len(items) + stars) // max(stars, 1)
    columns = iter(query.columns)
    found: list[Replacement] = []
    for item in items:
        own = list(islice(columns, width if isinstance(item.expression, Star) else 1))
        if isinstance(item.expression, Star | ColumnName):
            found += _returned_item(item, own, dialect)
    return found


def _returned_item(item: SelectItem, columns: list[TypedColumn], dialect: Dialect) -> list[Replacement]:
    named = [
        (name := dialect.names.quoted(_column_name(item, one)), dialect.returned(name, one.type)) for one in columns
    ]
    if all(text == name for name, text in named):
        return []
    texts = [text if item.alias is not None or text == name else f"{text} as {name}" for name, text in named]
    return [Replacement(item.start, item.expression_end, ", ".join(texts))]


def _column_name(item: SelectItem, column: TypedColumn) -> str:
    return item.expression.parts[-1].text if isinstance(item.expression, ColumnName) else column.name


def _operator_start(query: TypedQuery, node: InList) -> int:
    """Where IN, or NOT IN, begins before its parenthesis."""
    text = query.query.source.text
    before = text[: node.open].rstrip()
    start = len(before) - len("in")
    if node.negated:
        start = len(before[:start].rstrip()) - len("not")
    return start


def _replaced(text: str, start: int, end: int, replacements: list[Replacement]) -> str:
    parts: list[str] = []
    at = start
    for found in sorted(replacements, key=lambda replacement: replacement.start):
        parts += [text[at : found.start], found.text]
        at = found.end
    parts.append(text[at:end])
    return "".join(parts)
