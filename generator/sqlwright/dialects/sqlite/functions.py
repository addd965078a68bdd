"""SQLite's functions: what they take and give, and when they give NULL.

From sqlite.org's lang_corefunc, lang_aggfunc, windowfunctions, lang_datefunc, lang_mathfunc, json1 and fts5 pages;
those of the decimal extension are there because our own connections register them.

The letters of arguments: i integer, r real, t text, b blob, j JSON, l truth value, a anything (as the others, when it
is a parameter), v anything that has nothing to do with the others. A result is such a letter, or `1` for the type of
the first argument, `c` for the common type of all, `c2` of all but the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from ...diagnostics import did_you_mean
from ...model.syntax import Call
from ...model.types import SqlType
from ..base import FunctionColumn, Nulls, Resolved, TypeFailure
from ..signatures import FunctionInfo, letters, shown_arity
from ..signatures import each as _each

ANY: Final = SqlType("")


class Common(Protocol):
    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None: ...


_TYPES: Final = {
    "i": SqlType("integer"),
    "r": SqlType("real"),
    "t": SqlType("text"),
    "b": SqlType("blob"),
    "j": SqlType("json"),
    "l": SqlType("boolean"),
    "a": ANY,
    "v": ANY,
}
_S, _N, _M, _A = Nulls.STRICT, Nulls.NEVER, Nulls.MAYBE, Nulls.AGGREGATE


FUNCTIONS: Final[dict[str, FunctionInfo]] = {
    **_each("abs", "a", "1", _S),
    **_each("changes last_insert_rowid random total_changes", "", "i", _N),
    **_each("char", "i*", "t", _N),
    **_each("coalesce ifnull", "a*", "c", Nulls.ALL),
    **_each("concat", "v*", "t", _N),
    **_each("concat_ws", "tv*", "t", Nulls.FIRST_ARGUMENT),
    **_each("format printf", "tv*", "t", Nulls.FIRST_ARGUMENT),
    **_each("glob like", "ttT", "l", _S),
    **_each("hex", "a", "t", _N),
    **_each("iif if", "laA", "c2", Nulls.BRANCHES),
    **_each("instr", "tt", "i", _S),
    **_each("length octet_length", "a", "i", _S),
    **_each("likelihood", "ar", "1", _S),
    **_each("likely unlikely", "a", "1", _S),
    **_each("load_extension", "tT", "a", _M),
    **_each("lower upper", "t", "t", _S),
    **_each("ltrim rtrim trim", "tT", "t", _S),
    **_each("nullif", "aa", "1", Nulls.NULLED),
    **_each("quote typeof", "a", "t", _N),
    **_each("randomblob zeroblob", "i", "b", _N),
    **_each("replace", "ttt", "t", _S),
    **_each("round", "rI", "r", _S),
    **_each("sign", "a", "i", _M),
    **_each("soundex", "t", "t", _N),
    **_each("sqlite_compileoption_get", "i", "t", _M),
    **_each("sqlite_compileoption_used", "t", "l", _S),
    **_each("sqlite_source_id sqlite_version", "", "t", _N),
    **_each("substr substring", "tiI", "t", _S),
    **_each("unhex", "tT", "b", _M),
    **_each("unicode", "t", "i", _M),
    **_each("unistr unistr_quote", "t", "t", _S),
    # Dates and times: NULL for what is no date
    **_each("current_date current_time current_timestamp", "", "t", _N),
    **_each("date datetime time timediff", "A*", "t", _M),
    **_each("strftime", "tA*", "t", _M),
    **_each("julianday", "A*", "r", _M),
    **_each("unixepoch", "A*", "i", _M),
    # Mathematics: NULL outside a function's domain
    **_each(
        "acos acosh asin asinh atan atanh cos cosh degrees exp ln log10 log2 radians sin sinh sqrt tan tanh",
        "r",
        "r",
        _M,
    ),
    **_each("atan2 pow power", "rr", "r", _M),
    **_each("ceil ceiling floor trunc", "a", "1", _M),
    **_each("log", "rR", "r", _M),
    **_each("mod", "aa", "a", _M),
    **_each("pi", "", "r", _N),
    # JSON
    **_each("json jsonb", "j", "j", _S),
    **_each("json_remove jsonb_remove json_patch jsonb_patch", "ja*", "j", _M),
    **_each("json_insert json_replace json_set jsonb_insert jsonb_replace jsonb_set", "jtv*", "j", _M),
    **_each("json_pretty", "jT", "t", _S),
    **_each("json_array jsonb_array json_object jsonb_object", "V*", "j", _N),
    **_each("json_quote", "a", "j", _N),
    **_each("json_array_length", "jT", "i", _M),
    **_each("json_error_position", "j", "i", _S),
    **_each("json_extract jsonb_extract", "jt*", "a", _M),
    **_each("json_type", "jT", "t", _M),
    **_each("json_valid", "aI", "l", _S),
    # Aggregates
    **_each("avg", "a", "r", _A, "aggregate"),
    **_each("count", "A", "i", _N, "aggregate"),
    **_each("group_concat string_agg", "aT", "t", _A, "aggregate"),
    **_each("sum", "a", "s", _A, "aggregate"),
    **_each("total", "a", "r", _N, "aggregate"),
    **_each("json_group_array jsonb_group_array", "a", "j", _N, "aggregate"),
    **_each("json_group_object jsonb_group_object", "tv", "j", _N, "aggregate"),
    **_each("median percentile percentile_cont percentile_disc", "aR", "a", _A, "aggregate"),
    # Windows
    **_each("row_number rank dense_rank", "", "i", _N, "window"),
    **_each("ntile", "i", "i", _N, "window"),
    **_each("percent_rank cume_dist", "", "r", _N, "window"),
    **_each("lag lead", "aIA", "n", Nulls.NEIGHBOUR, "window"),
    **_each("first_value last_value", "a", "1", Nulls.FRAME, "window"),
    **_each("nth_value", "ai", "1", _M, "window"),
    # Full-text search
    **_each("bm25", "aR*", "r", _M),
    **_each("highlight", "aitt", "t", _M),
    **_each("snippet", "aittti", "t", _M),
    **_each("match", "ta", "l", _M),
    **_each("matchinfo offsets optimize", "aT", "b", _M),
    # The decimal extension
    **_each("decimal", "a", "t", _S),
    **_each("decimal_add decimal_sub decimal_mul", "tt", "t", _S),
    **_each("decimal_cmp", "tt", "i", _S),
    **_each("decimal_sum", "t", "t", _A, "aggregate"),
    # What our own connections register for translated statements
    **_each("decimal_abs decimal_ceil decimal_floor", "t", "t", _S),
    **_each("decimal_div decimal_mod", "tt", "t", _S),
    **_each("decimal_round decimal_trunc", "ti", "t", _S),
    **_each("decimal_avg", "t", "t", _A, "aggregate"),
    **_each("decimal_float", "t", "r", _S),
    **_each("float_ceil float_floor float_round float_single float_sqrt float_trunc", "r", "r", _S),
    **_each("float_divide float_power", "rr", "r", _S),
    **_each("float_decimal", "r", "t", _S),
    **_each("float_integer", "r", "i", _S),
    **_each("float_json", "r", "t", _S),
    **_each("integer_divide integer_modulo", "ii", "i", _S),
    **_each("interval_epoch", "i", "t", _S),
    **_each("interval_times", "ia", "i", _S),
    **_each("json_get", "ja", "j", _M),
    **_each("json_get_text", "ja", "t", _M),
    **_each("json_list_length", "j", "i", _M),
    **_each("json_collect", "a*", "j", _M, "aggregate"),
    **_each("moment_add", "tii", "t", _S),
    **_each("moment_difference", "tt", "i", _S),
    **_each("moment_part moment_trunc", "tt", "t", _S),
    **_each("text_boolean", "t", "l", _S),
    **_each("text_collect", "a*", "t", _M, "aggregate"),
    **_each("text_decimal text_lower text_reverse text_upper text_uuid", "t", "t", _S),
    **_each("text_ilike text_like", "ttT", "l", _S),
    **_each("text_integer", "ti", "i", _S),
    **_each("text_join", "a*", "t", _M),
    **_each("text_left text_repeat text_right", "ti", "t", _S),
    **_each("text_substring", "tiI", "t", _S),
    # The uuid and regexp extensions
    **_each("regexp regexpi", "tt", "l", _S),
    **_each("uuid", "", "t", _N),
}
"""min and max are not here: with one argument they are aggregates, with more they are not."""

_JSON_COLUMNS: Final = (
    FunctionColumn("key", ANY),
    FunctionColumn("value", ANY),
    FunctionColumn("type", SqlType("text"), False),
    FunctionColumn("atom", ANY),
    FunctionColumn("id", SqlType("integer"), False),
    FunctionColumn("parent", SqlType("integer")),
    FunctionColumn("fullkey", SqlType("text"), False),
    FunctionColumn("path", SqlType("text"), False),
)
TABLE_FUNCTIONS: Final = {
    "json_each": _JSON_COLUMNS,
    "json_tree": _JSON_COLUMNS,
    "jsonb_each": _JSON_COLUMNS,
    "jsonb_tree": _JSON_COLUMNS,
    "generate_series": (FunctionColumn("value", SqlType("integer"), False),),
}
"""Functions that stand in FROM, and their columns."""

_EXTREMES: Final = ("min", "max")


def information(call: Call) -> FunctionInfo | None:
    """What is known of the function that a call names."""
    name = call.function.lower()
    if name in _EXTREMES:
        if len(call.args) == 1:
            return FunctionInfo("a", "1", _A, "aggregate")
        return FunctionInfo("aa*", "c", _S)
    return FUNCTIONS.get(name)


def function(call: Call, args: Sequence[SqlType | None], types: Common) -> Resolved | TypeFailure:
    """What a call takes and gives."""
    info = information(call)
    name = call.function.lower()
    if name in TABLE_FUNCTIONS:
        return Resolved(tuple(arg or _TYPES["t"] for arg in args), ANY, returns_set=True)
    if info is None:
        help = did_you_mean(name, [*FUNCTIONS, *_EXTREMES], "use a function that SQLite has built in")
        return TypeFailure("unknown-function", f"function `{name}` does not exist", help)
    wanted = letters(info.args, len(args))
    if wanted is None and not (call.star and name == "count"):
        count = f"{len(args)} argument" + ("" if len(args) == 1 else "s")
        return TypeFailure("wrong-arity", f"`{name}` does not take {count}", f"it takes {shown_arity(info.args)}")
    operands = tuple(
        given if given is not None else _fallback(letter, _values(info.result, args))
        for given, letter in zip(args, wanted or "", strict=False)
    )
    return Resolved(operands, _result(info, name, operands, types))


def _values(result: str, args: Sequence[SqlType | None]) -> Sequence[SqlType | None]:
    """The arguments that the result is one of."""
    return {"c2": args[1:], "n": args[::2]}.get(result, args)


def _fallback(letter: str, args: Sequence[SqlType | None]) -> SqlType:
    if letter != "a":
        return _TYPES[letter]
    return next((known for known in args if known is not None), ANY)


def _result(info: FunctionInfo, name: str, operands: tuple[SqlType, ...], types: Common) -> SqlType:
    match info.result:
        case "1":
            return operands[0] if operands else ANY
        case "c" | "c2" | "n":
            found = types.common(_values(info.result, operands), name)
            return found if isinstance(found, SqlType) else ANY
        case "s":
            summed = operands[0].name if operands else ""
            integers = (
                "integer",
                "int",
                "bigint",
                "smallint",
                "tinyint",
                "boolean",
                "bool",
                "int2",
                "int8",
                "mediumint",
            )
            if summed in integers:
                return _TYPES["i"]
            return _TYPES["r"] if summed in ("real", "float", "double", "double precision") else ANY
        case letter:
            return _TYPES[letter]
