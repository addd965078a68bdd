"""What can go wrong before a server answers."""

from __future__ import annotations


class ServerUnavailable(Exception):
    """There is no server to ask: `message` says why, and `help` what to do about it, where that can be said."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message if help is None else f"{message}\n{help}")
        self.message = message
        self.help = help


class NotLetIn(ServerUnavailable):
    """A server answers, and refuses the login: to ask again would not help."""
