"""What a catalog says of each thing in it, as lines of text that can be compared, hashed and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..dialects.base import Dialect, Types
from ..model.catalog import (
    Catalog,
    Check,
    Column,
    CompositeType,
    Domain,
    EnumType,
    ForeignKey,
    Function,
    Index,
    KeyPart,
    Making,
    RelationKind,
    Sql,
    Table,
    UniqueKey,
)
from ..model.syntax import Null
from ..model.values import value

Facts = Mapping[str, str]
"""What is said of each thing, by what the thing is called: `column id` → `bigint not null`."""
_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\w+|[^\w\s]")
_MADE_BY_DEFAULT: Final = frozenset((Making.SERIAL, Making.IDENTITY_BY_DEFAULT))


@value
class Writer:
    """Writes facts; `exactly`, with the texts of expressions, which each database rewrites in its own way. These are
    without what makes no difference, or, where they are to be `shown`, as they stand."""

    types: Types
    exactly: bool
    shown: bool = False

    def of_table(self, table: Table) -> Facts:
        return dict(self.lines_of_table(table))

    def lines_of_table(self, table: Table) -> Iterator[tuple[str, str]]:
        """Each thing of a table, and what is said of it: as many, in the same order, whether they are to be shown."""
        yield "kind", table.kind.value
        for column in table.columns:
            yield f"column {column.name}", self._column(column, table)
        if table.kind is not RelationKind.TABLE:
            return
        if table.primary_key is not None:
            yield f"primary key {_listed(table.primary_key)}", ""
        for key in table.uniques:
            yield f"unique key {_listed(key)}", "nulls not distinct" * key.nulls_not_distinct
        for index in table.indexes:
            yield self._index(index)
        for foreign in table.foreign_keys:
            yield f"foreign key ({', '.join(foreign.columns)})", self._foreign_key(foreign)
        if self.exactly:
            yield from ((f"check{self._condition(check)}", "") for check in table.checks)
        elif table.checks:
            yield "checks", str(len(table.checks))

    def of_enum(self, enum: EnumType) -> str:
        return ", ".join(enum.labels)

    def of_domain(self, domain: Domain) -> str:
        parts = [self.types.display(domain.base), *["not null"] * (not domain.nullable)]
        parts += [f"default{self._text(domain.default)}"] if domain.default is not None else []
        parts += [f"check{self._condition(check)}" for check in domain.checks]
        return " ".join(parts)

    def of_composite(self, composite: CompositeType) -> str:
        return ", ".join(f"{field.name} {self.types.display(field.type)}" for field in composite.fields)

    def of_function(self, function: Function) -> str:
        taken = ", ".join(f"{one.mode} {self.types.display(one.type)}" for one in function.arguments)
        gives = self.types.display(function.returns) if function.returns is not None else "nothing"
        columns = ", ".join(f"{column.name} {self.types.display(column.type)}" for column in function.columns)
        return f"{function.kind} ({taken}) → {'setof ' * function.returns_set}{gives} ({columns})"

    def _column(self, column: Column, table: Table) -> str:
        parts = [self.types.display(column.type)]
        if table.kind is RelationKind.TABLE:
            parts += ["not null"] * (not column.nullable)
            parts += [self._made(column)]
            if column.default is not None and not isinstance(column.default.expression, Null):
                parts += [f"default{self._text(column.default)}"]
            if column.generated is not None:
                parts += [f"generated{self._text(column.generated)}{' stored' * column.stored}"]
            parts += ["touched"] * column.touches_itself
            parts += ["invisible"] * column.invisible
        elif self.exactly:
            parts += ["never null"] * (not column.nullable)
        return " ".join(part for part in parts if part)

    def _made(self, column: Column) -> str:
        return "numbered" if column.made in _MADE_BY_DEFAULT and not self.exactly else str(column.made or "")

    def _index(self, index: Index) -> tuple[str, str]:
        parts = [self._part(part) for part in index.parts]
        if _is_plain(index):
            name = f"unique key ({', '.join(parts)})" if index.unique else f"index ({', '.join(parts)})"
            return name, "nulls not distinct" * index.nulls_not_distinct
        said = [f"({', '.join(parts)})", *["unique"] * index.unique, index.method or ""]
        said += [f"include ({', '.join(index.include)})"] if index.include else []
        said += [f"where{self._text(index.where)}"] if index.where is not None else []
        return f"index {index.name}", " ".join(part for part in said if part and part != "btree")

    def _part(self, part: KeyPart) -> str:
        name = part.column if part.column is not None else f"expression{self._text(part.expression)}"
        prefix = f"({part.prefix})" if part.prefix is not None else ""
        return f"{name}{prefix}{' desc' * part.descending}"

    def _foreign_key(self, key: ForeignKey) -> str:
        _, table = key.table
        parts = [f"references {table} ({', '.join(key.references)})"]
        for event, action in (("delete", key.on_delete), ("update", key.on_update)):
            if action not in (None, "no action") and (self.exactly or action != "restrict"):
                parts.append(f"on {event} {action}")
        return " ".join(parts)

    def _condition(self, check: Check) -> str:
        text = self._text(check.condition)
        return f" ({text[1:]})" if self.shown and text else text

    def _text(self, sql: Sql | None) -> str:
        if not self.exactly or sql is None:
            return ""
        return f" {' '.join(sql.text.split()) if self.shown else _squeezed(sql.text)}"


def writer(catalog: Catalog, dialect: Dialect, *, exactly: bool, shown: bool = False) -> Writer:
    return Writer(dialect.types(catalog), exactly, shown)


def _is_plain(index: Index) -> bool:
    """Whether a unique index says what a unique constraint does, or any other what only its columns tell."""
    bare = all(part.column is not None and part.prefix is None and not part.descending for part in index.parts)
    return bare and index.where is None and not index.include and index.method in (None, "btree")


def _listed(key: UniqueKey) -> str:
    return f"({', '.join(key.columns)})"


def _squeezed(text: str) -> str:
    """An expression without what makes no difference: its layout, the case of its words, parentheses around all."""
    tokens = [token if token[0] in "'\"`[" else token.lower() for token in _TOKEN.findall(text)]
    while len(tokens) > 2 and tokens[0] == "(" and _closes_last(tokens):
        tokens = tokens[1:-1]
    return " ".join(tokens)


def _closes_last(tokens: Sequence[str]) -> bool:
    """Whether the parenthesis at the beginning is closed by the last token."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if depth == 0:
            return at == len(tokens) - 1
    return False
