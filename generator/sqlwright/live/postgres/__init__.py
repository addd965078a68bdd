"""PostgreSQL: its programs, throwaway servers and scratch databases."""

from __future__ import annotations

from .programs import Programs, find_programs
from .scratch import scratch_database
from .server import throwaway_server

__all__ = ["Programs", "find_programs", "scratch_database", "throwaway_server"]
