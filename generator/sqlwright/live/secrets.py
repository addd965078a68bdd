"""Passwords stay out of all that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus, unquote, unquote_plus

MASK: Final = "***"
_IN_SETTINGS: Final = re.compile(r"[?&;](?:ssl)?password=([^&;#]*)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^/?#]*")
_RESERVED: Final = re.compile(r"[/?#@:\[\]&]+")
_SHORTEST: Final = 3
"""Letters of a part that tells anything."""


def redacted(text: str, url: str) -> str:
    """A text without the password of a URL, however either of them is written.

    A URL that cannot be right is read in every way that makes a password of a part of it: a driver may have read, and
    repeat, any of these.
    """
    spellings = {spelling for password in _passwords(url) for spelling in _spellings(password)} - {""}
    for spelling in sorted(spellings, key=len, reverse=True):
        # Percent-encoding has capital letters or not.
        text = re.sub(re.escape(spelling), MASK, text, flags=re.IGNORECASE)
    return text


def _passwords(url: str) -> Iterator[str]:
    yield from _IN_SETTINGS.findall(url)
    _, _, rest = url.partition("://")
    address = _ADDRESS.match(rest)
    for credentials in (
        (address[0] if address else "").rpartition("@")[0],
        rest.partition("@")[0] if "@" in rest else "",
        rest.rpartition("@")[0],
    ):
        password = credentials.partition(":")[2]
        yield password
        # One that was not percent-encoded falls apart at these.
        yield from (part for part in _RESERVED.split(password) if len(part) >= _SHORTEST)


def _spellings(password: str) -> Iterator[str]:
    for plain in (password, unquote(password), unquote_plus(password)):
        yield plain
        yield repr(plain)[1:-1]
        yield from (quote(plain, safe, errors="replace") for safe in ("", "/"))
        yield quote_plus(plain, errors="replace")
