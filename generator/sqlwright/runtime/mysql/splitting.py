"""The statements of a script, those with statements inside them whole."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<space> \s+ | --(?=\s|\Z)[^\n]* | \#[^\n]* | /\*(?!M?!).*?(?:\*/|\Z) )
    | (?P<run> /\*M?!\d* | \*/ )
    | (?P<quoted> '(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*" | `(?:[^`]|``)*` )
    | (?P<word> [^\W\d][\w$]* | \d[\w$.]* )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
"""What `run` has around it is a comment that servers run: `/*! … */`, and MariaDB `/*M! … */` too."""
_COMPOUND: Final = {"trigger", "procedure", "function", "event", "package"}
_HEADER: Final = 12
"""How many words there can be from CREATE to what is created: a definer stands between them."""
_BLOCKS: Final = {"if", "while", "loop", "repeat", "for"}
"""What opens a block at the beginning of a statement, and is a function or a clause elsewhere."""
_BEGINNING: Final = {";", ":", "begin", "then", "else", "do", "loop", "repeat", "row", ")"}
"""What a statement inside another one comes after."""


def statements(script: str) -> list[str]:
    """The statements of a script, without the semicolons and comments around them."""
    found: list[str] = []
    reading = _Reading()
    begin: int | None = None
    end = 0
    for token in _TOKEN.finditer(script):
        if token["space"]:
            continue
        if token["run"]:
            begin = token.start() if begin is None else begin
            end = token.end()
            continue
        text = token[0].lower() if token["word"] else token[0]
        if text == ";" and reading.depth == 0:
            if begin is not None:
                found.append(script[begin:end])
            reading, begin = _Reading(), None
            continue
        begin = token.start() if begin is None else begin
        end = token.end()
        reading.see("" if token["quoted"] else text)
    if begin is not None:
        found.append(script[begin:end])
    return found


def identifiers(statement: str) -> list[str]:
    """The words of a statement that could be names, without their quotes."""
    names: dict[str, None] = {}
    for token in _TOKEN.finditer(statement):
        if token["word"]:
            names[token[0]] = None
        elif token["quoted"] and token[0][0] == "`":
            names[token[0][1:-1].replace("``", "`")] = None
    return list(names)


class _Reading:
    """How deep inside the blocks of a statement its reader is."""

    def __init__(self) -> None:
        self.depth = 0
        self._words: list[str] = []
        self._last = ""
        self._compound = False

    def see(self, text: str) -> None:
        """Take a word or a mark, in lower case; an empty text for something quoted."""
        if len(self._words) < _HEADER:
            self._words.append(text)
            self._compound = self._words[0] == "create" and not _COMPOUND.isdisjoint(self._words)
        if self._compound:
            self._count(text)
        self._last = text

    def _count(self, text: str) -> None:
        if self._last == "end" and text in _BLOCKS | {"case"}:
            return
        if text == "end":
            self.depth = max(self.depth - 1, 0)
        elif text in ("begin", "case") or (text in _BLOCKS and self._last in _BEGINNING):
            self.depth += 1
