"""Query files: text to named queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, error, warning
from ..model.lexis import Grammar
from ..model.query import NamedQuery, QueryFile
from ..model.tokens import Comment, Kind, Token
from ..model.values import value
from .allowances import is_allowance, stray_findings
from .annotations import NameLine, dialect_note, is_name_line, name_line, notes
from .lexer import Lexed, lex
from .parser import parse_query
from .placeholders import placeholders
from .statements import split

_DEFINING_WORDS: Final = frozenset({"alter", "comment", "create", "drop"})
_NEAR_NAME: Final = re.compile(r"\s*(?:nane|nam|names|query|name)\s*[:=]?\s*\w+\s+:\w+\s*", re.IGNORECASE)


@value
class ReadQueries:
    """The queries of one text that could be read, and what is wrong with the others."""

    file: QueryFile
    diagnostics: tuple[Diagnostic, ...]


def _no_variant(name: str) -> Grammar | None:
    return None


def read_queries(
    source: Source, grammar: Grammar, variants: Callable[[str], Grammar | None] = _no_variant, stem: str = "queries"
) -> ReadQueries:
    """The named queries of a text.

    Every finding is collected: a query that cannot be read does not hide those behind it. A query that is marked as a
    variant for a dialect is read by the grammar that `variants` gives.
    """
    lexed = lex(source, grammar.lexis, parameters=True)
    findings = list(lexed.problems)
    for comment in lexed.comments:
        if comment.whole_line and not is_name_line(comment) and _NEAR_NAME.fullmatch(comment.text):
            span = source.span(comment.start, comment.end)
            findings.append(
                warning(
                    "bad-annotation",
                    "this comment looks like the name of a query, and is none",
                    span,
                    "write `-- name: get_user :one`",
                )
            )
    queries: list[NamedQuery] = []
    for section in _sections(lexed):
        findings += stray_findings(source, _behind(source, section))
        marked = dialect_note(section.comments, section.tokens[0].start)
        own = [name for name in marked if variants(name) in (None, grammar)]
        if own or not marked or section.name is None:
            queries += _for_dialects(_read_section(lexed, section, grammar, findings), own)
        else:
            _forget(findings, section)
        for name in marked:
            if name not in own:
                found = _read_variant(source, section, variants(name) or grammar, findings)
                queries += _for_dialects(found, [name])
    return ReadQueries(QueryFile(stem, source, tuple(queries)), tuple(findings))


def _behind(source: Source, section: _Section) -> list[Comment]:
    """The comments of a section that do not stand under its name, in its statement or behind that on its last line."""
    if section.name is None:
        return section.comments
    last = section.tokens[-2].end if len(section.tokens) > 1 else len(source.text)
    line_end = source.text.find("\n", last)
    return [comment for comment in section.comments if 0 <= line_end < comment.start]


def _for_dialects(queries: list[NamedQuery], dialects: list[str]) -> list[NamedQuery]:
    """A query once for each of the dialects that it is a variant for."""
    return [replace(query, dialect=dialect) for query in queries for dialect in dialects] if dialects else queries


@value
class _Section:
    """A name line (None before the first), with the tokens and comments up to the next."""

    name: Comment | None
    tokens: list[Token]
    comments: list[Comment]
    end: int


def _sections(lexed: Lexed) -> list[_Section]:
    names = [comment for comment in lexed.comments if is_name_line(comment)]
    bounds = [0, *(name.start for name in names), len(lexed.source.text) + 1]
    heads: list[Comment | None] = [None, *names]
    sections: list[_Section] = []
    token_at, comment_at = 0, 0
    for head, end in zip(heads, bounds[1:], strict=True):
        tokens: list[Token] = []
        while token_at < len(lexed.tokens) and lexed.tokens[token_at].start < end:
            tokens.append(lexed.tokens[token_at])
            token_at += 1
        comments: list[Comment] = []
        while comment_at < len(lexed.comments) and lexed.comments[comment_at].start < end:
            if lexed.comments[comment_at] is not head:
                comments.append(lexed.comments[comment_at])
            comment_at += 1
        if not tokens or tokens[-1].kind is not Kind.END:
            place = min(end, len(lexed.source.text))
            tokens.append(Token(Kind.END, place, place, "", ""))
        sections.append(_Section(head, tokens, comments, min(end, len(lexed.source.text))))
    return sections


def _forget(findings: list[Diagnostic], section: _Section) -> None:
    """Drop what was said of a section that is in another database's words."""
    assert section.name is not None
    start, end = section.name.start, section.end
    findings[:] = [found for found in findings if found.span is None or not start <= found.span.start < end]


