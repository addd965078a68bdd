"""Tokens and comments: what the lexer makes of a text."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is. A word is a keyword or a name, which only the parser can tell apart."""

    WORD = "word"
    QUOTED = "quoted name"
    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    VARIABLE = "variable"
    OPERATOR = "operator"
    PUNCTUATION = "punctuation"
    TERMINATOR = "end of statement"
    END = "end of text"


class Token(NamedTuple):
    """A stretch of text with a meaning. `folded` is the text in lower case for a word, and the text for all else."""

    kind: Kind
    start: int
    end: int
    text: str
    folded: str


class Comment(NamedTuple):
    """A comment without its marks; `whole_line` when nothing but white space stands before it on its line."""

    start: int
    end: int
    text: str
    whole_line: bool


class Meta(NamedTuple):
    """A command of the database's own client, such as `\\connect`, with its arguments."""

    start: int
    end: int
    text: str
