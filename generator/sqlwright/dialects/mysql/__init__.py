"""MySQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...model.catalog import Catalog
from ..base import STRICT_BOUND, Code, Dialect, Placeholders
from ..features import Features
from .binding import binding, sequence_binding
from .constructs import LACKS, STATEMENTS
from .ddl import MysqlDdl
from .grammar import GRAMMAR
from .meaning import MysqlMeaning
from .names import MysqlNames
from .nulls import MysqlNulls
from .placeholders import in_sequence
from .spelling import SPELLING
from .tables import completed_table, hidden_columns, system_table
from .types import MysqlTypes

FEATURES: Final = Features(
    foreign_keys_indexed=True,
    constraints_numbered={"check": "{table}_chk_{number}", "foreign key": "{table}_ibfk_{number}"},
    returning=frozenset(),
    schemas=False,
    named_enums=False,
    types_are_checked=False,
    derived_tables_need_names=True,
    derived_columns_differ=True,
    having_sees_tables=False,
    columns_named_as_written=True,
    equals_determine=True,
    returning_sees_joins=False,
    written_once=frozenset(("insert",)),
    having_alone="filters",
    derived_names_apart=frozenset(("derived", "with", "in with")),
    windows_in_values=False,
    recursion_takes_first=True,
    column_names_whole=True,
    conditions_fold=True,
    outputs_seen_inside=True,
    skips_unneeded_groups=True,
    whole_groups=True,
    closed_to_readers=frozenset(("insert", "update", "delete", "joined delete")),
    values_see_target=True,
    outputs_over_merged=True,
    group_by_fields=True,
    group_names_differ=True,
    collected_by_position=True,
    any_of_group=frozenset(("any_value",)),
    whole_rows=False,
    index_names_of_tables=True,
    names_differ_by_case=True,
    output_names=frozenset(("group by", "having", "order by")),
    lacks=LACKS,
    own_operators=False,
    statements=STATEMENTS,
)


def _native(dialect: Dialect, catalog: Catalog) -> Dialect:
    """Statements that were written for the server are run with the collation that it has by itself."""
    return replace(dialect, session="native=True")


DIALECT: Final = Dialect(
    name="mysql",
    title="MySQL",
    grammar=GRAMMAR,
    default_schema="",
    names=MysqlNames(),
    nulls=MysqlNulls(),
    features=FEATURES,
    placeholders=Placeholders(None, bare="%s", doubled="%"),
    binding=binding,
    sequence_binding=sequence_binding,
    in_sequence=in_sequence,
    types=MysqlTypes,
    completed_table=completed_table,
    hidden_columns=hidden_columns,
    system_table=system_table,
    meaning=MysqlMeaning(),
    spelling=SPELLING,
    ddl=MysqlDdl(),
    sqlglot="mysql",
    bounds={
        "count": Code("row_count({0})", (("sqlwright.runtime.mysql.parameters", "row_count"),)),
        "offset": Code("max({0}, 0)"),
        "strict": STRICT_BOUND,
    },
    with_values_of=_native,
    steps_modules=("sqlwright.runtime.mysql.changes", "sqlwright.runtime.mysql.returned"),
)
