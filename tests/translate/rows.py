"""Rows for both databases: random ones, with the values at which the two might differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

Rows = list[dict[str, object]]
NAMES = ("ada", "Ada", "bob", "Bob_1", "50%", "a\\b", "", " x ", "日本", "z☃", "carol", "back_slash", "it's")
MOODS = ("sad", "ok", "happy", "Zany")
FACTS: Sequence[object] = (
    {},
    {"a": 1, "b": "two", "c": [1, 2, {"d": None}]},
    {"a": "x", "flag": True, "n": 1.5},
    {"a": None, "flag": False, "b": {"bb": 1, "a": 2}},
    [1, "two", None],
    "text",
    7,
)


def people(random: Random, count: int = 40) -> Rows:
    return [_person(random, number) for number in range(1, count + 1)]


def _person(random: Random, number: int) -> dict[str, object]:
    return {
        "id": number,
        "name": random.choice(NAMES),
        "nick": _maybe(random, lambda: random.choice(NAMES)),
        "active": random.random() < 0.5,
        "verified": _maybe(random, lambda: random.random() < 0.5),
        "mood": random.choice(MOODS),
        "past_mood": _maybe(random, lambda: random.choice(MOODS)),
        "born": _maybe(random, lambda: _day(random)),
        "met": _maybe(random, lambda: _moment(random).replace(tzinfo=None)),
        "seen": _moment(random),
        "left_at": _maybe(random, lambda: _moment(random)),
        "uid": UUID(int=random.getrandbits(128), version=4),
        "boss": _maybe(random, lambda: random.randint(1, number)),
        "facts": _maybe(random, lambda: random.choice(FACTS)),
        "tags": [random.choice(NAMES) for _ in range(random.randint(0, 3))],
        "scores": _maybe(random, lambda: [random.randint(-3, 3) for _ in range(random.randint(0, 3))]),
        "raw": _maybe(random, lambda: random.randbytes(random.randint(0, 4))),
        "pause": _maybe(random, lambda: timedelta(microseconds=random.randint(-(10**12), 10**12))),
    }


def sales(random: Random, people_count: int = 40, count: int = 120) -> Rows:
    return [_sale(random, number, people_count) for number in range(1, count + 1)]


def _sale(random: Random, number: int, people_count: int) -> dict[str, object]:
    return {
        "id": number,
        "person": _maybe(random, lambda: random.randint(1, people_count)),
        "qty": random.randint(-20, 20),
        "big": random.choice((random.randint(-(2**62), 2**62), random.randint(-5, 5))),
        "small": _maybe(random, lambda: random.randint(-300, 300)),
        "price": decimal(random, 2, 6),
        "rate": _maybe(random, lambda: decimal(random, 4, 4)),
        "loose": _maybe(random, lambda: decimal(random, random.randint(0, 6), 12)),
        "ratio": random.choice((0.0, 0.5, 1.0, -2.5, random.uniform(-100, 100))),
        "maybe": _maybe(random, lambda: random.choice((0.0, 1.5, 2.5, -0.5, random.uniform(-9, 9)))),
        "sold": _day(random),
        "noted": _maybe(random, lambda: _moment(random)),
        "kind": random.choice(("new", "old", "Mid", "x y")),
    }


def decimal(random: Random, scale: int, digits: int) -> Decimal:
    """A decimal at a scale, of up to so many digits before the point."""
    whole = random.randint(-(10 ** random.randint(0, digits)), 10 ** random.randint(0, digits))
    return Decimal(random.choice((0, whole, whole * 10**scale // 7, 50))).scaleb(-scale)


def _maybe(random: Random, make: Callable[[], object]) -> object:
    return None if random.random() < 0.25 else make()


def _day(random: Random) -> date:
    return date(2020, 1, 1) + timedelta(days=random.randint(-800, 2000))


def _moment(random: Random) -> datetime:
    start = datetime(2023, 12, 28, 22, tzinfo=UTC)
    step = random.choice((timedelta(microseconds=1), timedelta(hours=7), timedelta(days=9, seconds=5.5)))
    return start + random.randint(-40, 40) * step
