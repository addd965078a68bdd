"""Tokens to statements: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model.tokens import Comment, Kind, Token

_COMPOUND: Final = frozenset({"trigger", "procedure", "function", "event", "package"})
_BLOCKS_ENDED_BY_NAME: Final = frozenset({"if", "loop", "while", "repeat"})
_GOOSE: Final = re.compile(r"\s*\+goose\s+statement(begin|end)\b", re.IGNORECASE)


def split(tokens: list[Token], comments: list[Comment]) -> Iterator[list[Token]]:
    """The statements among the tokens, each with the TERMINATOR or END that closes it; empty ones are left out.

    A semicolon inside BEGIN … END of a trigger or a routine, inside the parentheses of CREATE RULE, or between goose's
    StatementBegin and StatementEnd does not end a statement.
    """
    blocks = _goose_blocks(comments)
    current: list[Token] = []
    nesting = _Nesting()
    block = 0
    for position, token in enumerate(tokens):
        while block < len(blocks) and blocks[block][1] <= token.start:
            block += 1
            if current:
                yield [*current, Token(Kind.TERMINATOR, current[-1].end, current[-1].end, "", ";")]
            current, nesting = [], _Nesting()
        if token.kind in (Kind.TERMINATOR, Kind.END):
            in_block = block < len(blocks) and blocks[block][0] < token.start
            inside = nesting.inside or (in_block and tokens[position + 1].start < blocks[block][1])
            if inside and token.kind is Kind.TERMINATOR:
                current.append(Token(Kind.PUNCTUATION, token.start, token.end, token.text, token.folded))
                continue
            if current:
                current.append(token)
                yield current
            current, nesting = [], _Nesting()
            continue
        current.append(token)
        if nesting.may_nest:
            nesting.add(token)


def _goose_blocks(comments: list[Comment]) -> list[tuple[int, int]]:
    """The stretches between goose's StatementBegin and StatementEnd, each of which holds one statement."""
    ranges: list[tuple[int, int]] = []
    begin: int | None = None
    for comment in comments:
        match = _GOOSE.match(comment.text)
        if match is None:
            continue
        if match.group(1).lower() == "begin":
            begin = comment.end
        elif begin is not None:
            ranges.append((begin, comment.start))
            begin = None
    return ranges


def extent(tokens: list[Token], conditionals: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the text of a statement begins and ends, with the marks of conditional comments around its tokens."""
    start, end = tokens[0].start, tokens[-2].end
    opening = [mark for mark, behind in conditionals if behind <= start]
    closing = [behind for mark, behind in conditionals if end <= mark < tokens[-1].start]
    inside = len(opening) % 2 == 1
    return (opening[-1] if inside else start), (closing[-1] if closing else end)


class _Nesting:
    """How deep inside the blocks of one statement the tokens read so far are."""

    def __init__(self) -> None:
        self.words = 0
        self.creates = False
        self.compound = False
        self.rule = False
        self.depth = 0
        self.parentheses = 0
        self.ended = False

    @property
    def may_nest(self) -> bool:
        """Only what CREATE begins has blocks."""
        return self.creates or not self.words

    @property
    def inside(self) -> bool:
        return self.depth > 0 or (self.rule and self.parentheses > 0)

    def add(self, token: Token) -> None:
        if token.kind is Kind.PUNCTUATION:
            self.parentheses += (token.text == "(") - (token.text == ")")
            self.ended = False
            return
        if token.kind is not Kind.WORD:
            self.ended = False
            return
        word = token.folded
        self.words += 1
        if self.words == 1:
            self.creates = word == "create"
        elif self.creates and not self.compound and self.words <= 8:
            self.compound = word in _COMPOUND
            self.rule = self.rule or word == "rule"
        if self.compound:
            self.count(word)

    def count(self, word: str) -> None:
        if self.ended and word in _BLOCKS_ENDED_BY_NAME:
            self.depth += 1
            self.ended = False
        elif self.ended and word == "case":
            self.ended = False
        elif word in ("begin", "case"):
            self.depth += 1
            self.ended = False
        elif word == "end" and self.depth > 0:
            self.depth -= 1
            self.ended = True
        else:
            self.ended = False
