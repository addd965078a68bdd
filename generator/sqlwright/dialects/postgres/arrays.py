"""PostgreSQL's array literals (the manual's section 8.15.2)."""

from __future__ import annotations

import json
import re
from typing import Final

from ...model.types import Kind, Type
from ..literals import neutral_literal

_ELEMENT: Final = re.compile(r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^{}",\\]+))\s*(?P<end>[,}])', re.DOTALL)
_NUMBERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64, Kind.BOOL))
_TEXTS: Final = frozenset((Kind.STR, Kind.ENUM, Kind.UUID, Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))


def array_literal(text: str, element: Type) -> str | None:
    """A literal of one dimension (`{a,"b c",NULL}`) as JSON text; None when it is not understood."""
    stripped = text.strip()
    if not stripped.startswith("{") or not stripped.endswith("}"):
        return None
    if not stripped[1:-1].strip():
        return "[]"
    parts: list[str] = []
    at = 1
    while at < len(stripped):
        match = _ELEMENT.match(stripped, at)
        part = _element(match, element) if match is not None else None
        if match is None or part is None or (match["end"] == "}") != (match.end() == len(stripped)):
            return None
        parts.append(part)
        at = match.end()
    return f"[{','.join(parts)}]"


def _element(match: re.Match[str], type: Type) -> str | None:
    bare = match["bare"]
    if bare is not None and bare.strip().lower() == "null":
        return "null"
    value = bare.strip() if bare is not None else re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.DOTALL)
    found = neutral_literal(value, type)
    if found is None or type.kind in _NUMBERS:
        return found
    return json.dumps(found, ensure_ascii=False) if type.kind in _TEXTS else None
