"""Which statement of migration scripts has made a thing of a schema what it is, or taken it away, last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from ..diagnostics import Span
from ..dialects.base import Dialect
from ..model.catalog import Catalog
from ..model.ddl import Drop, RenameObject
from ..model.schema import SchemaStatement
from ..model.tokens import Token
from ..model.values import value
from .facts import Facts
from .schemas import Difference, facts_of
from .words import Tokens, name_of

_VERBS: Final = frozenset("create alter drop comment rename".split())
_TAKES_AWAY: Final = _VERBS - {"create"}
_KINDS: Final = frozenset(
    "aggregate collation domain event extension function index operator policy procedure rule schema sequence "
    "statistics table trigger type view".split()
)
_PARTS: Final = ("primary key ", "unique key ", "foreign key ", "index ", "check ")
_COLUMN: Final = "column "
_WITHOUT_WORDS: Final = frozenset(("table", "enum", "domain", "type"))
"""The kinds of things that a catalog holds whole."""
_WORD: Final = re.compile(r"[^\W\d]\w*")
_SAYING: Final = frozenset(("comment", "security"))
"""Words that stand in every statement which says something of this kind of a table."""
_FILLING: Final = frozenset("column of on table".split())
_HEAD: Final = 12
"""The words behind the kind of a thing among which its name stands, and that of its table."""
_ENOUGH: Final = 200
"""So many catalogs are made to find statements; where nearly everything differs, the rest goes without."""
_All = Mapping[tuple[str, str], Facts]


@value
class Replay:
    """How statements are read again, handed in: that is the work of other phases."""

    tokens: Tokens
    catalog: Callable[[Sequence[SchemaStatement]], Catalog]


class Makers:
    """Finds statements of scripts that are applied one after the other."""

    def __init__(self, statements: Sequence[SchemaStatement], dialect: Dialect, replay: Replay) -> None:
        self._statements = statements
        self._dialect = dialect
        self._replay = replay
        self._known: dict[int, _All] = {}

    def statement(self, difference: Difference) -> SchemaStatement | None:
        """What has made the difference; None where no statement has, as one is missing."""
        return self._by_facts(difference) or self._by_name(difference)

    def place(self, difference: Difference) -> Span | None:
        """Where what has made the difference names it."""
        found = self.statement(difference)
        if found is None:
            return None
        return self._named(found, [difference.part.removeprefix(_COLUMN), *reversed(_names(difference))])

    def definition(self, difference: Difference) -> Span | None:
        """Where a thing is defined that is not in the catalog."""
        names, kind = _names(difference), difference.kind.split(" ")[-1]
        for statement in reversed(self._statements if kind in _KINDS else ()):
            tokens = self._replay.tokens(statement.text)
            if _is_named(tokens, kind, names):
                return self._named(statement, names)
        return None

    def _named(self, statement: SchemaStatement, names: Sequence[str]) -> Span:
        """The first of names that stands in a statement, or its first word."""
        tokens = self._replay.tokens(statement.text)
        token = next((token for name in names for token in tokens if name_of(token) == name), tokens[0])
        return statement.source.span(statement.start + token.start, statement.start + token.end)

    # What a catalog holds: where it changes when the statements are taken one by one

    def _by_facts(self, difference: Difference) -> SchemaStatement | None:
        candidates = list(self._about(difference.name)) if len(self._known) < _ENOUGH else []
        key = difference.kind, difference.name
        said = [self._facts(at).get(key) for at in (*candidates, len(self._statements))]
        if all(facts is None for facts in said):
            return None
        at = _change_of_one(said, difference)
        at = _change_of_alike(said, difference) if at is None else at
        return self._statements[candidates[at]] if at is not None else None

    def _about(self, name: str) -> Iterator[int]:
        """The statements that may say something of a table or type. An index is dropped by its own name."""
        base = name.rpartition(".")[2].lower()
        for at, statement in enumerate(self._statements):
            if isinstance(statement.definition, Drop | RenameObject) or base in statement.text.lower():
                yield at

    def _facts(self, end: int) -> _All:
        """What is said when so many statements have been taken."""
        if end not in self._known:
            self._known[end] = facts_of(self._replay.catalog(self._statements[:end]), self._dialect)
        return self._known[end]

    # What it does not: where it is named

    def _by_name(self, difference: Difference) -> SchemaStatement | None:
        if difference.lacking == "found" and (difference.part or difference.kind in _WITHOUT_WORDS):
            return None  # what takes it away is found by facts, and what merely names the table has not
        names = _names(difference)
        verbs = _TAKES_AWAY if difference.lacking == "found" else _VERBS
        kind = difference.kind.split(" ")[-1]
        for statement in reversed(self._statements):
            tokens = self._replay.tokens(statement.text)
            if tokens[0].folded in verbs and _is_named(tokens, kind, names) and not _is_elsewhere(tokens, difference):
                return statement
        return None


def _names(difference: Difference) -> list[str]:
    """The names that a name is made of: `tr on t`, `column t.a`."""
    parts = [part for word in difference.name.partition("(")[0].split() for part in word.strip("`").split(".")]
    return [part for part in parts if part not in _FILLING] or [difference.name]


def _is_named(tokens: Sequence[Token], kind: str, names: Sequence[str]) -> bool:
    """Whether a statement is about a thing of a kind; or, where that is a part of a table, says something of it."""
    if kind not in _KINDS:
        needed = {*names, kind} if kind in _SAYING else set(names)
        return needed <= {name_of(token) for token in tokens}
    at = next((at for at, token in enumerate(tokens) if token.folded in _KINDS), len(tokens))
    return at < len(tokens) and tokens[at].folded == kind and names[0] in map(name_of, tokens[at + 1 : at + _HEAD])


def _is_elsewhere(tokens: Sequence[Token], difference: Difference) -> bool:
    """Whether a statement is COMMENT ON something else of the same name: a column, and not its table."""
    return tokens[0].folded == "comment" and tokens[2].folded != difference.name.partition(" ")[0]


def _change_of_one(said: Sequence[Facts | None], difference: Difference) -> int | None:
    """The last statement that changes what is said of a part, when that ends as the difference says."""
    part = difference.part
    values = [None if facts is None else facts.get(part) if part else "" for facts in said]
    if (values[-1] is None) != (difference.lacking == "found"):
        return None
    return next((at for at in reversed(range(len(said) - 1)) if values[at] != values[at + 1]), None)


def _change_of_alike(said: Sequence[Facts | None], difference: Difference) -> int | None:
    """The last statement that makes, or takes away, a part of such a kind: what a server calls in other words."""
    kind = next((kind for kind in _PARTS if difference.part.startswith(kind)), None)
    if kind is None:
        return None
    values = [{part: one for part, one in (facts or {}).items() if part.startswith(kind)} for facts in said]
    for at in reversed(range(len(said) - 1)):
        grown = len(values[at + 1]) - len(values[at])
        match difference.lacking:
            case "found" if grown < 0 and any(
                _are_alike(one, difference.part) for one in set(values[at]) - set(values[at + 1])
            ):
                return at
            case "wanted" if grown > 0:
                return at
            case None if values[at] != values[at + 1]:
                return at
            case _:
                pass
    return None


def _are_alike(part: str, other: str) -> bool:
    """Whether two parts of a kind have more words in common than the kind's."""
    ours, theirs = (set(_WORD.findall(one.lower())[1:]) - {"key"} for one in (part, other))
    return not ours.isdisjoint(theirs)
