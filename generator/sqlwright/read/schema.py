"""Schema files: text to definitions, whatever tool wrote it."""

from __future__ import annotations

import re
from typing import Final

from ..diagnostics import Diagnostic, Source, warning
from ..model.allowances import IN_SCHEMAS
from ..model.lexis import Grammar
from ..model.schema import SchemaStatement
from ..model.tokens import Comment, Kind, Token
from ..model.values import value
from .allowances import allowance_findings
from .lexer import Lexed, lex
from .parser import parse_definition
from .statements import extent, split

_UP: Final = re.compile(r"\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up)\b.*", re.IGNORECASE | re.DOTALL)
_DOWN: Final = re.compile(
    r"\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down)\b.*|-*\s*create above / drop below\s*-*", re.IGNORECASE
)
_INCLUDES: Final = re.compile(r"(?:\\ir?\b|\.read\b|source\b)\s*(?P<file>\S+)")


@value
class ReadSchema:
    """The definitions of one text in order, and what could not be taken in."""

    statements: tuple[SchemaStatement, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_schema(source: Source, grammar: Grammar) -> ReadSchema:
    """The definitions of a schema file, a migration (its up part) or a dump."""
    lexed = lex(source, grammar.lexis)
    findings = [*lexed.problems, *allowance_findings(source, lexed.comments, IN_SCHEMAS)]
    for meta in lexed.metas:
        if match := _INCLUDES.match(meta.text):
            findings.append(
                warning(
                    "not-followed",
                    f"`{match.group('file')}` is not read from here",
                    source.span(meta.start, meta.end),
                    "name the file, or its folder, in the package's `schema`",
                )
            )
    statements: list[SchemaStatement] = []
    down = _down_sections(lexed)
    for tokens in split(lexed.tokens, lexed.comments):
        if any(start <= tokens[0].start < end for start, end in down):
            continue
        parsed = parse_definition(source, tokens, grammar)
        start, end = extent(tokens, lexed.conditionals)
        if parsed.problem is not None:
            if not any(_within(problem, start, tokens[-1].end) for problem in lexed.problems):
                findings.append(parsed.problem)
        elif parsed.definition is not None:
            comments = _comments_of(lexed, statements, tokens)
            statements.append(SchemaStatement(source, start, end, parsed.definition, comments))
    return ReadSchema(tuple(statements), tuple(findings))


def _within(problem: Diagnostic, start: int, end: int) -> bool:
    return problem.span is not None and start <= problem.span.start <= end


def _down_sections(lexed: Lexed) -> list[tuple[int, int]]:
    """The parts of a migration that undo it (dbmate, goose, sql-migrate and tern keep both in one file)."""
    sections: list[tuple[int, int]] = []
    begin: int | None = None
    for comment in lexed.comments:
        if begin is None and _DOWN.fullmatch(comment.text):
            begin = comment.start
        elif begin is not None and _UP.fullmatch(comment.text):
            sections.append((begin, comment.start))
            begin = None
    if begin is not None:
        sections.append((begin, len(lexed.source.text) + 1))
    return sections


def _comments_of(lexed: Lexed, earlier: list[SchemaStatement], tokens: list[Token]) -> tuple[Comment, ...]:
    """The comments from the end of the statement before up to the end of this one's last line."""
    begin = earlier[-1].end if earlier else 0
    line_end = lexed.source.text.find("\n", tokens[-1].start)
    end = tokens[-1].start if tokens[-1].kind is Kind.END or line_end < 0 else line_end
    return tuple(comment for comment in lexed.comments if begin <= comment.start <= end)
