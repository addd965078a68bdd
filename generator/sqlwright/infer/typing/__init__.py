"""Expressions and parameters to types."""

from .queries import infer_types

__all__ = ["infer_types"]
