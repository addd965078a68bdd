"""Sessions on MySQL, over asyncmy and PyMySQL."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager

from ..session import Session
from ..session_sync import SessionSync
from .products import MYSQL
from .sessions import Target, TargetSync, opened, opened_sync

__all__ = ["Session", "SessionSync", "Target", "TargetSync", "open_session", "open_session_sync"]


def open_session(target: Target) -> AbstractAsyncContextManager[Session]:
    """A session on a URL, or on a connection that is open, which stays open."""
    return opened(target, MYSQL)


def open_session_sync(target: TargetSync) -> AbstractContextManager[SessionSync]:
    """A session on a URL, or on a connection that is open, which stays open."""
    return opened_sync(target, MYSQL)
