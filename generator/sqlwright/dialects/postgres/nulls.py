"""When PostgreSQL's functions and operators give NULL.

pg_proc says which functions are strict, that is, give NULL when an argument is NULL. It does not say which of them
give NULL for other arguments too; those that do not are listed here, from the manual's chapter 9 and trial on a server.
What is listed nowhere may give NULL at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Cast, Expression, KeyValue, Number
from ...model.types import Family, SqlType
from ..base import Nulls, Resolved
from . import catalogs

_TOTAL: Final = frozenset("""
    abs acos acosd acosh age area array_append array_cat array_prepend array_remove array_replace array_to_json
    array_to_string array_to_tsvector ascii asin asind asinh atan atan2 atan2d atand atanh bit_count bit_length box
    broadcast btrim cardinality cbrt ceil ceiling center char_length character_length chr circle convert convert_from
    convert_to cos cosd cosh cot cotd crypt currval date_bin date_part date_trunc decode decrypt degrees diagonal
    diameter digest div dmetaphone dmetaphone_alt encode encrypt erf erfc exp extract factorial family floor
    format_type gcd gen_random_bytes gen_salt get_bit get_byte hashtext height hmac host hostmask inet_merge
    inet_same_family initcap isclosed isempty isfinite isopen json_array_length json_object json_strip_nulls
    json_typeof jsonb_array_length jsonb_insert jsonb_object jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof
    justify_days justify_hours justify_interval lastval lcm left length levenshtein levenshtein_less_equal line ln log
    log10 lower lpad lseg ltrim make_date make_interval make_time make_timestamp make_timestamptz masklen md5 metaphone
    difference soundex min_scale mod multirange netmask network nextval normalize npoints ntile numnode octet_length
    overlay parse_ident path pclose phraseto_tsquery plainto_tsquery point polygon popen position pow power
    quote_ident quote_literal radians radius range_merge regexp_count regexp_instr regexp_like regexp_replace
    regexp_split_to_array repeat replace reverse right round row_to_json rpad rtrim scale set_bit set_byte set_masklen
    setval sha224 sha256 sha384 sha512 show_trgm sign similarity sin sind sinh slope split_part sqrt starts_with
    strict_word_similarity string_to_array strip strpos subset tan tand tanh timezone trim to_ascii to_char
    to_date to_hex
    to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector translate trim_array trim_scale trunc ts_delete
    ts_filter ts_headline ts_rank ts_rank_cd ts_rewrite tsquery_phrase tsvector_to_array unaccent unistr upper
    uuid_generate_v3 uuid_generate_v5 websearch_to_tsquery width width_bucket word_similarity xmlcomment
    bool int2 int4 int8 float4 float8 numeric text bpchar varchar char name date time timestamp timestamptz interval
    avals akeys hstore_to_array hstore_to_json hstore_to_jsonb hstore_to_matrix exist exists_all exists_any defined
    icount sort sort_asc sort_desc uniq intset nlevel subltree subpath text2ltree ltree2text
    generate_series generate_subscripts json_object_keys jsonb_object_keys regexp_matches regexp_split_to_table
    string_to_table skeys
    """.split())
_NEVER: Final = frozenset("""
    array_fill clock_timestamp concat count cume_dist current_catalog current_database current_date current_role
    current_time current_timestamp current_user dense_rank enum_first enum_last enum_range gen_random_uuid
    grouping json_build_array json_build_object
    jsonb_build_array jsonb_build_object localtime localtimestamp now num_nonnulls num_nulls percent_rank
    pg_backend_pid pg_is_in_recovery pg_typeof pi quote_nullable random rank regr_count row_number session_user
    statement_timestamp timeofday transaction_timestamp txid_current user uuid_generate_v1 uuid_generate_v1mc
    uuid_generate_v4 version
    """.split())
_BOUNDS: Final = frozenset(("lower", "upper"))
_AGGREGATES: Final = frozenset("""
    any_value avg bit_and bit_or bit_xor bool_and bool_or every max min range_agg range_intersect_agg stddev_pop
    string_agg sum var_pop
    """.split())
_COLLECTING: Final = frozenset(
    "array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg json_arrayagg json_objectagg".split()
)
_ORDERED_SETS: Final = frozenset("mode percentile_cont percentile_disc".split())
_HYPOTHETICAL: Final = frozenset("rank dense_rank percent_rank cume_dist".split())
_MAYBE_OPERATORS: Final = frozenset(("->", "->>", "#>", "#>>", "@?", "@@", "-|-", "|/", "||/", "<->", "##", "#"))
"""Operators that give NULL for some operands that are not NULL, or that do so for some types."""


_TOTAL_FORMS: Final = frozenset(("extract", "position", "overlay", "trim", "normalize"))
_BY_NAME: Final = {
    **dict.fromkeys(_TOTAL, Nulls.STRICT),
    **dict.fromkeys(_NEVER, Nulls.NEVER),
    **dict.fromkeys(_AGGREGATES, Nulls.AGGREGATE),
    **dict.fromkeys(_COLLECTING, Nulls.COLLECT),
    **dict.fromkeys(("coalesce", "greatest", "least"), Nulls.ALL),
    **dict.fromkeys(("concat_ws", "format"), Nulls.FIRST_ARGUMENT),
    **dict.fromkeys(("first_value", "last_value"), Nulls.FRAME),
    **dict.fromkeys(("lag", "lead"), Nulls.NEIGHBOUR),
    "nullif": Nulls.NULLED,
}


class PostgresNulls:
    """Implements `dialects.base.NullRules`."""

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls:
        name = call.function
        if len(call.name) > 1 and call.name[-2].text.lower() != "pg_catalog":
            return Nulls.MAYBE
        if call.within:
            if name in _HYPOTHETICAL:
                return Nulls.NEVER
            return Nulls.AGGREGATE if name in _ORDERED_SETS else Nulls.MAYBE
        if any(isinstance(argument, KeyValue) for argument in call.args):
            return Nulls.NEVER if call.form == "()" and not name.endswith("agg") else Nulls.COLLECT
        if name in _BOUNDS and args and args[0] is not None and args[0].family is Family.RANGE:
            return Nulls.MAYBE
        if call.form == "substring" or name in ("substring", "substr"):
            return Nulls.STRICT if any(isinstance(argument, Number) for argument in call.args[1:3]) else Nulls.MAYBE
        if call.form in _TOTAL_FORMS:
            return Nulls.STRICT
        if name == "nth_value" and isinstance(call.args[-1], Number) and call.args[-1].text == "1":
            return Nulls.FRAME
        return _BY_NAME.get(name, Nulls.MAYBE)

    def is_strict(self, node: Expression, resolved: Resolved | None) -> bool:
        windowed = isinstance(node, Call) and (node.over is not None or bool(node.within))
        return resolved is not None and resolved.strict and not windowed

    def of_operator(self, node: Binary) -> Nulls:
        op = node.op
        return Nulls.MAYBE if op in _MAYBE_OPERATORS or op not in catalogs.operators() else Nulls.STRICT

    def of_cast(self, cast: Cast, source: SqlType | None, target: SqlType) -> Nulls:
        """A cast gives NULL for NULL; from JSON it also does for the JSON value null."""
        from_json = source is not None and source.name in ("json", "jsonb") and not source.array
        return Nulls.MAYBE if from_json and target.name not in ("json", "jsonb", "text", "varchar") else Nulls.STRICT

    def is_aggregate(self, call: Call) -> bool:
        if call.over is not None:
            return False
        return any(found.kind == "a" for found in catalogs.functions(call.function)) or bool(call.within)
