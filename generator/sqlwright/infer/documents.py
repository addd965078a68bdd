"""What is in the JSON that a query builds: the rows and lists that its functions make of columns.

Only what is sure has a shape. A document that comes out of a table, or out of functions that take it apart or put
members into it, is JSON and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.catalog import Key
from ..model.documents import ArrayShape, DocumentValue, ObjectShape, Shape
from ..model.syntax import (
    Call,
    Case,
    Cast,
    ColumnName,
    Expression,
    Null,
    Query,
    Row,
    Select,
    SetOperation,
    Star,
    String,
    Subquery,
)
from ..model.types import OTHER, Kind, SqlType, Type
from .environment import Environment
from .facts import QueryFacts
from .origins import origin
from .scopes import (
    Binding,
    ColumnRef,
    OutputColumn,
    OutputRef,
    QueryColumn,
    Relation,
    RelationColumn,
    RowRef,
    TableColumn,
)

_JSON = Type(Kind.JSON)
_DEPTH = 32
"""How deep documents, and queries in FROM that hand them on, are followed."""


class Documents:
    """Reads the shapes of one query's documents."""

    def __init__(self, facts: QueryFacts, environment: Environment) -> None:
        self._facts = facts
        self._environment = environment
        self._meaning = environment.dialect.meaning
        self._kinds = environment.dialect.json_kinds

    def of(self, output: OutputColumn, query: Query) -> Shape | None:
        """The shape of a query's result column; None for one that is no document, or of which nothing is known."""
        if output.path is not None or not self._kinds or isinstance(query, SetOperation):
            return None
        return self._of_value(output.value, 0)

    # What the meaning of functions asks for

    def type(self, node: Expression) -> Type:
        found = self.sql_type(node)
        return self._environment.types.neutral(found) if found is not None else OTHER

    def sql_type(self, node: Expression) -> SqlType | None:
        return self._facts.types.types.get(node)

    # Shapes

    def _of_value(self, value: Expression | Binding, depth: int) -> Shape | None:
        match value:
            case _ if depth > _DEPTH:
                return None
            case ColumnName():
                binding = self._facts.resolution.bindings.get(value)
                return self._of_value(binding, depth) if binding is not None else None
            case OutputRef(output=output):
                return self._of_value(output.value, depth) if output.path is None else None
            case ColumnRef(column=RelationColumn(source=QueryColumn(query=Select() as query, position=position))):
                outputs = self._facts.resolution.outputs.get(query, ())
                inner = outputs[position] if position < len(outputs) else None
                return self._of_value(inner.value, depth + 1) if inner is not None and inner.path is None else None
            case Subquery(query=Select() as query):
                outputs = self._facts.resolution.outputs.get(query, ())
                return self._of_value(outputs[0].value, depth + 1) if len(outputs) == 1 else None
            case Cast(operand=operand) if self.type(value).kind is Kind.JSON:
                return self._of_value(operand, depth + 1)
            case Case(whens=whens, otherwise=otherwise):
                results = [when.result for when in whens]
                return self._common([*results, *((otherwise,) if otherwise is not None else ())], depth + 1)
            case Call(over=None):
                return self._of_call(value, depth + 1)
            case _:
                return None

    def _of_call(self, node: Call, depth: int) -> Shape | None:
        operation = self._meaning.operation(node, self)
        match operation, node.args:
            case "null.coalesce", args:
                return self._common(args, depth)
            case "null.nullif", (first, _):
                return self._of_value(first, depth)
            case "json.read" | "json.of", (first,):
                return self._of_operand(first, depth)
            case "json.aggregate" | "json.aggregate.all", (first,):
                return ArrayShape(self._value(first, depth))
            case "json.object", args:
                return self._object(args, depth)
            case _:
                return None

    def _of_operand(self, node: Expression, depth: int) -> Shape | None:
        """The shape of what becomes JSON: a document, or a row that has columns."""
        match self._bound(node):
            case RowRef(relation=relation):
                return self._row(relation, depth)
            case _ if isinstance(node, Row):
                return self._fields(node.items, depth)
            case _:
                return self._of_value(node, depth)

    def _bound(self, node: Expression) -> Binding | None:
        if isinstance(node, Star):
            relation = self._facts.resolution.row_stars.get(node)
            return RowRef(relation) if relation is not None else None
        return self._facts.resolution.bindings.get(node) if isinstance(node, ColumnName) else None

    def _common(self, nodes: Sequence[Expression], depth: int) -> Shape | None:
        """The shape that all of several values have; `'[]'` goes with every array, and NULL with everything."""
        shapes: list[Shape | None] = []
        empty = False
        for node in nodes:
            if _is_empty_array(node) or (isinstance(node, Call) and self._is_empty(node)):
                empty = True
            elif not isinstance(node, Null):
                shapes.append(self._of_value(node, depth))
        found = _shared(shapes)
        return found if not empty or isinstance(found, ArrayShape) else None

    def _is_empty(self, node: Call) -> bool:
        return self._meaning.operation(node, self) == "json.array" and not node.args

    # Members

    def _object(self, args: Sequence[Expression], depth: int) -> Shape | None:
        """An object whose names are all written out, each once."""
        names = [name.value for name in args[::2] if isinstance(name, String)]
        if len(names) * 2 != len(args) or len(set(names)) < len(names):
            return None
        return ObjectShape(
            tuple((name, self._value(value, depth)) for name, value in zip(names, args[1::2], strict=True))
        )

    def _fields(self, items: Sequence[Expression], depth: int) -> Shape | None:
        """A row without names, whose fields are f1, f2, …"""
        if any(isinstance(item, Star) for item in items):
            return None
        return ObjectShape(tuple((f"f{number}", self._value(item, depth)) for number, item in enumerate(items, 1)))

    def _row(self, relation: Relation, depth: int) -> Shape | None:
        """The whole row of something in FROM; that of a function can be a value instead."""
        if relation.function is not None or relation.unknown:
            return None
        members = tuple((column.name, self._column(ColumnRef(relation, column), depth)) for column in relation.columns)
        if not members or len(dict(members)) < len(members):
            return None
        table = relation.table
        same = table is not None and [column.name for column in table.columns] == [name for name, _ in members]
        return ObjectShape(members, table.key if table is not None and same else None)

    def _column(self, ref: ColumnRef, depth: int) -> DocumentValue:
        nullable = self._facts.column_nullable(ref.column)
        place = origin(ref, self._facts.resolution)
        match ref.column.source:
            case TableColumn(column=found):
                return self._plain(self._environment.types.neutral(found.type), nullable, place)
            case QueryColumn(query=query, position=position):
                types = self._facts.types.outputs.get(query, [])
                outputs = self._facts.resolution.outputs.get(query, ())
                if position >= len(types) or position >= len(outputs):
                    return DocumentValue(_JSON, True)
                shape = self._of_value(outputs[position].value, depth + 1) if isinstance(query, Select) else None
                if shape is not None:
                    return DocumentValue(_JSON, nullable, shape)
                found_type = types[position]
                neutral = self._environment.types.neutral(found_type) if found_type else OTHER
                return self._plain(neutral, nullable, place)
            case _:
                return DocumentValue(_JSON, True)

    def _value(self, node: Expression, depth: int) -> DocumentValue:
        nullable = not self._facts.never_null(node)
        shape = self._of_operand(node, depth)
        if shape is not None:
            return DocumentValue(_JSON, nullable, shape)
        return self._plain(self.type(node), nullable, origin(node, self._facts.resolution))

    def _plain(self, type: Type, nullable: bool, place: tuple[Key, str] | None) -> DocumentValue:
        """A value without a shape: of its type, where that is sure to be read back from JSON."""
        inner = type
        while inner.element is not None:
            inner = inner.element
        if inner.kind not in self._kinds:
            return DocumentValue(_JSON, nullable)
        return DocumentValue(type, nullable, origin=place)


def _shared(shapes: Sequence[Shape | None]) -> Shape | None:
    """The shape of all, where they are of the same columns or of others like them."""
    if any(shape is None for shape in shapes) or not shapes:
        return None
    found = [_anywhere(shape) for shape in shapes if shape is not None]
    if any(shape != found[0] for shape in found):
        return None
    return shapes[0] if all(shape == shapes[0] for shape in shapes) else found[0]


def _anywhere(shape: Shape) -> Shape:
    """A shape whose values may come from anywhere."""
    match shape:
        case ArrayShape(item=item):
            return ArrayShape(_value_of_anywhere(item))
        case ObjectShape(members=members):
            return ObjectShape(tuple((name, _value_of_anywhere(value)) for name, value in members), shape.table)


def _value_of_anywhere(value: DocumentValue) -> DocumentValue:
    return replace(value, shape=_anywhere(value.shape) if value.shape is not None else None, origin=None)


def _is_empty_array(node: Expression) -> bool:
    while isinstance(node, Cast):
        node = node.operand
    return isinstance(node, String) and "".join(node.value.split()) == "[]"
