"""Names to what they mean."""

from .queries import resolve

__all__ = ["resolve"]
