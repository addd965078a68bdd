"""Values that a column does not take: the same error on every database."""

from __future__ import annotations

import pytest
from sqlwright.runtime import CheckViolation

from .driving import WAYS, Driven
from .making import Maker

REVIEWS = """\
create table reviews (id integer primary key, stars integer check (stars < 6), active boolean not null default true);
"""
ADD_REVIEW = """\
-- name: add :exec
insert into reviews (id, stars) values (:id, :stars);
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_check_without_a_name(maker: Maker, database_url: str, way: str) -> None:
    """It is not taken for what the type of the column before it asks."""

    async def scenario(db: Driven) -> None:
        await db.q.add(id=1, stars=5)
        with pytest.raises(CheckViolation):
            await db.q.add(id=2, stars=9)

    maker.make(REVIEWS, ADD_REVIEW).drive(database_url, way, scenario)
