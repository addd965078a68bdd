"""Entries of what is gone: a query's are told once for all databases, and a package's as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from ..diagnostics import Diagnostic, Span, enumerated, error
from ..model.values import value

_CODE: Final = "left-over-entry"


@value
class OfNoQuery:
    """An entry of a package whose query is gone: its file, and where that is."""

    file: str
    span: Span


@value
class OfNoTarget:
    """A folder of entries that no package has the target of, and its first entry."""

    package: str
    shown: str
    span: Span | None


def without_queries(found: Mapping[str, Iterable[OfNoQuery]]) -> Iterator[Diagnostic]:
    """The findings about a package's entries, by the databases' titles."""
    files: dict[str, list[tuple[str, Span]]] = {}
    for title, entries in found.items():
        for one in entries:
            files.setdefault(one.file, []).append((title, one.span))
    for on in files.values():
        (title, span), *others = on
        if others:
            which = f"this entry, and those of its name on {enumerated([other for other, _ in others])}, are"
        else:
            which = f"this entry on {title} is"
        message = f"there is no query any more that {which} of"
        yield error(_CODE, message, span, f"delete {'them' if others else 'it'}, or run `sqlwright check`")


def without_targets(folders: Iterable[OfNoTarget], packages: Collection[str]) -> Iterator[Diagnostic]:
    """The findings about folders of entries; `packages` are those that there are."""
    told: set[str] = set()
    for folder in folders:
        if folder.package in packages:
            message = f"no package has the target that {folder.shown}/ holds entries of"
            yield error(_CODE, message, folder.span, "delete the folder, or run `sqlwright check`")
        elif folder.package not in told:
            told.add(folder.package)
            shown = folder.shown.rpartition("/")[0]
            message = f"there is no package `{folder.package}` any more, which {shown}/ holds entries of"
            yield error(_CODE, message, folder.span, "delete the folder, or run `sqlwright check`")
