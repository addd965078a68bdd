"""Named queries as they were read: text, placeholders and notes, each with its place."""

from __future__ import annotations

from enum import StrEnum

from ..diagnostics import Source, Span
from .syntax import Node, Query
from .values import entity, value


class Command(StrEnum):
    """What a query's method gives back."""

    ONE = "one"
    OPT = "opt"
    MANY = "many"
    STREAM = "stream"
    EXEC = "exec"
    EXECROWS = "execrows"
    EXECLASTID = "execlastid"
    EXECRESULT = "execresult"
    BATCH = "batch"
    BATCHEXEC = "batchexec"
    BATCHONE = "batchone"
    BATCHMANY = "batchmany"
    COPY = "copy"
    COPYFROM = "copyfrom"

    @property
    def reads_rows(self) -> bool:
        """Whether the method gives the statement's rows."""
        return self in (
            Command.ONE,
            Command.OPT,
            Command.MANY,
            Command.STREAM,
            Command.BATCHONE,
            Command.BATCHMANY,
        )

    @property
    def counts_rows(self) -> bool:
        """Whether the method gives the number of rows."""
        return self in (Command.EXECROWS, Command.EXECRESULT)


@value
class Placeholder:
    """One occurrence of a parameter in a statement.

    `key` is the same for all occurrences of one parameter: its name, or `#n` for a number, or `?n` for the nth nameless
    one. `nullable` is what a mark (`:name?`, `:name!`, sqlc.narg) says, else None.
    """

    start: int
    end: int
    text: str
    key: str
    name: str | None
    number: int | None
    nullable: bool | None
    slice: bool


@value
class ColumnNote:
    """`-- column total: not null` or `-- column total: Money`."""

    column: str
    text: str
    span: Span


@value
class OptionalLine:
    """A line that ends with `-- when :parameter`; the offsets are those of its SQL."""

    parameter: str
    start: int
    end: int
    span: Span


@value
class SortChoice:
    """A named order of a `-- sort by:` line, its SQL verbatim."""

    name: str
    sql: str
    span: Span


@value
class SortLine:
    """A `-- sort by:` line, which stands where ORDER BY would."""

    choices: tuple[SortChoice, ...]
    start: int
    end: int


@entity
class NamedQuery:
    """One query of a file. `start` and `end` enclose its statement, without the closing `;`."""

    name: str
    name_span: Span
    command: Command
    command_span: Span
    source: Source
    start: int
    end: int
    query: Query
    placeholders: tuple[Placeholder, ...]
    doc: tuple[str, ...] = ()
    dialect: str | None = None
    dialect_span: Span | None = None
    column_notes: tuple[ColumnNote, ...] = ()
    optional_lines: tuple[OptionalLine, ...] = ()
    sort: SortLine | None = None
    forms: tuple[tuple[str, Node], ...] = ()
    """What was written in a way that leaves no trace in the tree, by the names of `infer.constructs`."""

    @property
    def text(self) -> str:
        """The statement as the user wrote it."""
        return self.source.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        return self.source.span(start, end)


@entity
class QueryFile:
    """The queries of one file, in order. `stem` is the file's name without its suffix."""

    stem: str
    source: Source
    queries: tuple[NamedQuery, ...]
