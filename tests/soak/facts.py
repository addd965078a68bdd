"""What the machine must know of a database to write schemas and queries for it: one value of `Facts` for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class Sort(StrEnum):
    """Sorts of values. Each stands for several types of a database that go together."""

    INT = "int"
    TEXT = "text"
    NUM = "num"
    BOOL = "bool"
    DATE = "date"
    STAMP = "stamp"
    FLOAT = "float"
    MOOD = "mood"
    JSON = "json"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write an expression of a sort (None: of any sort, which `{T}` stands for).

    `parts` are the texts between the holes, and `holes` what stands in them: a sort, `T`, `X` (some sort, the same in
    all holes of the form), `any`, or a clause that the writer knows.
    """

    sort: Sort | None
    text: str
    parts: tuple[str, ...]
    holes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of expressions over rows, of aggregates and of window functions, by sort (None: any sort)."""

    rows: Mapping[Sort | None, tuple[Form, ...]]
    aggregates: Mapping[Sort | None, tuple[Form, ...]]
    windows: Mapping[Sort | None, tuple[Form, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """A database: its types, literals, forms of expressions, and the clauses that it has."""

    dialect: str
    types: Mapping[Sort, tuple[str, ...]]
    """Types of columns, by sort."""
    literals: Mapping[Sort, tuple[str, ...]]
    """Values of each sort as columns get them: few, so that rows match."""
    forms: Forms
    functions: tuple[tuple[str, Sort], ...]
    """Functions in FROM that give one column, and its sort; `{alias}` gets its name."""
    clauses: frozenset[str]
    """Names of the clauses that it has, of those that not all databases have."""
    joins: tuple[str, ...]
    left: tuple[str, ...] = ()
    """Parts of refusals that are left to the database: faults of its own, and what the analysis does not follow."""
    late: tuple[tuple[str, str], ...] = ()
    """What the database finds late or never, and is refused all the same: a pattern of statements, in which `{name}`
    stands for what the finding is about, and our code."""
    quirks: tuple[tuple[str, str], ...] = ()
    """What is left to the database only in some statements: a pattern of theirs, in which `{name}` stands for the first
    name that the refusal quotes, and a part of the refusal."""
    null: str = "null"
    """NULL of a sort: `{type}` stands for the first type of that sort."""
    serial: str = "integer primary key"
    prelude: str = ""
    """What every schema begins with."""

    def leaves(self, statement: str, refusal: str) -> bool:
        """Whether the analysis need not know that a statement is refused."""
        quoted = _QUOTED.search(refusal)
        name = quoted[1] if quoted is not None else ""
        return any(part in refusal for part in self.left) or any(
            part in refusal and _is_in(statement, pattern, name) for pattern, part in self.quirks
        )

    def finds_late(self, statement: str, code: str, name: str) -> bool:
        """Whether the database finds what we refuse of a name only when it runs a statement, or not at all."""
        return any(code == found and _is_in(statement, pattern, name) for pattern, found in self.late)

    def has(self, clause: str) -> bool:
        return clause in self.clauses

    @property
    def sorts(self) -> tuple[Sort, ...]:
        return tuple(self.types)


_QUOTED: Final = re.compile(r"'(?:\w+\.)*(\w+)'")


def _is_in(statement: str, pattern: str, name: str) -> bool:
    return re.search(pattern.replace("{name}", re.escape(name)), statement) is not None


_HOLE: Final = re.compile(r"\{(\w+)\}")


def forms_in(*names: str) -> Forms:
    """The forms that files beside this one list: in each section a sort and its forms between bars."""
    found: dict[str, dict[Sort | None, tuple[Form, ...]]] = {"rows": {}, "aggregates": {}, "windows": {}}
    section = found["rows"]
    for name in names:
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = found[line.strip("[]")]
            elif line:
                word, _, forms = line.partition(": ")
                sort = None if word == "T" else Sort(word)
                made = tuple(form_of(text.strip(), sort) for text in forms.split(" | "))
                section[sort] = (*section.get(sort, ()), *made)
    return Forms(found["rows"], found["aggregates"], found["windows"])


def form_of(text: str, sort: Sort | None) -> Form:
    pieces = _HOLE.split(text)
    return Form(sort, text, tuple(pieces[::2]), tuple(pieces[1::2]))
