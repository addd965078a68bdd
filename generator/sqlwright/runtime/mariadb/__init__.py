"""Sessions on MariaDB, over asyncmy and PyMySQL."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import replace

from ..mysql.products import MARIADB
from ..mysql.sessions import Target, TargetSync, opened, opened_sync
from ..session import Session
from ..session_sync import SessionSync

__all__ = ["Session", "SessionSync", "Target", "TargetSync", "open_session", "open_session_sync"]


def open_session(target: Target, native: bool = False) -> AbstractAsyncContextManager[Session]:
    """A session on a URL, or on a connection that is open, which stays open.

    A `native` one is for statements that were written for this database, not translated for it.
    """
    return opened(target, replace(MARIADB, native=native))


def open_session_sync(target: TargetSync, native: bool = False) -> AbstractContextManager[SessionSync]:
    """The same without await."""
    return opened_sync(target, replace(MARIADB, native=native))
