"""A package's migration scripts on scratch databases: what a server makes of them, and which statement it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from ..analysis import build_schema
from ..check.schemas import places
from ..diagnostics import Diagnostic, Source, error, has_errors
from ..dialects.base import Dialect
from ..history import scripts_in
from ..live.base import Scratch, ScriptRefused, Server
from ..read.lexer import lex
from ..read.statements import extent, split
from .folders import make_the_schema, shown_folder, state, unusable
from .moving import moved_as_read
from .proving import TargetProofs

_CORRECT: Final = "correct what it was generated from, or the script if it was written by hand"
_WORD: Final = re.compile(r"\w+")


def script_sources(target: TargetProofs) -> list[Source]:
    return [Source(f"{shown_folder(target.scripts)}/{name}", text) for name, text in scripts_in(target.scripts)]


def differing_scripts(target: TargetProofs) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema says, found by reading them; of those that can be applied."""
    if not scripts_in(target.scripts) or unusable(target.scripts) or make_the_schema(target):
        return []
    scripts = script_sources(target)
    built = build_schema(scripts, target.target)
    if has_errors(built.diagnostics):
        return list(built.diagnostics)
    found = moved_as_read(target, scripts, built)
    if not found:
        target.agree_on_schema(scripts=state(target.scripts))
    return found


def refused_script(refused: ScriptRefused, target: TargetProofs, title: str, place: int | None) -> Diagnostic:
    """The finding that a server refuses a script, at a place of it."""
    source = Source(f"{shown_folder(target.scripts)}/{refused.script}", refused.text)
    at = place or 0
    span = source.span(at, min(at + 1, len(source.text)))
    return error("refused", _words(refused, title, "this script"), span, refused.refusal.hint or _CORRECT)


def refused_schema(refused: ScriptRefused, target: TargetProofs, title: str, place: int | None) -> Diagnostic:
    """The finding that a server refuses the schema, where that first names what the statement is about."""
    spans = places(target.schema)
    at = place or 0
    named = (spans[word] for word in _WORD.findall(refused.text[at:]) if word in spans)
    return error("refused", _words(refused, title, "the schema"), next(named, None), refused.refusal.hint)


def refused_place(
    server: Server, named: str | None, before: Sequence[tuple[str, str]], refused: ScriptRefused, dialect: Dialect
) -> int | None:
    """Where a server refuses a script, which comes after others: the place that it tells, else the beginning of the
    statement, which is found by sending one by one."""
    if refused.refusal.position is not None:
        return refused.refusal.position
    with server.scratch(named) as scratch, suppress(ScriptRefused):
        for name, text in before:
            if name == refused.script:
                break
            scratch.run(name, text)
        return _first_refused(scratch, refused, dialect)
    return None


def _words(refused: ScriptRefused, title: str, what: str) -> str:
    return f"{title} refuses {what}: {refused.refusal.message} ({refused.refusal.code})"


def _first_refused(scratch: Scratch, refused: ScriptRefused, dialect: Dialect) -> int | None:
    for start, end in _statements(refused, dialect):
        try:
            scratch.run(refused.script, refused.text[start:end])
        except ScriptRefused:
            return start
    return None


def _statements(refused: ScriptRefused, dialect: Dialect) -> Iterator[tuple[int, int]]:
    lexed = lex(Source(refused.script, refused.text), dialect.grammar.lexis)
    for tokens in split(lexed.tokens, lexed.comments):
        yield extent(tokens, lexed.conditionals)
