"""Python laid out as black lays it out, so that black need not run on it.

A piece of code is written on one line where it fits, and else broken at its own brackets, one item a line with a comma
behind the last, which black leaves as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.values import value


@value
class Call:
    """`head(item, item)tail`, with other brackets where `brackets` says so; items may be laid out in turn."""

    head: str
    items: tuple[Piece, ...]
    tail: str = ""
    brackets: str = "()"
    single_comma: bool = False
    """A tuple of one item keeps its comma on one line too."""


@value
class Choice:
    """`first if condition else second`."""

    first: str
    condition: str
    second: Piece


@value
class Prefixed:
    """A piece with text before it, such as `name=`."""

    prefix: str
    piece: Piece


Piece = str | Call | Choice | Prefixed


def flat(piece: Piece) -> str:
    """A piece on one line."""
    match piece:
        case str():
            return piece
        case Call(head=head, items=items, tail=tail, brackets=brackets, single_comma=single):
            inner = ", ".join(flat(item) for item in items) + ("," if single and len(items) == 1 else "")
            return f"{head}{brackets[0]}{inner}{brackets[1]}{tail}"
        case Choice(first=first, condition=condition, second=second):
            return f"{first} if {condition} else {flat(second)}"
        case Prefixed(prefix=prefix, piece=inner_piece):
            return prefix + flat(inner_piece)


def lay_out(piece: Piece, indent: int, width: int, before: int = 0, after: int = 0) -> str:
    """A piece at an indent, `before` characters of its line being taken already and `after` still to come."""
    line = flat(piece)
    if indent + before + len(line) + after <= width and "\n" not in line:
        return line
    match piece:
        case str():
            return piece
        case Call(items=()):
            return line
        case Call(head=head, items=items, tail=tail, brackets=brackets):
            inner = indent + 4
            margin = " " * inner
            lines = [f"{margin}{lay_out(item, inner, width, after=1)}," for item in items]
            return "\n".join([f"{head}{brackets[0]}", *lines, f"{' ' * indent}{brackets[1]}{tail}"])
        case Choice():
            return _parenthesised(piece, indent, width)
        case Prefixed(prefix=prefix, piece=inner_piece):
            return prefix + lay_out(inner_piece, indent, width, before + len(prefix), after)


def _parenthesised(choice: Choice, indent: int, width: int) -> str:
    """A conditional expression in parentheses, on one line of its own, or on three."""
    margin = " " * (indent + 4)
    line = flat(choice)
    if indent + 4 + len(line) <= width:
        body = [margin + line]
    else:
        body = [
            f"{margin}{choice.first}",
            *_broken(f"if {choice.condition}", margin, width),
            f"{margin}else {lay_out(choice.second, indent + 4, width, before=5)}",
        ]
    return "\n".join(["(", *body, f"{' ' * indent})"])


def _broken(line: str, margin: str, width: int) -> list[str]:
    """A condition on a line, or on one for each of its parts."""
    if len(margin) + len(line) <= width:
        return [margin + line]
    return [margin + part for part in re.split(r" (?=or |and )", line)]


def import_from(module: str, names: Sequence[str], width: int) -> str:
    """A `from … import …` line, in parentheses where it is too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= width:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
