"""PostgreSQL: its programs, throwaway servers and scratch databases, and what it says of statements."""

from __future__ import annotations

from typing import Final

from ..base import Image, Live
from .client import connect
from .programs import Programs, find_programs
from .scratch import scratch_database
from .server import throwaway_server
from .types import agree

__all__ = ["LIVE", "Programs", "find_programs", "scratch_database", "throwaway_server"]

LIVE: Final = Live(
    name="postgres",
    title="PostgreSQL",
    connect=connect,
    throwaway=throwaway_server,
    agree=agree,
    image=Image(
        "postgres:17",
        5432,
        "postgresql://postgres:{password}@127.0.0.1:{port}/postgres",
        {"POSTGRES_PASSWORD": "{password}"},
    ),
    connections=3,
)
