"""How tightly an expression's text holds together, so that parentheses stand just where they are needed."""

from __future__ import annotations

import re
from typing import Final

OR, AND, NOT, IS, COMPARE, RANGE, OTHER, ADD, MULTIPLY, ZONE, COLLATE, SIGN, ATOM = range(1, 14)
"""PostgreSQL's levels of precedence, the loosest first (its manual's section 4.1.6)."""
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<word>[\w$]+)"""
    r"""|(?P<open>[(\[])|(?P<close>[)\]])|(?P<joint>::|[.,])|(?P<symbol>[-+*/<>=~!@#%^&|`?]+)""",
    re.DOTALL,
)
_WORDS: Final = {
    "or": OR,
    "and": AND,
    "is": IS,
    "between": RANGE,
    "in": RANGE,
    "like": RANGE,
    "ilike": RANGE,
    "at": ZONE,
    "collate": COLLATE,
}
_SYMBOLS: Final = {
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), COMPARE),
    **dict.fromkeys(("+", "-"), ADD),
    **dict.fromkeys(("*", "/", "%"), MULTIPLY),
}


def tightness(text: str) -> int:
    """The level of the loosest operator outside parentheses; ATOM when there is none."""
    found, depth, operand = ATOM, 0, False
    for token in _TOKEN.finditer(text):
        kind, part = token.lastgroup, token.group().lower()
        if kind == "space":
            continue
        if kind == "open" or part == "case":
            depth += 1
        elif kind == "close" or part == "end":
            depth -= 1
        elif depth == 0 and kind == "word" and part == "not" and not operand:
            found = min(found, NOT)
        elif depth == 0 and kind == "word" and part in _WORDS:
            found, operand = min(found, _WORDS[part]), False
            continue
        elif depth == 0 and kind == "symbol":
            found, operand = min(found, _SYMBOLS.get(part, OTHER) if operand else SIGN), False
            continue
        operand = kind != "open"
    return found


def fit(text: str, level: int) -> str:
    """A text in parentheses where an operator of a level would take it apart."""
    return text if tightness(text) >= level else f"({text})"
