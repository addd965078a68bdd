"""Expressions to whether they can be NULL, and why."""

from .queries import Nullability, infer_nullability
from .reasons import Reason

__all__ = ["Nullability", "Reason", "infer_nullability"]
