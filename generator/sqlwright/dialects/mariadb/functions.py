"""MariaDB's functions beside those that it shares with MySQL (its knowledge base, Built-in Functions).

The letters are those of `mysql/functions.py`.
"""

from __future__ import annotations

from typing import Final

from ..base import Nulls
from ..mysql.functions import COMMON
from ..signatures import FunctionInfo, each

_S, _N, _M, _A = Nulls.STRICT, Nulls.NEVER, Nulls.MAYBE, Nulls.AGGREGATE

FUNCTIONS: Final[dict[str, FunctionInfo]] = {
    **COMMON,
    **each("nvl", "aa", "common", Nulls.ALL),
    **each("nvl2", "aaa", "branches", Nulls.BRANCHES),
    **each("add_months", "mi", "shifted", _M),
    **each("to_char", "mT", "t", _M),
    **each("chr", "i", "t", _M),
    **each("lengthb", "t", "i", _S),
    **each("natural_sort_key", "t", "t", _S),
    **each("sformat", "ta*", "t", _M),
    **each("sys_guid", "", "t", _N),
    **each("crc32c", "tT", "u", _S),
    **each("kdf", "tttTI", "b", _M),
    **each("json_compact json_detailed json_loose json_pretty", "jI", "t", _S),
    **each("json_equals", "jj", "l", _S),
    **each("json_exists", "jt", "l", _M),
    **each("json_normalize", "j", "j", _S),
    **each("json_query", "jt", "j", _M),
    **each("nextval", "", "i", _N),
    **each("lastval", "", "i", _M),
    **each("setval", "iII", "i", _M),
    **each("row_number rank dense_rank", "", "i", _N, "window"),
    **each("ntile", "i", "i", _S, "window"),
    **each("lag lead", "aI", "neighbour", Nulls.NEIGHBOUR, "window"),
    **each("rownum", "", "i", _N),
    **each("percentile_cont percentile_disc", "dA", "d", _M, "aggregate"),
    **each("median", "n", "d", _A, "aggregate"),
    **each("json_array_intersect", "jj", "j", _M),
    **each("json_object_filter_keys", "jj", "j", _M),
    **each("json_object_to_array", "j", "j", _M),
    **each("column_check", "ba", "l", _M),
    **each("column_create column_add", "A*", "b", _M),
    **each("column_delete", "ba*", "b", _M),
    **each("column_exists", "ba", "l", _M),
    **each("column_get", "ba", "t", _M),
    **each("column_json column_list", "b", "t", _M),
    **each("vec_distance vec_distance_cosine vec_distance_euclidean", "vv", "d", _M),
    **each("vec_fromtext", "t", "v", _M),
    **each("vec_totext", "v", "t", _M),
}
