"""SQLite: the library that Python brings says what is valid, and apsw what comes out."""

from __future__ import annotations

from typing import Final

from ..base import Live
from .database import agree, connect

LIVE: Final = Live(name="sqlite", title="SQLite", connect=connect, throwaway=None, agree=agree)
