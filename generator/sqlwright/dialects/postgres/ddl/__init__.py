"""How PostgreSQL writes schemas."""

from .schema import PostgresDdl

__all__ = ["PostgresDdl"]
