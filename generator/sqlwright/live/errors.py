"""What can go wrong before a server answers."""

from __future__ import annotations


class ServerUnavailable(Exception):
    """There is no server to ask. The message says why, and what to do about it."""
