"""The schema of an SQLite database: from its pragmas, and what they leave out from the texts that it keeps."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ...model.values import value
from ...runtime.sqlite.connections import LEDGER

_LEDGER_TABLE: Final = LEDGER.read.split(" from ")[1].split()[0]
_TOKEN: Final = re.compile(
    r"""(?P<skip>--[^\n]*|/\*.*?\*/|\s+)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\w+|.""", re.DOTALL
)
_ENDS_TYPE: Final = frozenset(
    "constraint primary not null unique check default collate references generated as".split()
)
_CONSTRAINTS: Final = frozenset("constraint primary unique check foreign".split())


@value
class _Token:
    text: str
    start: int
    end: int
    depth: int

    @property
    def word(self) -> str:
        return self.text.lower()


def schema_text(connection: sqlite3.Connection) -> str:
    """Statements that make the schema, tables first, without the table of applied migrations."""
    tables = [name for name in _named(connection, "table") if name != _LEDGER_TABLE]
    parts = [_table(connection, name) for name in tables]
    for kind in ("index", "view", "trigger"):
        parts += [sql for sql in _texts(connection, kind) if sql]
    return "".join(f"{part.rstrip().rstrip(';')};\n" for part in parts)


def _named(connection: sqlite3.Connection, kind: str) -> list[str]:
    rows = connection.execute(
        "select m.name from sqlite_master m where m.type = ? and m.name not like 'sqlite\\_%' escape '\\' "
        "and not exists (select 1 from pragma_table_list(m.name) l where l.type = 'shadow') order by m.rowid",
        (kind,),
    )
    return [str(name) for (name,) in rows]


def _texts(connection: sqlite3.Connection, kind: str) -> list[str]:
    query = "select sql from sqlite_master where type = ? and sql is not null and tbl_name <> ? order by rowid"
    return [str(sql) for (sql,) in connection.execute(query, (kind, _LEDGER_TABLE))]


def _table(connection: sqlite3.Connection, name: str) -> str:
    (sql,) = connection.execute("select sql from sqlite_master where type = 'table' and name = ?", (name,)).fetchone()
    kind, without_rowid, strict = connection.execute(
        "select type, wr, strict from pragma_table_list(?) where schema = 'main'", (name,)
    ).fetchone()
    if kind == "virtual":
        return str(sql)
    pieces = _pieces(str(sql))
    items = list(_columns(connection, name, pieces))
    items += _keys(connection, name, pieces)
    items += _foreign_keys(connection, name)
    items += [piece.text for piece in pieces if piece.column is None for _ in piece.clauses("check")]
    options = [option for option, there in (("without rowid", without_rowid), ("strict", strict)) if there]
    body = ",\n    ".join(items)
    return f"create table {_quoted(name)} (\n    {body}\n) {', '.join(options)}"


def _columns(connection: sqlite3.Connection, table: str, pieces: Sequence[_Piece]) -> Iterator[str]:
    """The columns with the type, NOT NULL and default that pragmas tell; the rest as it was written."""
    primary = _primary(connection, table)
    rows = connection.execute('select name, type, "notnull", dflt_value, hidden from pragma_table_xinfo(?)', (table,))
    written = {piece.column: piece for piece in pieces if piece.column is not None}
    for name, type, not_null, default, hidden in rows.fetchall():
        piece = written[name]
        parts = [_quoted(name), str(type)]
        if primary == [name] and piece.clauses("primary"):
            parts += [piece.primary_key()]
        parts += ["not null"] * bool(not_null)
        parts += [f"default ({default})"] * (default is not None)
        parts += piece.clauses("collate")
        parts += piece.clauses("generated") or piece.clauses("as") if hidden else []
        parts += piece.clauses("check")
        yield " ".join(part for part in parts if part)


def _primary(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute("select name from pragma_table_info(?) where pk > 0 order by pk", (table,))
    return [str(name) for (name,) in rows]


def _keys(connection: sqlite3.Connection, table: str, pieces: Sequence[_Piece]) -> Iterator[str]:
    """The primary key, unless it stands beside its column, and the unique constraints."""
    primary = _primary(connection, table)
    beside = any(piece.column is not None and piece.clauses("primary") for piece in pieces)
    if primary and not beside:
        yield f"primary key ({_listed(primary)})"
    made_by_constraints = "select name from pragma_index_list(?) where origin = 'u' order by seq desc"
    for (index,) in connection.execute(made_by_constraints, (table,)).fetchall():
        rows = connection.execute("select name from pragma_index_info(?) order by seqno", (index,))
        yield f"unique ({_listed([str(name) for (name,) in rows])})"


def _foreign_keys(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    rows = connection.execute(
        'select id, "table", "from", "to", on_update, on_delete from pragma_foreign_key_list(?) order by id desc, seq',
        (table,),
    ).fetchall()
    for number in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == number]
        _, target, _, _, on_update, on_delete = own[0]
        to = [row[3] for row in own]
        references = f"references {_quoted(target)}" + (f" ({_listed(to)})" if None not in to else "")
        actions = "".join(
            f" on {event} {action.lower()}"
            for event, action in (("update", on_update), ("delete", on_delete))
            if action != "NO ACTION"
        )
        yield f"foreign key ({_listed([row[2] for row in own])}) {references}{actions}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# What pragmas leave out


@value
class _Piece:
    """What stands between two commas of a CREATE TABLE: a column, or (without `column`) a constraint."""

    text: str
    tokens: tuple[_Token, ...]
    column: str | None

    def clauses(self, word: str) -> list[str]:
        """The clauses that begin with a word, as they were written."""
        starts = [at for at, token in enumerate(self.tokens) if token.depth == 0 and token.word == word]
        return [self._clause(at) for at in starts if not self._is_within_another(at)]

    def primary_key(self) -> str:
        """PRIMARY KEY with what decides whether it is the row id."""
        return " ".join(self.clauses("primary"))

    def _is_within_another(self, at: int) -> bool:
        """AS behind GENERATED ALWAYS, and words of a foreign key's actions."""
        return at > 0 and self.tokens[at - 1].word in ("always", "set")

    def _clause(self, at: int) -> str:
        start, end = self.tokens[at].start, self.tokens[at].end
        within = self.tokens[at].word
        for token in self.tokens[at + 1 :]:
            opens = token.depth == 0 and token.word in _ENDS_TYPE and not (within == "generated" and token.word == "as")
            if opens:
                break
            end = token.end
        return self.text[start:end]


