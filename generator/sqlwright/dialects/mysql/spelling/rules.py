"""The rules of MySQL, most of which are MariaDB's too."""

from __future__ import annotations

from typing import Final

from ...spelling.queries import write_alias
from ...spelling.rulebook import Rulebook
from .casts import write_cast
from .changes import in_steps, write_delete, write_insert, write_update
from .comments import own_comments
from .comparisons import (
    write_between,
    write_case,
    write_distinct,
    write_in_list,
    write_in_query,
    write_is,
    write_quantified,
)
from .conversions import stored, write_parameter
from .documents import write_array, write_subscript
from .folding import write_collate
from .literals import write_number, write_string
from .operations import write_logical, write_operation
from .ordering import write_ordering
from .queries import (
    write_column_name,
    write_cte,
    write_exists,
    write_limit,
    write_select,
    write_set_operation,
    write_subquery,
    write_table,
    write_table_query,
    write_values,
    write_with,
)
from .windows import write_frame, write_window

TEMPLATES: Final = {
    "uuid.literal": "x'{digits}'",
    "uuid.parameter": "{}",
    "uuid.text": "bin_to_uuid({})",
    "uuid.from_text": "uuid_to_bin(trim({}))",
    "uuid.order": "{}",
    "uuid.random": "uuid_to_bin(uuid())",
    "lock.update": "for update",
    "lock.share": "for share",
    "lock.of": "yes",
    "lateral": "yes",
    "lag.default": "yes",
    "distinct.order": "",
    "json.text": "longtext",
    "json.text_value": "{}",
    "json.rounds": "yes",
    "window.float": "yes",
    "moment.milliseconds": "cast({0} as datetime(3))",
    "returning": "",
    "with.change": "yes",
    "excluded": "excluded.{}",
    "excluded.row": " as excluded",
}
"""What MariaDB writes in another way, or has not (then the template is empty there)."""

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
    with_=write_with,
    cte=write_cte,
    limit=write_limit,
    ordering=write_ordering,
    window=write_window,
    frame=write_frame,
    column_name=write_column_name,
    number=write_number,
    string=write_string,
    parameter=write_parameter,
    logical=write_logical,
    operation=write_operation,
    cast=write_cast,
    case=write_case,
    subquery=write_subquery,
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
    in_steps=in_steps,
    finish=own_comments,
    templates=TEMPLATES,
)
