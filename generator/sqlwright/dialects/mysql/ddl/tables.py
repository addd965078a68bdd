"""CREATE TABLE on MySQL and MariaDB, for what was written for another database."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final

from ....model.catalog import ForeignKey, Table
from ...layout import Line, table_text
from .columns import column_text, comment_text
from .indexes import index_lines
from .keys import constraints, foreign_key
from .sizes import check_size
from .writing import LONGEST_NAME, Writing

_LONGEST_COMMENT: Final = 2048


def create_table(table: Table, later: Container[ForeignKey], now: Mapping[str, str], w: Writing) -> str:
    """The statement that makes a table with its indexes, without the foreign keys that are added later. `now` gives the
    columns that ON UPDATE sets to the time."""
    if not table.columns:
        message = f"`{table.name}` has no columns, and {w.flavour.title} has no such tables"
        w.carried.refuse(message, table.span, "give it a column")
    _check_names(table, w)
    lines = [column_text(column, table, now.get(column.name), w) for column in table.columns]
    keys = list(constraints(table, later, w))
    indexes = [found for index in table.indexes if (found := index_lines(index, table, w)) is not None]
    lines += [column for index in indexes for column in index.columns]
    lines += keys
    lines += [index.text for index in indexes]
    declared = [w.declared[(table.key, column.name)] for column in table.columns]
    check_size(table, declared, len(indexes) + len(table.uniques) + len(table.foreign_keys), w)
    text = table_text(f"create table {w.quoted(table.name)}", [Line(line) for line in lines], None)
    options = f"engine = InnoDB default charset = utf8mb4 collate = {w.flavour.collation}"
    comment = f" comment = {comment_text(table.comment, _LONGEST_COMMENT)}" if table.comment else ""
    return f"{text} {options}{comment}"


def add_foreign_key(table: Table, foreign: ForeignKey, w: Writing) -> str:
    """The statement that adds a foreign key to a table that exists."""
    return f"alter table {w.quoted(table.name)} add {foreign_key(foreign, table, w)}"


def _check_names(table: Table, w: Writing) -> None:
    """Names that queries speak of stay as they are, so that they must not be too long."""
    named = [(table.name, table.span), *((column.name, column.span) for column in table.columns)]
    for name, span in named:
        if len(name) > LONGEST_NAME:
            message = f"`{name}` has {len(name)} characters, and names have {LONGEST_NAME} on {w.flavour.title}"
            w.carried.refuse(message, span, "give it a shorter name")
