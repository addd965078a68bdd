"""How SQLite writes SQL.

Keywords are those of sqlite.org/lang_keywords.html; which of them may still be names is what the `%fallback` and
`id` rules of its parse.y say. Precedence is that of sqlite.org/lang_expr.html.
"""

from __future__ import annotations

from typing import Final

from ...model.lexis import Grammar, Lexis

RESERVED: Final = frozenset("""
    add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
    distinct drop else escape exists foreign from group having in index insert intersect into is isnull join limit not
    notnull null on or order primary references returning select set table then to transaction union unique update
    using values when where
    """.split())
KEYWORDS: Final = RESERVED | frozenset("""
    abort action after always analyze asc attach before begin by cascade cast column conflict cross current
    current_date current_time current_timestamp database deferred desc detach do each end except exclude exclusive
    explain fail filter first following for full generated glob groups if ignore immediate indexed initially inner
    instead key last left like match materialized natural no nothing nulls of offset others outer over partition plan
    pragma preceding query raise range recursive regexp reindex release rename replace restrict right rollback row rows
    savepoint temp temporary ties trigger unbounded vacuum view virtual window with without
    """.split())
_JOINS: Final = frozenset("cross full inner join left natural outer right".split())

GRAMMAR: Final = Grammar(
    lexis=Lexis(
        identifier_quotes='"`[',
        dollar_names=True,
        meta_commands=".",
        operators=("<=", ">=", "<>", "!=", "==", "||", "->", "->>", "<<", ">>"),
    ),
    binary={
        "or": 10,
        "and": 20,
        **dict.fromkeys(("=", "==", "<>", "!=", "is", "between", "in", "like", "glob", "match", "regexp"), 40),
        **dict.fromkeys(("isnull", "notnull", "not null"), 40),
        **dict.fromkeys(("<", "<=", ">", ">="), 50),
        **dict.fromkeys(("&", "|", "<<", ">>"), 60),
        **dict.fromkeys(("+", "-"), 70),
        **dict.fromkeys(("*", "/", "%"), 80),
        **dict.fromkeys(("||", "->", "->>"), 90),
        "collate": 100,
        ".": 160,
    },
    other_operator=60,
    prefix={"not": 30, "+": 110, "-": 110, "~": 110},
    reserved=RESERVED,
    not_labels=RESERVED | _JOINS | frozenset("except for like glob match regexp window end".split()),
    not_aliases=RESERVED | _JOINS | frozenset("except for indexed like glob match regexp window end".split()),
    bare_calls=frozenset(("current_date", "current_time", "current_timestamp")),
    keywords=KEYWORDS,
    free_type_names=True,
    is_compares=True,
    in_table=True,
    empty_in=True,
    string_names=True,
    comma_is_join=True,
    intersect_binds_tighter=False,
    string_labels=True,
)
