"""Expressions to whether they can be NULL, and why."""

from .queries import infer_nulls
from .reasons import Reason

__all__ = ["Reason", "infer_nulls"]
