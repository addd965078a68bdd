"""The statements of schema files as they were read."""

from __future__ import annotations

from ..diagnostics import Source
from .ddl import Definition
from .tokens import Comment
from .values import entity


@entity
class SchemaStatement:
    """A definition with its text and the comments that stand before, inside and behind it."""

    source: Source
    start: int
    end: int
    definition: Definition
    comments: tuple[Comment, ...]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]
