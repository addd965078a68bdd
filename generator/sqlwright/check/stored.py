"""The entries of a cache without any server: whether each is there, whole, fresh, and still what we say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..diagnostics import Diagnostic, Source, Span, error
from ..model.types import Kind
from ..model.values import value
from .entries import Entry, EntryDamaged, read_entry
from .lacks import CHECK, Lack, LackCode
from .left_over import OfNoQuery
from .proofs import Proof


@value
class Folder:
    """The entries of a package on one database: their texts by file, and where they are."""

    title: str
    shown: str
    texts: Mapping[str, str]


def stored_findings(
    proofs: Sequence[Proof], files: Mapping[str, str], folder: Folder
) -> Iterator[Diagnostic | Lack | OfNoQuery]:
    """What is wrong with the entries of some queries of a package on one database; `files` are those of all queries."""
    for proof in proofs:
        file = files[proof.written.name]
        text = folder.texts.get(file)
        if text is None:
            yield Lack(LackCode.NOT_PROVED, "", proof.written.name, proof.written.name_span)
            continue
        source = Source(f"{folder.shown}/{file}", text)
        try:
            entry = read_entry(text)
        except EntryDamaged as damage:
            yield error("damaged-entry", damage.message, _line_at(source, damage.offset), damage.help)
            continue
        yield from _of_entry(entry, proof, source)
    for name in sorted(set(folder.texts) - set(files.values())):
        source = Source(f"{folder.shown}/{name}", folder.texts[name])
        yield OfNoQuery(name, source.span(0, 0))


def _of_entry(entry: Entry, proof: Proof, source: Source) -> Iterator[Diagnostic | Lack]:
    query = proof.written
    if entry.name != query.name:
        message = f"this is the entry of `{entry.name}`, in the file of `{query.name}`"
        yield error("damaged-entry", message, _line_at(source, source.text.find('"name": "' + entry.name)), CHECK)
        return
    changed = _changed(entry, proof)
    if changed is not None:
        yield Lack(LackCode.STALE, changed, query.name, query.name_span, source.name)
        return
    for said in _disagreements(entry, proof):
        yield Lack(LackCode.DIFFERS, said, query.name, query.name_span, source.name)


def _changed(entry: Entry, proof: Proof) -> str | None:
    if entry.query != proof.query_digest:
        return "the query has changed"
    if entry.schema != proof.schema_digest:
        return "the schema that it reads has changed"
    if entry.statement != proof.statement_digest:
        return "the statement that sqlwright sends has changed"
    return None


def _disagreements(entry: Entry, proof: Proof) -> Iterator[str]:
    """What inference says of a query otherwise than the entry. Where it knows no type, the entry's stands."""
    query = proof.expected
    ours = [("parameter", one.name, str(one.type), one.nullable) for one in query.parameters]
    ours += [("column", one.name, str(one.type), one.nullable) for one in query.columns]
    kept = [("parameter", one.name, one.type, one.nullable) for one in entry.parameters]
    kept += [("column", one.name, one.type, one.nullable) for one in entry.columns]
    if [one[:2] for one in ours] != [one[:2] for one in kept]:
        yield f"`{proof.written.name}` has other parameters or columns than its entry says"
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
