"""The rules of SQLite."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Ordering, Subquery
from ...spelling.operations import write_logical
from ...spelling.queries import write_alias
from ...spelling.rulebook import Rulebook
from ...translation import Translating
from .casts import write_cast
from .changes import write_delete, write_insert, write_update
from .comparisons import (
    write_between,
    write_case,
    write_collate,
    write_distinct,
    write_in_list,
    write_in_query,
    write_is,
    write_quantified,
)
from .conversions import stored
from .documents import write_array, write_subscript
from .literals import write_number, write_string
from .operations import write_operation
from .queries import (
    unnamed,
    write_column_name,
    write_cte,
    write_exists,
    write_limit,
    write_ordering,
    write_select,
    write_set_operation,
    write_table,
    write_table_query,
    write_values,
)
from .windows import write_window


def _ordering(node: Ordering, t: Translating) -> str:
    return write_ordering(node, None, t)


def _subquery(node: Subquery, t: Translating) -> str:
    return t.same(node, {node.query: unnamed(node.query, t)})


SPELLING: Final = Rulebook(
    select=write_select,
    set_operation=write_set_operation,
    values=write_values,
    table_query=write_table_query,
    insert=write_insert,
    update=write_update,
    delete=write_delete,
    table=write_table,
    alias=write_alias,
    cte=write_cte,
    limit=write_limit,
    ordering=_ordering,
    window=write_window,
    column_name=write_column_name,
    number=write_number,
    string=write_string,
    logical=write_logical,
    operation=write_operation,
    cast=write_cast,
    case=write_case,
    subquery=_subquery,
    exists=write_exists,
    is_=write_is,
    distinct=write_distinct,
    between=write_between,
    in_list=write_in_list,
    in_query=write_in_query,
    quantified=write_quantified,
    collate=write_collate,
    array=write_array,
    subscript=write_subscript,
    as_stored=stored,
)
