"""Text that came from SQL as Python source: the one function for strings, the one for docstrings, the one for comments.

Whatever the text holds, what comes out is a literal or a comment and nothing more.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_PLAIN_SPACES: Final = str.maketrans("\n\t", "  ")


def string_literal(text: str) -> str:
    """A string as black leaves it: in double quotes, on several lines when the text has several."""
    if "\n" in text.strip("\n"):
        return '"""\\\n' + _triple_quoted(text) + '"""'
    return _one_line(text)


def _one_line(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    escaped = text
    if "\\" in text or quote in text or not text.isprintable():
        escaped = "".join(_escaped(character, quote) for character in text)
    return f"{quote}{escaped}{quote}"


def _escaped(character: str, quote: str) -> str:
    match character:
        case "\\":
            return "\\\\"
        case "\n":
            return "\\n"
        case "\r":
            return "\\r"
        case "\t":
            return "\\t"
        case _ if character == quote:
            return "\\" + quote
        case _ if _is_shown(character):
            return character
        case _:
            return _code(character)


def _is_shown(character: str) -> bool:
    """Whether a character can stand in source as itself: control and format characters could deceive a reader."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _code(character: str) -> str:
    point = ord(character)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _triple_quoted(text: str) -> str:
    escaped = text
    if "\\" in text or not text.translate(_PLAIN_SPACES).isprintable():
        escaped = "".join(
            (
                character
                if character in "\n\t" or (character != "\\" and _is_shown(character))
                else _escaped(character, "")
            )
            for character in text
        )
    escaped = escaped.replace('"""', '\\"\\"\\"')
    return escaped[:-1] + '\\"' if escaped.endswith('"') else escaped


def docstring(lines: tuple[str, ...] | list[str], indent: int, width: int = 88) -> str:
    """A docstring as black leaves it; its first line stands where it is put, the others at `indent`."""
    cleaned = [_doc_line(line) for line in lines]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    while cleaned and not cleaned[0]:
        cleaned.pop(0)
    if not cleaned:
        return '""""""'
    margin = " " * indent
    if len(cleaned) == 1:
        line = _guarded_end(_guarded_start(cleaned[0]))
        # black moves the closing quotes to a line of their own where they do not fit, only if the text does.
        return f'"""{line}"""'
    body = [_guarded_start(cleaned[0])] + [f"{margin}{line}" if line else "" for line in cleaned[1:]]
    return '"""' + "\n".join(body) + f'\n{margin}"""'


def _doc_line(line: str) -> str:
    text = line
    if not line.isprintable():
        text = "".join(
            character if _is_shown(character) or character == "\t" else _code(character) for character in line
        )
    return text.expandtabs(4).rstrip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _guarded_start(line: str) -> str:
    """black strips white space at the start, and puts a blank before a quote there."""
    line = line.lstrip()
    return " " + line if line.startswith('"') else line


def _guarded_end(line: str) -> str:
    """A quote or a backslash at the end would run into the closing quotes; black puts a blank between, too."""
    odd = (len(line) - len(line.rstrip("\\"))) % 2
    return f"{line} " if line.endswith('"') or odd else line


def comment(text: str) -> str:
    """A text as the rest of a comment line."""
    if text.isprintable():
        return text.strip()
    return "".join(character if _is_shown(character) else " " for character in text).strip()
