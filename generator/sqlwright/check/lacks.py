"""Queries without an entry that says what we say of them: what is so on several databases is said once, and what is so
of all queries of a package once for the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from ..diagnostics import Diagnostic, Span, enumerated, error
from ..model.values import value

CHECK: Final = "run `sqlwright check` with the databases, and commit what it writes"


class LackCode(StrEnum):
    """Why there is none: no entry at all, one that was made from something else, one that says something else."""

    NOT_PROVED = "not-proved"
    STALE = "stale-entry"
    DIFFERS = "entry-differs"


@value
class Lack:
    """A query that lacks an entry on one database. `why` is a clause (empty where nothing was proved before), and
    `entry` the file that there is."""

    code: LackCode
    why: str
    query: str
    span: Span
    entry: str = ""


@value
class TargetLacks:
    """What lacks on one database, which has so many queries."""

    title: str
    count: int
    lacks: Sequence[Lack]

    @property
    def of_all(self) -> tuple[LackCode, str] | None:
        """What all of several queries lack, for the same reason."""
        kinds = {(one.code, one.why) for one in self.lacks}
        whole = len(self.lacks) == self.count > 1 and len(kinds) == 1
        return kinds.pop() if whole and self.lacks[0].code is not LackCode.DIFFERS else None


def lack_findings(package: str, place: Span, targets: Sequence[TargetLacks]) -> Iterator[Diagnostic]:
    """The findings about a package, whose place in the configuration is that of what is so of all its queries."""
    wholes: dict[tuple[LackCode, str, int], list[str]] = {}
    singles: dict[tuple[LackCode, str, Span], list[tuple[str, Lack]]] = {}
    for target in targets:
        if target.of_all is not None:
            wholes.setdefault((*target.of_all, target.count), []).append(target.title)
            continue
        for lack in target.lacks:
            singles.setdefault((lack.code, lack.why, lack.span), []).append((target.title, lack))
    for (code, why, count), titles in wholes.items():
        yield error(code.value, _said_of_all(why, count, package, enumerated(titles)), place, CHECK)
    for on in singles.values():
        yield _said([lack for _, lack in on], enumerated([title for title, _ in on]))


def _said_of_all(why: str, count: int, package: str, on: str) -> str:
    if not why:
        return f"none of the {count} queries of `{package}` was ever proved on {on}"
    return f"for each of the {count} queries of `{package}` on {on}, {why} since it was proved"


def _said(lacks: Sequence[Lack], on: str) -> Diagnostic:
    """One query on the databases that say the same of it."""
    lack = lacks[0]
    match lack.code:
        case LackCode.NOT_PROVED:
            return error(lack.code.value, f"`{lack.query}` was never proved on {on}", lack.span, CHECK)
        case LackCode.STALE:
            return error(lack.code.value, f"{lack.why} since `{lack.query}` was proved on {on}", lack.span, CHECK)
        case LackCode.DIFFERS:
            named = enumerated([one.entry for one in lacks])
            help = f"{CHECK}; the entr{'y is' if len(lacks) == 1 else 'ies are'} {named}"
            return error(lack.code.value, lack.why, lack.span, help)
