"""The columns of CREATE TABLE on MySQL and MariaDB."""

from __future__ import annotations

from typing import Final

from ....model.catalog import Column, Table
from ....model.types import Kind
from .limits import MysqlLimits
from .types import LONGEST_VARCHAR, is_long
from .values import NOW, quoted_text
from .writing import Writing, mentioned, set_by_keys

_LONGEST_COMMENT: Final = 1024
_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64))
_MOMENTS: Final = frozenset((Kind.TIMESTAMP, Kind.TIMESTAMPTZ))


def column_text(column: Column, table: Table, now: str | None, w: Writing) -> str:
    """A column with its clauses; `now` is the time that ON UPDATE sets it to."""
    declared = w.declared[(table.key, column.name)]
    parts = [w.quoted(column.name), declared, *_collation(column, w)]
    key = table.primary_key
    alone = key is not None and key.columns == (column.name,)
    if column.generated is not None:
        parts += _generated(column, table, w)
    else:
        parts += ["not null"] if not column.nullable and not alone else []
        parts += _made(column, table, w)
    parts += ["primary key"] if alone else []
    plain = [unique for unique in table.uniques if unique.name is None and unique.columns == (column.name,)]
    parts += ["unique"] if plain else []
    if column.generated is None:
        parts += _default(column, table, declared, w)
        parts += [f"on update {_timed(now, column, w)}"] if now is not None else []
    parts += [f"comment {comment_text(column.comment, _LONGEST_COMMENT)}"] if column.comment else []
    return " ".join(parts)


def comment_text(text: str, longest: int) -> str:
    """A comment as a string, cut to what the server takes."""
    return quoted_text(text if len(text) <= longest else text[: longest - 1] + "…")


def native_now(column: Column, now: str, w: Writing) -> bool:
    """Whether ON UPDATE can say that a column is set to a time."""
    return now == NOW and w.carried.type(column).kind in _MOMENTS


def length_check(column: Column, w: Writing) -> str | None:
    """The condition that keeps a text short which is declared longer than a VARCHAR can be."""
    type = w.carried.type(column)
    if type.kind is not Kind.STR or type.length is None or type.length <= LONGEST_VARCHAR:
        return None
    if isinstance(w.carried.limits(column), MysqlLimits):
        return None
    return f"char_length({w.quoted(column.name)}) <= {type.length}"


# Clauses


def _collation(column: Column, w: Writing) -> list[str]:
    if isinstance(w.carried.limits(column), MysqlLimits):
        return _own_collation(column, w)
    if not w.carried.folds_case(column):
        return []
    message = f"column `{column.name}` takes upper and lower case for the same"
    if w.flavour.folding is None:
        message += f", which no collation of {w.flavour.title} does that tells accents apart"
        w.carried.refuse(message, column.span, "leave it out, and compare `lower(…)` in queries and unique indexes")
        return []
    w.carried.leave_out(
        f"{message}: on {w.flavour.title} by the rules of Unicode",
        column.span,
        "store text in lower case where it matters",
    )
    return [f"collate {w.flavour.folding}"]


def _own_collation(column: Column, w: Writing) -> list[str]:
    """A collation that the other one of the two has: many are the same on both."""
    collation = (column.collation or "").lower()
    if not collation or w.carried.type(column).kind not in (Kind.STR, Kind.ENUM):
        return []
    if collation in ("utf8mb4_0900_bin", "utf8mb4_nopad_bin"):
        return []
    if any(part in collation for part in w.flavour.strange_collations):
        w.carried.refuse(
            f"column `{column.name}` has the collation {collation}, which {w.flavour.title} does not know",
            column.span,
            "use utf8mb4_unicode_520_ci or utf8mb4_bin, which both have",
        )
        return []
    return [f"collate {collation}"]


def _generated(column: Column, table: Table, w: Writing) -> list[str]:
    if column.generated is None:
        return []
    numbered = [source for source in mentioned(column.generated, table) if source.made is not None]
    if numbered and not w.flavour.virtual_of_numbered:
        message = f"is made of `{numbered[0].name}`, which the database numbers: {w.flavour.title} has no such columns"
        w.refuse_text(column.generated, message, "make the value in a view, or in the queries that read it")
    expression = w.carried.generated(column, table)
    if expression is None:
        return []
    kept = "stored" if is_stored(column, table) else "virtual"
    not_null = ["not null"] if not column.nullable and w.flavour.generated_not_null else []
    return [f"generated always as ({expression}) {kept}", *not_null]


def is_stored(column: Column, table: Table) -> bool:
    """Whether a generated column is kept. One that is made of a column which a foreign key may change cannot be, and
    is made whenever it is read: its values are the same."""
    if column.generated is None or not column.stored:
        return False
    moved = set_by_keys(table) | {
        name for foreign in table.foreign_keys if foreign.on_delete == "cascade" for name in foreign.columns
    }
    sources = mentioned(column.generated, table)
    return not any(source.made is not None or source.name in moved for source in sources)


def _default(column: Column, table: Table, declared: str, w: Writing) -> list[str]:
    """MySQL takes the default of a long value only as an expression."""
    text = w.carried.default(column, table)
    if text is None:
        return []
    if is_long(declared) and not text.startswith("("):
        text = f"({text})"
    return [f"default {_timed(text, column, w)}"]


def _timed(text: str, column: Column, w: Writing) -> str:
    """The time with as many decimals as its column keeps, which must be the same."""
    digits = w.carried.limits(column).digits
    if text != NOW or digits is None:
        return text
    return f"current_timestamp({digits})" if digits else "current_timestamp"


def _made(column: Column, table: Table, w: Writing) -> list[str]:
    if column.made is None:
        return []
    numbered = [other for other in table.columns if other.made is not None]
    if w.carried.type(column).kind not in _INTEGERS or numbered[0] is not column:
        w.carried.refuse(
            f"column `{column.name}` of `{table.name}` is numbered by the database, which {w.flavour.title} does for "
            "one column of a table, an integer",
            column.span,
            "number the rows by another column, or in the query",
        )
        return []
    return ["auto_increment"]
