"""Every rule for what reads: the original and the translation give the same rows."""

from __future__ import annotations

import pytest

from .sides import Sides

QUERIES = """
select * from people order by id
select 1 as one, 'x' as x, true as t, null::int as n, 1.50 as d, 2.5::float8 as f, -3 as m, -1.5 as md
select id from people where name like :p order by id
"""


@pytest.mark.parametrize("sql", [line for line in QUERIES.strip().splitlines() if ":" not in line.replace("::", "")])
def test_query(sides: Sides, sql: str) -> None:
    sides.same(sql)
