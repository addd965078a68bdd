"""The real servers: one package for each database.

Each knows how to find the programs of its server and start a throwaway one, how to make a scratch database on any
server, and how to ask it what `base` lists. Nothing here reads the environment by itself: it is given as a mapping, so
that the command line stays the one place that does.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from .base import Live

SERVERLESS: Final = frozenset({"sqlite"})
"""The databases that run inside this process: there is no server to name, and nothing of anybody's to work in."""


def live(name: str) -> Live:
    """The database of a dialect's name. Raises ImportError when its driver is not installed."""
    found: object = import_module(f".{name}", __package__).LIVE
    assert isinstance(found, Live)
    return found
