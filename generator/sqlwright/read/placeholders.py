"""Placeholder tokens to placeholders: `:name`, `@name`, `$1`, `?`, `?1`, `$name`, and sqlc's macros."""

from __future__ import annotations

import re
from typing import Final

from ..model.query import Placeholder
from ..model.tokens import Token

_SQLC: Final = re.compile(r"sqlc\.(arg|narg|slice)\((.*)\)", re.DOTALL)


def placeholders(tokens: tuple[Token, ...]) -> tuple[Placeholder, ...]:
    """The placeholders of a statement, in the order of their places."""
    result: list[Placeholder] = []
    nameless = 0
    for token in tokens:
        if token.text == "?":
            nameless += 1
            result.append(Placeholder(token.start, token.end, "?", f"?{nameless}", None, None, None, False))
        else:
            result.append(_placeholder(token))
    return tuple(result)


def _placeholder(token: Token) -> Placeholder:
    text = token.text
    macro = _SQLC.fullmatch(text)
    if macro is not None:
        kind, name = macro.group(1), macro.group(2).strip("'\"`")
        nullable = True if kind == "narg" else None
        return Placeholder(token.start, token.end, text, name, name, None, nullable, kind == "slice")
    nullable = {"?": True, "!": False}.get(text[-1]) if len(text) > 2 else None
    name = text[1:].rstrip("?!") if nullable is not None else text[1:]
    if name.isdigit():
        number = int(name)
        return Placeholder(token.start, token.end, text, f"#{number}", None, number, nullable, False)
    return Placeholder(token.start, token.end, text, name, name, None, nullable, False)
