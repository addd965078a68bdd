"""What a schema has beside its tables and types, as a server tells it: each thing by its kind and name, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ..dialects.base import Names
from ..model.catalog import Catalog, RelationKind, Table
from ..model.ddl import (
    AlterTable,
    Comment,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateRule,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateType,
    CreateView,
    FunctionArgument,
    Ignored,
    NotUnderstood,
    ObjectName,
    OtherAction,
)
from ..model.schema import SchemaStatement
from ..model.syntax import Select, Star
from ..model.tokens import Kind as TokenKind
from ..model.tokens import Token
from ..model.values import entity, value
from .options import options
from .schemas import Difference, absent
from .words import Tokens, Word, Words, apart, keys, name_of, words_of

Key = tuple[str, str]
"""A kind and a name."""
_MADE: Final = "create "
_COMMENTED: Final = "comment on "
_TAKES: Final = ("in", "inout", "variadic")
_OVERLOADED: Final = ("function", "procedure", "aggregate")


@entity
class Thing:
    """A thing of a schema, and the statement that makes it. What is `of` a table, or a column of it, goes with that."""

    kind: str
    name: str
    label: str
    words: Words
    statement: SchemaStatement
    of: str = ""
    column: str = ""

    @property
    def base(self) -> str:
        """The name without arguments."""
        return self.name.partition("(")[0] if self.kind in _OVERLOADED else self.name


@value
class Reading:
    """How the statements of a database are read."""

    names: Names
    default_schema: str
    tokens: Tokens


def things(statements: Iterable[SchemaStatement], catalog: Catalog, reading: Reading) -> dict[Key, Thing]:
    """All that statements make beside tables and types; of two of one name the last."""
    reader = _Reader(reading, catalog)
    return {(thing.kind, thing.name): thing for statement in statements for thing in reader.things(statement)}


def thing_differences(
    wanted: Mapping[Key, Thing], found: Mapping[Key, Thing], by: tuple[str, str], missing: frozenset[str]
) -> Iterator[Difference]:
    """What two sides, `by` which names they are called, say differently; without what is of a table or a `table.column`
    that is `missing` on one."""
    pairs = _changed_arguments(wanted, found)
    known = set(pairs.values())
    for key, thing in wanted.items():
        other = found.get(pairs.get(key, key))
        if other is None:
            yield from _absent(thing, True, by, missing)
        elif keys(thing.words) != keys(other.words):
            ours, theirs = apart(thing.words, other.words)
            message = f"{thing.label} is {_told(ours)} in {by[0]}, and {_told(theirs)} in {by[1]}"
            yield Difference(*key, "", None, message)
    for key, thing in found.items():
        if key not in wanted and key not in known:
            yield from _absent(thing, False, by, missing)


def _absent(thing: Thing, is_wanted: bool, by: tuple[str, str], missing: frozenset[str]) -> Iterator[Difference]:
    if not missing.isdisjoint((thing.of, f"{thing.of}.{thing.column}")):
        return
    lacking, message = absent(thing.label, is_wanted, by)
    yield Difference(thing.kind, thing.name, "", lacking, message)


def _told(words: str) -> str:
    return f"`{words}`" if words else "plain"


def _changed_arguments(wanted: Mapping[Key, Thing], found: Mapping[Key, Thing]) -> dict[Key, Key]:
    """The functions that each side has one of by a name, with other arguments."""

    def only(things: Mapping[Key, Thing]) -> dict[Key, Key]:
        by_base: dict[Key, list[Key]] = {}
        for key, thing in things.items():
            by_base.setdefault((thing.kind, thing.base), []).append(key)
        return {base: ones[0] for base, ones in by_base.items() if len(ones) == 1 and base[0] in _OVERLOADED}

    theirs = only(found)
    return {key: theirs[base] for base, key in only(wanted).items() if base in theirs}


class _Reader:
    """Takes statements apart."""

    def __init__(self, reading: Reading, catalog: Catalog) -> None:
        self._reading = reading
        self._names = reading.names
        self._catalog = catalog

    def things(self, statement: SchemaStatement) -> list[Thing]:
        match statement.definition:
            case CreateView(name=name, materialized=materialized) as view:
                kind = "materialized view" if materialized else "view"
                return [self._thing(kind, self._spelled(name), self._view(view, statement), statement)]
            case CreateFunction(name=name, kind=kind) as function:
                return [self._function(kind, self._spelled(name), function, statement)]
            case CreateTrigger(name=name, table=table):
                return [self._of_table("trigger", self._spelled((name,)), self._spelled(table), name.end, statement)]
            case CreateRule(table=table):
                return [self._of_table("rule", self._second(statement), self._spelled(table), None, statement)]
            case CreateExtension(name=name):
                return [self._thing("extension", name.text, (), statement)]
            case CreateSchema(name=name):
                return [self._thing("schema", self._names.spelled(name), (), statement)]
            case CreateSequence(name=name):
                return [self._named("sequence", name, statement)]
            case CreateIndex(index=index) if not self._has_indexes(index.table):
                called = "" if index.name is None else self._spelled((index.name,))
                return [self._of_table("index", called, self._spelled(index.table), None, statement)]
            case CreateType(name=name):
                return [self._named("type", name, statement)]
            case Comment(kind=kind, name=name, text=text):
                return [self._comment(kind, name, text, statement)]
            case CreateTable(name=name) as table:
                return self._options(table, self._spelled(name), statement)
            case AlterTable(name=name, actions=actions) if all(isinstance(action, OtherAction) for action in actions):
                return self._settings(self._spelled(name), statement)
            case Ignored(keyword=keyword):
                return self._ignored(keyword, statement)
            case NotUnderstood(words=words):
                return [self._thing(words.lower(), "", self._words(statement), statement)]
            case _:
                return []

    # Kinds

    def _view(self, view: CreateView, statement: SchemaStatement) -> Words:
        """The columns by their names, in any order, where each has an expression; how else they are named, and in which
        order a star finds them, makes no difference."""
        head = view.columns[-1].end + 1 if view.columns else view.name[-1].end
        relation = self._relation(view.name)
        columns = [column.name for column in relation.columns] if relation is not None else []
        query = view.query
        parts = list(query.items) if isinstance(query, Select) else []
        stars = any(isinstance(item.expression, Star) for item in parts)
        if stars or len(parts) != len(columns) or not columns:
            listed = [Word(name, name, True) for name in (sorted(columns) if stars else columns)]
            return (*listed, *self._between(head, statement.end, statement))
        items: list[Word] = []
        for name, item in sorted(zip(columns, parts, strict=True), key=lambda pair: pair[0]):
            items += [*self._between(item.start, item.expression_end, statement), *_as(name)]
        first = self._between(head, parts[0].start, statement)
        return (*first, *items, *self._between(parts[-1].end, statement.end, statement))

    def _function(self, kind: str, name: str, function: CreateFunction, statement: SchemaStatement) -> Thing:
        text = statement.source.text
        taken = [" ".join(text[one.type.start : one.type.end].lower().split()) for one in _taken(function)]
        words = self._between(function.name[-1].end, statement.end, statement, function.language)
        return self._thing(kind, f"{name}({', '.join(taken)})", words, statement)

    def _comment(self, kind: str, name: ObjectName, text: str | None, statement: SchemaStatement) -> Thing:
        spelled = self._spelled(name)
        rest = self._between(name[-1].end, statement.end, statement)
        arguments = rest[: next((at for at, word in enumerate(rest) if word.key == "is"), 0)]
        full = spelled + "".join(f"{' ' * (word.apart and word.text != '(')}{word.text}" for word in arguments)
        return self._commented(kind, full, text or "", statement)

    def _commented(self, kind: str, name: str, text: str, statement: SchemaStatement) -> Thing:
        of, column = "", ""
        if kind == "column":
            of, _, column = name.rpartition(".")
        elif kind in ("table", "view", "materialized view", "foreign table"):
            of = name
        label = f"the comment on {kind} `{name}`"
        return Thing("comment", f"{kind} {name}", label, _text(text), statement, of, column)

    def _options(self, table: CreateTable, name: str, statement: SchemaStatement) -> list[Thing]:
        found: list[Thing] = []
        if table.comment:
            found.append(self._commented("table", name, table.comment, statement))
        found += [
            self._commented("column", f"{name}.{self._spelled((column.name,))}", column.comment, statement)
            for column in table.columns
            if column.comment
        ]
        relation = self._relation(table.name)
        for column in relation.columns if relation is not None else ():
            if column.collation:
                label = f"the collation of column `{column.name}` of `{name}`"
                own = self._names.column_key(column.name)
                words = (Word(column.collation, column.collation, True),)
                found.append(Thing("the collation of a column", f"{name}.{own}", label, words, statement, name, own))
        found += [
            Thing(option.label, name, f"{option.label} of `{name}`", option.words, statement, name)
            for option in options(table, self._words_of(statement), self._names)
        ]
        return found

    def _settings(self, table: str, statement: SchemaStatement) -> list[Thing]:
        """ENABLE ROW LEVEL SECURITY, and other words that are said of a table when it is there."""
        words = self._words(statement)
        said = words[next((at for at, word in enumerate(words) if word.key == table.rpartition(".")[2]), 0) + 1 :]
        kind = " ".join(word.key for word in said)
        return [Thing(kind, table, f"`{kind}` of `{table}`", (), statement, table)]

    def _ignored(self, keyword: str, statement: SchemaStatement) -> list[Thing]:
        if not keyword.startswith((_MADE, _COMMENTED)):
            return []
        tokens = self._tokens(statement)
        if keyword.startswith(_COMMENTED):
            end = next((at for at, token in enumerate(tokens) if token.folded == "is"), len(tokens))
            name = " ".join(name_of(token) for token in tokens[3:end])
            return [self._commented(tokens[2].folded, name, _last_text(tokens), statement)]
        kind, name = tokens[1].folded, name_of(tokens[2]) if len(tokens) > 2 else ""
        at = next((at for at, token in enumerate(tokens) if token.folded == "on"), None)
        if kind == "policy" and at is not None:
            return [self._of_table(kind, name, _dotted(tokens[at + 1 :]), tokens[2].end + statement.start, statement)]
        return [
            self._thing(kind, name, self._between(statement.start + tokens[1].end, statement.end, statement), statement)
        ]

    # Parts

    def _thing(self, kind: str, name: str, words: Words, statement: SchemaStatement) -> Thing:
        return Thing(kind, name, f"{kind} `{name}`" if name else kind, words, statement)

    def _named(self, kind: str, name: ObjectName, statement: SchemaStatement) -> Thing:
        return self._thing(kind, self._spelled(name), self._between(name[-1].end, statement.end, statement), statement)

    def _of_table(self, kind: str, name: str, table: str, start: int | None, statement: SchemaStatement) -> Thing:
        words = self._words(statement) if start is None else self._between(start, statement.end, statement)
        return Thing(kind, f"{name} on {table}", f"{kind} `{name}` of `{table}`", words, statement, table)

    def _spelled(self, name: ObjectName) -> str:
        parts = [self._names.spelled(part) for part in name]
        own = parts[1:] if len(parts) > 1 and parts[0] == self._reading.default_schema else parts
        return ".".join(map(self._names.table_key, own))

    def _relation(self, name: ObjectName) -> Table | None:
        parts = [self._names.spelled(part) for part in name]
        schema = parts[-2] if len(parts) > 1 else self._reading.default_schema
        wanted = self._names.table_key(parts[-1])
        known = self._catalog.tables.values()
        return next((one for one in known if one.schema == schema and self._names.table_key(one.name) == wanted), None)

    def _has_indexes(self, name: ObjectName) -> bool:
        """Whether the catalog holds the indexes of a relation."""
        relation = self._relation(name)
        return relation is None or relation.kind is RelationKind.TABLE

    def _second(self, statement: SchemaStatement) -> str:
        """The name behind `create rule`."""
        tokens = self._tokens(statement)
        at = next((at for at, token in enumerate(tokens) if token.folded == "rule"), 0)
        return name_of(tokens[at + 1])

    def _tokens(self, statement: SchemaStatement) -> list[Token]:
        return list(self._reading.tokens(statement.text))

    def _words(self, statement: SchemaStatement) -> Words:
        return words_of(statement.text, self._reading.tokens, self._names)

    def _words_of(self, statement: SchemaStatement) -> Callable[[int, int], Words]:
        return lambda start, end: self._between(start, end, statement)

    def _between(self, start: int, end: int, statement: SchemaStatement, language: str | None = None) -> Words:
        return words_of(statement.source.text[start:end], self._reading.tokens, self._names, language)


def _taken(function: CreateFunction) -> list[FunctionArgument]:
    return [argument for argument in function.arguments if argument.mode in _TAKES]


def _as(name: str) -> Words:
    return Word("as", "as", True), Word(name, name, True), Word(",", ",", False)


def _text(text: str) -> Words:
    return (Word(text, f"'{text}'", True),)


def _last_text(tokens: list[Token]) -> str:
    return next((token.text for token in reversed(tokens) if token.kind is TokenKind.STRING), "")


def _dotted(tokens: list[Token]) -> str:
    """A name of several parts at the beginning."""
    parts = [name_of(tokens[0])]
    for dot, part in zip(tokens[1::2], tokens[2::2], strict=False):
        if dot.text != ".":
            break
        parts.append(name_of(part))
    return ".".join(parts)
