"""Passwords, which no message repeats."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

_HIDDEN: Final = "***"


def redacted(text: str, url: str) -> str:
    """A text without the password of a URL, as it is written there and as it is."""
    rest = url.partition("://")[2]
    written = rest.rpartition("@")[0].partition(":")[2]
    for secret in sorted({written, unquote(written)} - {""}, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text
