"""What MySQL and MariaDB write differently in a schema."""

from __future__ import annotations

from typing import Final

from ....model.values import value
from ..grammar import RESERVED
from ..names import MysqlNames

_NAMES: Final = MysqlNames(RESERVED)


@value
class Flavour:
    """One of the two. Where the manual is silent, the facts are what servers answered (MySQL 9.7, MariaDB 10.11)."""

    title: str = "MySQL"
    names: MysqlNames = _NAMES
    collation: str = "utf8mb4_0900_bin"
    """The one that compares texts by code point, trailing blanks included."""
    folding: str | None = "utf8mb4_0900_as_ci"
    """The one that takes upper and lower case for the same, and tells accents apart."""
    strange_collations: tuple[str, ...] = ("_nopad_", "uca1400")
    """What is in the names of collations that the other one has, and this one has not."""
    strange_types: frozenset[str] = frozenset(("inet4", "inet6"))
    """The types that the other one has, and this one has not."""
    uuid: str = "binary(16)"
    uuid_is_bytes: bool = True
    made_uuid: str = "(uuid_to_bin(uuid()))"
    expression_keys: bool = True
    """An index may hold expressions; one that may not gets hidden columns that are made of them."""
    generated_not_null: bool = True
    """A generated column may be NOT NULL."""
    generated_primary_keys: bool = True
    virtual_of_numbered: bool = False
    """A virtual column may be made of one that the database numbers."""
    wide_keys_to_itself: bool = False
    """A foreign key of several columns to its own table holds. MySQL 9.7.4 takes a new row for the one that it points
    to as soon as one of the columns agrees."""
    drops_circles: bool = True
    """One DROP TABLE takes tables away whose foreign keys form a circle."""
    long_bytes: int = 41
    """What a long value takes of its row at most, the rest being kept elsewhere."""


MYSQL: Final = Flavour()
