"""Indexes of the beginnings of texts, which only MySQL and MariaDB have."""

from __future__ import annotations

from ..model.catalog import Index, Table
from .ddl import Carried


def check_prefixes(index: Index, table: Table, carried: Carried, title: str) -> None:
    """Report a unique index of beginnings. Any other may as well hold whole values, and so may one of texts that are no
    longer than their beginning."""
    for part in index.parts if index.unique else ():
        column = table.column(part.column or "")
        if part.prefix is None or column is None:
            continue
        length = carried.type(column).length
        if length is None or length > part.prefix:
            carried.refuse(
                f"index `{index.name}` tells values apart by their first {part.prefix} characters, which has no exact "
                f"equivalent on {title}",
                index.span,
                "make it unique over the whole column, or over a generated column that holds the beginning",
            )