def _read_variant(source: Source, section: _Section, grammar: Grammar, findings: list[Diagnostic]) -> list[NamedQuery]:
    """A section in another database's words. What was found in it for a database before is not said again."""
    assert section.name is not None
    start, end = section.name.start, section.end
    lexed = lex(source, grammar.lexis, parameters=True, start=start, end=end)
    own = list(lexed.problems)
    comments = [comment for comment in lexed.comments if comment.start != start]
    queries = _read_section(lexed, _Section(section.name, lexed.tokens, comments, end), grammar, own)
    said = {(found.code, found.span) for found in findings}
    findings += [found for found in own if (found.code, found.span) not in said]
    return queries


def _read_section(lexed: Lexed, section: _Section, grammar: Grammar, findings: list[Diagnostic]) -> list[NamedQuery]:
    source = lexed.source
    statements = list(split(section.tokens, section.comments))
    if section.name is None:
        if statements:
            first = statements[0][0]
            span = source.span(first.start, first.end)
            findings.append(_left_out("a statement before the first `-- name:`", span))
        return []
    name = name_line(source, section.name)
    if isinstance(name, Diagnostic):
        findings.append(name)
        return []
    if not statements:
        span = source.span(name.name_start, name.name_start + len(name.name))
        findings.append(
            error("empty-query", f"query `{name.name}` has no statement", span, "write its SQL under the name")
        )
        return []
    _check_ends(source, name, statements, section, findings)
    if len(statements) > 1:
        extra = statements[1][0]
        span = source.span(extra.start, extra.end)
        if extra.folded in _DEFINING_WORDS:
            findings.append(_left_out("a schema statement among the queries", span))
        else:
            message = f"query `{name.name}` has a second statement"
            findings.append(error("two-statements", message, span, "give it a name of its own: `-- name: … :exec`"))
    found = _named_query(source, name, statements[0], section, grammar, findings)
    return [] if found is None else [found]


def _left_out(what: str, span: Span) -> Diagnostic:
    return warning(
        "unnamed-statement",
        f"{what} is not a query, and is left out",
        span,
        "name it (`-- name: get_user :one`), or move it to the schema",
    )


def _check_ends(
    source: Source, name: NameLine, statements: list[list[Token]], section: _Section, findings: list[Diagnostic]
) -> None:
    """Every statement ends with `;`. Where the text ends too, nothing can be mistaken, and a warning will do."""
    last = statements[-1]
    if last[-1].kind is Kind.TERMINATOR or _swallows_its_end(source, last, findings):
        return
    before = last[-2]
    span = source.span(before.start, before.end)
    message = f"query `{name.name}` does not end with `;`"
    at_end = section.tokens[-1].start >= len(source.text)
    report = warning if at_end else error
    findings.append(report("missing-semicolon", message, span, "add `;` behind it"))


def _swallows_its_end(source: Source, tokens: list[Token], findings: list[Diagnostic]) -> bool:
    """Whether a string, name or comment that is never closed has been reported in a statement, which hides its `;`."""
    return any(
        finding.code.startswith("unterminated")
        and finding.span is not None
        and tokens[0].start <= finding.span.start <= tokens[-1].end
        for finding in findings
    )


def _named_query(
    source: Source,
    name: NameLine,
    tokens: list[Token],
    section: _Section,
    grammar: Grammar,
    findings: list[Diagnostic],
) -> NamedQuery | None:
    start, end = tokens[0].start, tokens[-2].end
    behind = {comment.start for comment in _behind(source, section)}
    near = [one for one in section.comments if one.start < end + 200]
    said = notes(source, [one for one in near if one.start not in behind or not is_allowance(one)], start)
    findings += said.problems
    parsed = parse_query(source, tokens, grammar)
    if parsed.problem is not None and not any(
        problem.span and start <= problem.span.start < tokens[-1].end
        for problem in findings
        if problem.code.startswith("unterminated")
    ):
        findings.append(parsed.problem)
    if parsed.query is None:
        return None
    dialect_span = None
    if said.dialect_comment is not None:
        dialect_span = source.span(said.dialect_comment.start, said.dialect_comment.end)
    return NamedQuery(
        name.name,
        source.span(name.name_start, name.name_start + len(name.name)),
        name.command,
        source.span(name.command_start, name.command_end),
        source,
        start,
        end,
        parsed.query,
        placeholders(parsed.parameters),
        said.doc,
        None,
        dialect_span,
        said.columns,
        said.optional_lines,
        said.sort,
        parsed.forms,
    )
