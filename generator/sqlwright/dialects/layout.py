"""The layout of the statements that make a schema, the same for every database."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.values import value


@value
class Line:
    """A column or a constraint of a table, and the comment behind it."""

    text: str
    comment: str | None = None


def table_text(head: str, lines: Sequence[Line], comment: str | None) -> str:
    """A CREATE TABLE with one column or constraint on a line, under its comment."""
    body: list[str] = []
    for number, line in enumerate(lines, 1):
        text = "    " + line.text + ("," if number < len(lines) else "")
        remark = one_line(line.comment or "")
        body.append(f"{text} -- {remark}" if remark else text)
    return comment_lines(comment) + "\n".join((f"{head} (", *body, ")"))


def comment_lines(text: str | None) -> str:
    """A text as lines of comment, with a newline at the end; nothing when there is no text."""
    lines = [one_line(line) for line in (text or "").split("\n")]
    return "".join(f"-- {line}".rstrip() + "\n" for line in lines) if any(lines) else ""


def one_line(text: str) -> str:
    """A text without anything that could end the line it stands on."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def listed(names: Sequence[str]) -> str:
    return "(" + ", ".join(names) + ")"
