"""How a database's SQL is written: the facts that the lexer and the parser need of it."""

from __future__ import annotations

from collections.abc import Mapping

from .values import entity


@entity
class Lexis:
    """How characters become tokens. Each field is named after the feature that a database has or lacks."""

    nested_comments: bool = False
    hash_comments: bool = False
    spaced_dash_comments: bool = False
    """`--` begins a comment only when white space follows (MySQL)."""
    conditional_comments: bool = False
    """`/*!40101 … */` holds statements to run (MySQL)."""
    identifier_quotes: str = '"'
    """The opening quotes of identifiers; `[` is closed by `]`, the others by themselves."""
    string_quotes: str = "'"
    backslash_escapes: bool = False
    escape_strings: bool = False
    """`E'…'` and `U&'…'` exist (PostgreSQL)."""
    dollar_quotes: bool = False
    dollar_in_words: bool = False
    digits_begin_words: bool = False
    numbers_end_clear: bool = False
    """A number is decimal, without `_`, and no letter follows it (PostgreSQL before 16)."""
    operators: tuple[str, ...] = ()
    """The operators of more than one character."""
    operator_characters: str = "+-*/<>=~!@#%^&|`?"
    custom_operators: bool = False
    """Any run of operator characters is an operator (PostgreSQL)."""
    question_operator: bool = False
    """`?` is an operator after an operand (PostgreSQL's JSON)."""
    at_variables: bool = False
    """`@name` is a variable of the session, so never a parameter (MySQL)."""
    colon_slices: bool = False
    """`a[1:n]` is a slice, so `:n` in it is not a parameter (PostgreSQL)."""
    dollar_names: bool = False
    """`$name` is a parameter (SQLite)."""
    meta_commands: str = ""
    """The characters that begin a command of the database's own client at the start of a line."""
    client_delimiters: bool = False
    """`DELIMITER //` changes what ends a statement (the mysql client)."""


@entity
class Grammar:
    """How tokens become syntax: binding powers and the words that may not stand as names."""

    lexis: Lexis
    binary: Mapping[str, int]
    """Binding power of each infix operator and operator word; higher binds tighter; all associate to the left."""
    other_operator: int
    """Binding power of an operator that `binary` does not list."""
    prefix: Mapping[str, int]
    """Binding power with which a prefix operator takes its operand."""
    reserved: frozenset[str]
    """Words that cannot name a column or a table unless quoted."""
    not_labels: frozenset[str]
    """Words that cannot name a result column unless AS or quotes say so."""
    not_aliases: frozenset[str]
    """Words that cannot name a table in FROM unless quoted."""
    bare_calls: frozenset[str] = frozenset()
    """Functions that are called without parentheses, such as current_date."""
    keywords: frozenset[str] = frozenset()
    """Every word with a meaning to the database, reserved or not: printers quote them."""
    free_type_names: bool = False
    """A type is any row of words (SQLite)."""
    callable_reserved: frozenset[str] = frozenset()
    """Reserved words that may be called as functions."""
    double_pipe_is_or: bool = False
    comparisons_chain: bool = True
    """`a < b < c` is read as `(a < b) < c`; where it is not, it is refused."""
    is_compares: bool = False
    """`a IS b` compares any two values (SQLite)."""
    in_table: bool = False
    """`a IN t` names a table (SQLite)."""
    empty_in: bool = False
    """`a IN ()` is allowed (SQLite)."""
    any_typed_literal: bool = False
    """Any type may stand before a string: `inet '::1'` (PostgreSQL)."""
    literal_types: frozenset[str] = frozenset()
    """The types that may stand before a string, where not all may."""
    string_names: bool = False
    """A string may stand where a name is needed (SQLite)."""
    string_labels: bool = False
    """A string may stand behind AS."""
    adjacent_strings: bool = False
    """Strings side by side are one (MySQL); PostgreSQL wants a line break between them."""
    interval_units: frozenset[str] = frozenset()
    """The units of MySQL's `INTERVAL n unit`."""
    charset_introducers: bool = False
    """`_utf8mb4'…'` (MySQL)."""
    joins_need_conditions: bool = False
    """JOIN without ON or USING is refused (PostgreSQL)."""
    comma_is_join: bool = False
    """A comma in FROM binds as JOIN does, so that a condition behind it sees what stands before it."""
    intersect_binds_tighter: bool = True
    """INTERSECT comes before UNION and EXCEPT; where it does not, all are read from left to right (SQLite)."""
    empty_select: bool = False
    target_fields: bool = False
    """`a.b` as the target of a value is the field `b` of the column `a`, and not a column of the table `a`."""
    """SELECT may have no columns (PostgreSQL)."""
    cast_types: frozenset[str] = frozenset()
    """The types that CAST takes, where they are not those of columns."""
    lateral: bool = True
    table_queries: bool = True
    """`TABLE t` is a query."""
    rows_named: bool = True
    """ROW may stand before the rows of VALUES."""
    row_aliases: bool = True
    """`VALUES (…) AS new` names the row that an INSERT could not add, where INSERT has such clauses at all."""
    share_locks: bool = True
    """FOR SHARE beside FOR UPDATE."""
    sequences: bool = False
    """`NEXT VALUE FOR s`, and functions that take the name of a sequence (MariaDB)."""
    dual: bool = False
    """`FROM DUAL` reads no table."""
    into_optional: bool = False
    """INSERT needs no INTO, and DELETE and UPDATE take joined tables (MySQL)."""
