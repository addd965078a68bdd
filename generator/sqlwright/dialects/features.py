"""What a database can do, where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..model.values import value


@value
class Features:
    """What a database can do, where they differ."""

    returning: frozenset[str] = frozenset(("insert", "update", "delete", "merge"))
    schemas: bool = True
    named_enums: bool = True
    """An enum is a type of its own, made before the tables."""
    primary_keys_not_null: bool = True
    foreign_keys_checked_at_definition: bool = True
    grouped_columns_required: bool = True
    types_are_checked: bool = True
    foreign_keys_enforced: bool = False
    """What a foreign key says of a row is true of every row. A key that is deferred, not yet validated, or passed over
    by a bulk load or a replica says nothing of the rows that a query sees, so that it is not relied on."""
    foreign_keys_indexed: bool = False
    """The database makes an index for a foreign key that has none."""
    strings_may_be_names: bool = False
    """`"x"` is a string when no column has that name (SQLite)."""
    index_names_of_tables: bool = False
    """Two tables may each have an index of one name."""
    constraints_named_for_tables: bool = False
    """A constraint without a name is given one made of the table's and the columns', which it keeps when they are
    renamed."""
    constraints_numbered: Mapping[str, str] | None = None
    """The forms of the names that a `check` and a `foreign key` without one are given: of the table and a number."""
    derived_tables_need_names: bool = False
    column_names_whole: bool = False
    """A list of names for the columns of a query in FROM or WITH must name all of them."""
    derived_columns_differ: bool = False
    """The columns of a query in FROM or WITH must have different names."""
    having_sees_tables: bool = True
    """HAVING may name columns that are neither selected nor grouped by, as far as they go with the groups."""
    columns_named_as_written: bool = False
    """A result column that is a table's is called as the query spells it, and not as the table does."""
    skips_unneeded_groups: bool = False
    """Groups behind IN, EXISTS, ANY and ALL, ORDER BY of one row, and unread columns in FROM are not looked at."""
    whole_groups: bool = False
    """An expression that is grouped by is known again only where nothing but a query stands around it."""
    conditions_fold: bool = False
    """Conditions on columns in FROM that are computed of no column there look past outer joins (MySQL 9.7)."""
    outputs_seen_inside: bool = False
    """Queries that stand behind SELECT, but in WHERE, see result columns of the query around them (no aggregates)."""
    rows_of_nothing_lose: bool = False
    """Aggregates of no rows, in a temporary table, lose what else is computed of columns (MariaDB 10.11)."""
    equals_determine: bool = False
    """A column stands beside aggregates, too, when unique keys and equalities let those of GROUP BY determine it."""
    excluded: bool = False
    """`excluded` is the row that an INSERT could not add."""
    excluded_is_named: bool = False
    """A column without a table's name in ON CONFLICT is one of the row that is there, never of `excluded`."""
    returning_sees_joins: bool = True
    """RETURNING may name the tables of FROM and USING."""
    returning_sees_alias: bool = True
    """RETURNING names the table by the alias that it has in the statement."""
    conditions_see_all: bool = False
    """ON may name the tables that are joined behind it, so that a bare name must be clear among all."""
    names_of_several: bool = False
    """Two tables of a query may have one name, as long as no column of it is in both (SQLite)."""
    made_columns_closed: frozenset[str] = frozenset(("insert", "update"))
    """The statements, of "insert" and "update", that may not name a column that the database makes."""
    derived_names_apart: frozenset[str] = frozenset()
    """What may have a table's name: "derived" for a query in FROM, "with" for a WITH query, "in with" beside WITH."""
    written_once: frozenset[str] = frozenset()
    """The statements, of "insert" and "update", that may name a column to write only once."""
    zeros_by_ignoring: frozenset[str] = frozenset()
    """Types of which INSERT IGNORE stores a zero for a value that is none, and drivers read a zero as NULL."""
    windows_spoil_quantified: bool = False
    """A comparison with ANY or ALL of what a window function gives may be NULL (MariaDB, which compares with the least
    or greatest of them)."""
    constants_spoil_in: bool = False
    """IN (or = ANY) of an aggregate of what is no column may be NULL in a group (MariaDB 10.11)."""
    qualifiers_are_final: bool = False
    """Whether a column is looked for in no outer query when an inner table has the name before its dot."""
    conflict_keys_checked: bool = False
    """The columns of ON CONFLICT must be those of a unique key for the statement to be prepared, not only to run."""
    values_gather: bool = False
    """VALUES of one row is read like a select list, where aggregates may stand."""
    windows_in_values: bool = True
    """A window function may stand in VALUES of several rows."""
    values_see_target: bool = False
    """The values of an INSERT may name columns of its table (MySQL, which has what was assigned before them there)."""
    outputs_over_merged: bool = False
    """A bare name that both a result column and a column merged by USING have is the result column's in GROUP BY and in
    windows."""
    windows_see_outputs: bool = False
    """A bare name in a window is looked for among the result columns: first in ORDER BY, last in PARTITION BY."""
    having_hides_inside: bool = False
    """Queries in HAVING see no more of the tables than HAVING does."""
    group_by_fields: bool = False
    """HAVING finds a column that is grouped by only where it is a table's, and not what a merged query computes."""
    group_names_differ: bool = False
    """HAVING finds no column of GROUP BY by its table's name where several of them have one name."""
    collected_by_position: bool = False
    """A whole number in the ORDER BY of group_concat is the position of an argument."""
    rollup_of_nothing: bool = True
    """WITH ROLLUP gives a row for all even where there are no rows."""
    closed_to_readers: frozenset[str] = frozenset()
    """The statements, of "insert", "update", "delete" and "joined delete", whose expressions may not read what they
    change."""
    outer_aggregates_checked: bool = False
    """An aggregate over columns of a query around it may stand only where that query's own may."""
    any_of_group: frozenset[str] = frozenset()
    """Functions whose argument stands beside aggregates without being grouped by."""
    locks_groups: bool = True
    """FOR UPDATE may stand where rows of the result are not rows of a table."""
    constants_order: bool = True
    """ORDER BY, GROUP BY and DISTINCT ON may name a constant that is no position."""
    recursion_takes_first: bool = False
    """The types of a recursive query are those of its first part, whatever the others give."""
    recursion_keeps_types: bool = False
    """The types of a recursive query are those of its first part, and the others must not change them."""
    having_alone: Literal["groups", "filters", "refused"] = "groups"
    """What HAVING does in a query that has no GROUP BY and no aggregate."""
    short_inserts: bool = False
    """An INSERT without a list of columns may give fewer values than there are."""
    list_by_array: bool = False
    """`in (:ids)` becomes `= any($1)`."""
    whole_rows: bool = True
    """The name of a table may stand for its whole row."""
    output_names: frozenset[str] = frozenset()
    """The clauses whose expressions may use the names of result columns: "where", "group by", "having", "order by".
    A bare name in GROUP BY or ORDER BY may everywhere."""
    lacks: frozenset[str] = frozenset()
    """Constructs that other databases have and this one has not, by the names of `infer.constructs.CONSTRUCTS`."""
    rules: frozenset[str] = frozenset()
    """The rules that the database holds statements to, by the names of `infer.rules.RULES`."""
    own_operators: bool = True
    """There may be operators that the grammar does not list."""
    statements: frozenset[str] = frozenset()
    """The words that statements other than queries begin with; empty where that is not checked."""
    names_differ_by_case: bool = False
    """Two names of tables, or aliases, that differ by case alone may be two names."""
    output_names_first: bool = True
    """A bare name in ORDER BY means a result column before a column of a table."""
