"""How PostgreSQL writes SQL.

Keywords and their categories are those of `pg_get_keywords()` on PostgreSQL 15; precedence is that of the manual,
section 4.1.6 (Operator Precedence).
"""

from __future__ import annotations

from typing import Final

from ...model.lexis import Grammar, Lexis

RESERVED: Final = frozenset("""
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
    current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
    leading limit localtime localtimestamp not null offset on only or order placing primary references returning select
    session_user some symmetric table then to trailing true union unique user using variadic when where window with
    """.split())
FUNCTION_OR_TYPE: Final = frozenset("""
    authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like
    natural notnull outer overlaps right similar tablesample verbose
    """.split())
COLUMN_NAME: Final = frozenset("""
    between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
    integer interval least national nchar none normalize nullif numeric out overlay position precision real row setof
    smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
    xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split())
NEEDS_AS: Final = frozenset("""
    array as char character create day except fetch filter for from grant group having hour intersect into isnull limit
    minute month notnull offset on order over overlaps precision returning second to union varying where window with
    within without year
    """.split())

_COMPARISON: Final = 50
_PATTERN: Final = 60
_OTHER: Final = 70

GRAMMAR: Final = Grammar(
    lexis=Lexis(
        nested_comments=True,
        identifier_quotes='"',
        escape_strings=True,
        dollar_quotes=True,
        dollar_in_words=True,
        numbers_end_clear=True,
        custom_operators=True,
        question_operator=True,
        colon_slices=True,
        meta_commands="\\",
        operators=tuple("""
            <= >= <> != :: := => -> ->> #> #>> #- @> <@ @@ @@@ @? && || ~* !~ !~* ~~ ~~* !~~ !~~* << >> &< &> -|- <<|
            |>> &<| |&> <-> <#> <=> <+> |/ ||/ <% %> <<% %>> <<<% %>>> <->> <<-> <<<-> <->>> ^@ ~= ~>=~ ~<=~ ~>~ ~<~
            *= *<> *< *> *<= *>= <<= >>= <^ >^ ?# ?- ?| ?-| ?|| ## @-@ !! ?& ~==
            """.split()),
    ),
    binary={
        "or": 10,
        "and": 20,
        "is": 40,
        "isnull": 40,
        "notnull": 40,
        **dict.fromkeys(("<", ">", "=", "<=", ">=", "<>", "!="), _COMPARISON),
        **dict.fromkeys(("between", "in", "like", "ilike", "similar", "overlaps"), _PATTERN),
        "operator": _OTHER,
        "+": 80,
        "-": 80,
        "*": 90,
        "/": 90,
        "%": 90,
        "^": 100,
        "at": 110,
        "collate": 120,
        "[": 140,
        "::": 150,
        ".": 160,
    },
    other_operator=_OTHER,
    prefix={"not": 30, "+": 130, "-": 130},
    reserved=RESERVED | FUNCTION_OR_TYPE,
    not_labels=NEEDS_AS,
    not_aliases=RESERVED | FUNCTION_OR_TYPE,
    bare_calls=frozenset(
        "current_catalog current_date current_role current_schema current_time current_timestamp current_user "
        "localtime localtimestamp session_user user".split()
    ),
    keywords=RESERVED | FUNCTION_OR_TYPE | COLUMN_NAME,
    callable_reserved=FUNCTION_OR_TYPE,
    comparisons_chain=False,
    any_typed_literal=True,
    joins_need_conditions=True,
    empty_select=True,
    target_fields=True,
)
