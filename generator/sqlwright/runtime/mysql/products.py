"""The two servers that speak MySQL's protocol, and how a connection to each is set up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, LiteralString

from ..driver import Ledger
from ..errors import ConnectionFailure

BEGIN: Final = "start transaction"
LEDGER: Final = Ledger(
    create=(
        "create table if not exists sqlwright_migrations (version int primary key, name varchar(255) not null, "
        "checksum char(64) not null, applied_at datetime(6) not null default current_timestamp(6)) "
        "character set utf8mb4"
    ),
    read="select version, checksum from sqlwright_migrations order by version",
    record="insert into sqlwright_migrations (version, name, checksum) values (%s, %s, %s)",
)
TRY_LOCK: Final = "select get_lock(concat('sqlw_', sha2(database(), 224)), 0)"
UNLOCK: Final = "select release_lock(concat('sqlw_', sha2(database(), 224)))"
"""Locks are of the whole server, and their names have 64 characters: this one is the database's."""
LOCK_PAUSE: Final = 0.2
"""Seconds between two tries for the lock."""
ISOLATION: Final = "set session transaction isolation level read committed"
"""As on PostgreSQL: a statement sees what was committed before it began, and no gaps between rows are locked."""
SET_AUTOCOMMIT: Final = "set session autocommit = %s"
_STRICT: Final = "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
_NO_LIMIT: Final = 2**32 - 1
_LONGEST: Final = 2**30
"""The longest text of GROUP_CONCAT in bytes: what a packet of the protocol can hold, and the most MariaDB takes."""
_MARIADB: Final = "mariadb"
_VERSION: Final = re.compile(r"(?:5\.5\.5-)?(\d+)\.(\d+)\.(\d+)")
"""MariaDB puts an old version of MySQL before its own, which old replicas would otherwise refuse."""


@dataclass(frozen=True, slots=True)
class Product:
    """A server: how its URLs begin, and what its connections are set to."""

    name: str
    scheme: str
    is_mariadb: bool
    oldest: tuple[int, int, int]
    collation: LiteralString
    """By code point, as text is compared on every database that queries are translated for."""
    sql_mode: LiteralString
    depth: LiteralString
    """What limits how often a recursive query goes on: by default MariaDB ends it silently."""
    native: bool = False
    """Statements were written for this server: they mean its own collation, with which its functions agree."""

    @property
    def ask(self) -> LiteralString:
        """Asks for the character set, for what SET sets, and for AUTOCOMMIT."""
        return (
            "select @@session.character_set_client, @@session.collation_connection, @@session.sql_mode, "
            "@@session.time_zone, @@session.group_concat_max_len, @@session." + self.depth + ", @@session.autocommit"
        )

    @property
    def set(self) -> LiteralString:
        return "set session collation_connection = %s, " + self._others

    @property
    def opening(self) -> tuple[LiteralString, tuple[str | int, ...]]:
        """What a connection begins with, and its values. GROUP_CONCAT cuts what is longer than its limit, which is
        1,024 bytes by default. The drivers do not agree on what collation a connection has before."""
        others = (self.sql_mode, "+00:00", _LONGEST, _NO_LIMIT)
        if self.native:
            return "set names utf8mb4, " + self._others, others
        return self.set, (self.collation, *others)

    @property
    def _others(self) -> LiteralString:
        return (
            "session sql_mode = %s, session time_zone = %s, session group_concat_max_len = %s, session "
            + self.depth
            + " = %s"
        )

    def check_version(self, version: str) -> None:
        """Raise ConnectionFailure unless a server of this version is one that the statements were written for."""
        is_mariadb = _MARIADB in version.lower()
        if is_mariadb is not self.is_mariadb:
            other, scheme = ("MariaDB", "mariadb") if is_mariadb else ("MySQL", "mysql")
            raise ConnectionFailure(f"this server is {other}, not {self.name}: its URL begins with {scheme}://")
        found = _VERSION.match(version)
        if found is not None and tuple(map(int, found.groups())) < self.oldest:
            oldest = ".".join(map(str, self.oldest))
            raise ConnectionFailure(f"this server is {self.name} {version}, and {oldest} or later is needed")


MYSQL: Final = Product(
    "MySQL", "mysql", False, (8, 0, 22), "utf8mb4_0900_bin", f"ONLY_FULL_GROUP_BY,{_STRICT}", "cte_max_recursion_depth"
)
MARIADB: Final = Product(
    "MariaDB", "mariadb", True, (10, 6, 0), "utf8mb4_nopad_bin", _STRICT, "max_recursive_iterations"
)
"""MariaDB's ONLY_FULL_GROUP_BY refuses columns that depend on the key that rows are grouped by."""
