"""String literals that stand for a value of another type: which of them PostgreSQL refuses.

Only what is certain is refused: its input functions take many spellings (`on`, `0x1F`, `yesterday`), and more with
every version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

_WORDS: Final = frozenset(
    ("allballs", "epoch", "infinity", "+infinity", "-infinity", "now", "today", "tomorrow", "yesterday")
)
_NUMBER_WORDS: Final = frozenset(sign + word for sign in ("", "+", "-") for word in ("nan", "inf", "infinity"))
_TRUTH: Final = ("true", "false", "yes", "no", "on", "off", "1", "0")
_AMBIGUOUS: Final = frozenset(("", "o"))
_WHOLE: Final = re.compile(r"[+-]?(0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)")
_NUMBER: Final = re.compile(r"[+-]?[0-9a-fxo_.]*[0-9][0-9a-fxo_.]*(e[+-]?[0-9_]+)?")
_UUID: Final = re.compile(r"\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?")


def _is_truth(text: str) -> bool:
    return text not in _AMBIGUOUS and any(word.startswith(text) for word in _TRUTH)


def _is_whole(text: str) -> bool:
    return _WHOLE.fullmatch(text) is not None


def _is_number(text: str) -> bool:
    return text in _NUMBER_WORDS or _NUMBER.fullmatch(text) is not None


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def _is_time(text: str) -> bool:
    first, *_ = (*text.split(), "")
    return first in _WORDS or any(character.isdigit() for character in text)


_TESTS: Final[dict[str, Callable[[str], bool]]] = {
    "bool": _is_truth,
    **dict.fromkeys(("int2", "int4", "int8", "oid"), _is_whole),
    **dict.fromkeys(("numeric", "float4", "float8"), _is_number),
    "uuid": _is_uuid,
    **dict.fromkeys(("date", "time", "timestamp", "timestamptz", "timetz"), _is_time),
}


def is_possible(text: str, type_name: str) -> bool:
    """Whether a text may be a value of a built-in type."""
    if type_name in ("json", "jsonb"):
        return _is_json(text)
    test = _TESTS.get(type_name)
    return test is None or test(text.strip().lower())


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