def _pieces(sql: str) -> list[_Piece]:
    """The columns and constraints of a CREATE TABLE."""
    opening = next(token for token in _tokens(sql, 0) if token.text == "(")
    body: list[_Token] = []
    for token in _tokens(sql, -1):
        if token.start > opening.start:
            if token.depth < 0:
                break
            body.append(token)
    commas = [at for at, token in enumerate(body) if token.depth == 0 and token.text == ","]
    bounds = pairwise((-1, *commas, len(body)))
    return [_piece(sql, body[before + 1 : at]) for before, at in bounds]


def _piece(sql: str, tokens: Sequence[_Token]) -> _Piece:
    offset = tokens[0].start
    moved = tuple(_Token(one.text, one.start - offset, one.end - offset, one.depth) for one in tokens)
    is_column = moved[0].word not in _CONSTRAINTS
    return _Piece(sql[offset : tokens[-1].end], moved, _unquoted(moved[0].text) if is_column else None)


def _tokens(sql: str, depth: int) -> Iterator[_Token]:
    """Words, quoted texts and marks, with how deep in parentheses each stands, beginning with `depth`."""
    for match in _TOKEN.finditer(sql):
        if match["skip"] is not None:
            continue
        text = match.group()
        depth -= text == ")"
        yield _Token(text, match.start(), match.end(), depth)
        depth += text == "("


def _unquoted(text: str) -> str:
    closing = {'"': '"', "`": "`", "[": "]", "'": "'"}.get(text[0])
    return text[1:-1].replace(closing * 2, closing) if closing is not None else text
