"""The types that PostgreSQL cannot compare or put in order, as their operator classes are on a server."""

from __future__ import annotations

from typing import Final

INCOMPARABLE: Final = frozenset("""
    box circle gtsvector json jsonpath line lseg path pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_snapshot
    point polygon refcursor txid_snapshot xml
    """.split())
"""The base types that have no operator class of equality: DISTINCT, GROUP BY and UNION cannot tell values apart."""
UNORDERED: Final = INCOMPARABLE | {"aclitem", "cid", "xid"}
"""Those that have none of order either."""
FRAME_OFFSETS: Final = {
    "date": "interval",
    "float4": "float8",
    "float8": "float8",
    "int2": "int2 int4 int8",
    "int4": "int4 int2 int8",
    "int8": "int8",
    "interval": "interval",
    "numeric": "numeric",
    "time": "interval",
    "timestamp": "interval",
    "timestamptz": "interval",
    "timetz": "interval",
}
"""The types of what RANGE adds and takes away, by the type that the rows are in the order of (pg_amproc, in_range)."""
