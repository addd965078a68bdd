"""How MariaDB writes schemas: as MySQL does, but for what stands here."""

from __future__ import annotations

from typing import Final

from ...mysql.ddl import Flavour, MysqlDdl
from ..names import MariadbNames

__all__ = ["DDL"]

DDL: Final = MysqlDdl(
    Flavour(
        title="MariaDB",
        names=MariadbNames(),
        collation="utf8mb4_nopad_bin",
        folding=None,
        strange_collations=("_0900_",),
        strange_types=frozenset(),
        uuid="uuid",
        uuid_is_bytes=False,
        made_uuid="(uuid())",
        expression_keys=False,
        generated_not_null=False,
        generated_primary_keys=False,
        virtual_of_numbered=True,
        wide_keys_to_itself=True,
        drops_circles=False,
        long_bytes=21,
    )
)
