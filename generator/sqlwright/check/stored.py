"""The entries of a cache without any server: whether each is there, whole, fresh, and still what we say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, enumerated, error
from ..model.query import NamedQuery
from ..model.typed import TypedQuery
from ..model.types import Kind
from ..model.values import value
from .entries import Entry, EntryDamaged, read_entry
from .proofs import Proof

_CHECK: Final = "run `sqlwright check` with the databases, and commit what it writes"
_NOT_PROVED: Final = "not-proved"
_STALE: Final = "stale-entry"
_DIFFERS: Final = "entry-differs"


@value
class Folder:
    """The entries of a package on one database: their texts by file, and where they are."""

    title: str
    shown: str
    texts: Mapping[str, str]


@value
class _Lack:
    """A query that has no entry which says what we say of it. `why` is a clause, or empty where nothing was said of it
    before; `entry` is the file of the entry that is there."""

    code: str
    why: str
    query: NamedQuery
    entry: str


def stored_findings(
    package: str, place: Span, targets: Sequence[tuple[Sequence[Proof], Folder]]
) -> Iterator[Diagnostic]:
    """What is wrong with the entries of a package: what is so on several databases is said once, and at `place` once
    for the package what is so of all its queries."""
    lacks: dict[str, list[_Lack]] = {}
    for proofs, folder in targets:
        found = list(_of_folder(proofs, folder))
        yield from (one for one in found if isinstance(one, Diagnostic))
        lacks[folder.title] = [one for one in found if isinstance(one, _Lack)]
    wholes: dict[tuple[str, str, int], list[str]] = {}
    singles: dict[tuple[str, str, Span], list[tuple[str, _Lack]]] = {}
    for proofs, folder in targets:
        own = lacks[folder.title]
        kinds = {(one.code, one.why) for one in own}
        if len(own) == len(proofs) > 1 and len(kinds) == 1 and own[0].code != _DIFFERS:
            wholes.setdefault((own[0].code, own[0].why, len(own)), []).append(folder.title)
            continue
        for one in own:
            singles.setdefault((one.code, one.why, one.query.name_span), []).append((folder.title, one))
    for (code, why, count), titles in wholes.items():
        yield error(code, _said_of_all(why, count, package, titles), place, _CHECK)
    for on in singles.values():
        yield _said([title for title, _ in on], [lack for _, lack in on])


def _of_folder(proofs: Sequence[Proof], folder: Folder) -> Iterator[Diagnostic | _Lack]:
    """What is wrong with the entries of a package on one database."""
    known = {proof.file for proof in proofs}
    for proof in proofs:
        text = folder.texts.get(proof.file)
        if text is None:
            yield _Lack(_NOT_PROVED, "", proof.query.query, "")
            continue
        source = Source(f"{folder.shown}/{proof.file}", text)
        try:
            entry = read_entry(text)
        except EntryDamaged as damage:
            yield error("damaged-entry", damage.message, _line_at(source, damage.offset), damage.help)
            continue
        yield from _of_entry(entry, proof, source)
    for name in sorted(set(folder.texts) - known):
        source = Source(f"{folder.shown}/{name}", folder.texts[name])
        message = "there is no query any more that this entry is of"
        yield error("left-over-entry", message, source.span(0, 0), "delete it, or run `sqlwright check`")


def _of_entry(entry: Entry, proof: Proof, source: Source) -> Iterator[Diagnostic | _Lack]:
    query = proof.query.query
    if entry.name != query.name:
        message = f"this is the entry of `{entry.name}`, in the file of `{query.name}`"
        yield error("damaged-entry", message, _line_at(source, source.text.find('"name": "' + entry.name)), _CHECK)
        return
    changed = _changed(entry, proof)
    if changed is not None:
        yield _Lack(_STALE, changed, query, source.name)
        return
    yield from (_Lack(_DIFFERS, said, query, source.name) for said in _disagreements(entry, proof.query))


def _said(titles: Sequence[str], lacks: Sequence[_Lack]) -> Diagnostic:
    """One query on the databases that say the same of it."""
    lack, on = lacks[0], enumerated(titles)
    name, span = lack.query.name, lack.query.name_span
    if lack.code == _DIFFERS:
        entries = [one.entry for one in lacks]
        return error(
            lack.code, lack.why, span, f"{_CHECK}; the {_is(entries, 'entry', 'entries')} {enumerated(entries)}"
        )
    if lack.code == _NOT_PROVED:
        return error(lack.code, f"`{name}` was never proved on {on}", span, _CHECK)
    return error(lack.code, f"{lack.why} since `{name}` was proved on {on}", span, _CHECK)


def _said_of_all(why: str, count: int, package: str, titles: Sequence[str]) -> str:
    on = enumerated(titles)
    if not why:
        return f"none of the {count} queries of `{package}` was ever proved on {on}"
    return f"for each of the {count} queries of `{package}` on {on}, {why} since it was proved"


def _is(things: Sequence[str], one: str, several: str) -> str:
    return f"{one} is" if len(things) == 1 else f"{several} are"


def _changed(entry: Entry, proof: Proof) -> str | None:
    if entry.query != proof.query_digest:
        return "the query has changed"
    if entry.schema != proof.schema_digest:
        return "the schema that it reads has changed"
    if entry.statement != proof.statement_digest:
        return "the statement that sqlwright sends has changed"
    return None


def _disagreements(entry: Entry, query: TypedQuery) -> Iterator[str]:
    """What inference says of a query otherwise than the entry. Where it knows no type, the entry's stands."""
    ours = [("parameter", one.name, str(one.type), one.nullable) for one in query.parameters]
    ours += [("column", one.name, str(one.type), one.nullable) for one in query.columns]
    kept = [("parameter", one.name, one.type, one.nullable) for one in entry.parameters]
    kept += [("column", one.name, one.type, one.nullable) for one in entry.columns]
    if [one[:2] for one in ours] != [one[:2] for one in kept]:
        yield f"`{query.query.name}` has other parameters or columns than its entry says"
        return
    for (what, name, type, nullable), (_, _, kept_type, kept_nullable) in zip(ours, kept, strict=True):
        if type not in (kept_type, Kind.OTHER.value):
            yield f"{what} `{name}` is {type} by the analysis, and {kept_type} by its entry"
        elif nullable != kept_nullable:
            yield f"{what} `{name}` {_can(nullable)} by the analysis, and {_can(kept_nullable)} by its entry"


def _can(nullable: bool) -> str:
    return "can be NULL" if nullable else "is never NULL"


def _line_at(source: Source, offset: int) -> Span:
    """From an offset to the end of its line."""
    start = max(min(offset, len(source.text)), 0)
    end = source.text.find("\n", start)
    return source.span(start, end if end >= 0 else len(source.text))
