"""How MariaDB writes what was written for another database: as MySQL does, but for what stands here."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...mysql.spelling import SPELLING as MYSQL
from ...mysql.spelling import TEMPLATES

__all__ = ["SPELLING"]

SPELLING: Final = replace(
    MYSQL,
    templates={
        **TEMPLATES,
        "uuid.literal": "cast('{text}' as uuid)",
        "uuid.parameter": "cast({} as uuid)",
        "uuid.text": "cast({} as char)",
        "uuid.from_text": "",
        "uuid.order": "cast({} as char)",
        "uuid.random": "uuid()",
        "lock.share": "lock in share mode",
        "lock.of": "",
        "lateral": "",
        "lag.default": "",
        "distinct.order": "yes",
        # Columns of JSON_TABLE and what the JSON functions give are of collations of their own.
        "json.text": "longtext collate utf8mb4_nopad_bin",
        "json.text_value": "{} collate utf8mb4_bin",
        # JSON is text, which stays as it is.
        "json.rounds": "",
        # MariaDB 10.11 sends these with nine or ten decimals, or with all, depending on what stands beside them.
        "window.float": "",
        # A cast cuts off the digits that it has no place for.
        "moment.milliseconds": "({0} + interval 500 - mod(microsecond({0}) + 500, 1000) microsecond)",
        "returning": "yes",
        "with.change": "",
        "excluded": "values({})",
        "excluded.row": "",
    },
)
