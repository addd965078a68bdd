"""Types that a server has told of what the analysis cannot, taken from the entries of the last check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from .check.digests import query_digest
from .check.entries import Entry, EntryDamaged, read_entry
from .check.questions import file_names
from .check.schema_digests import SchemaDigests
from .dialects.base import Dialect
from .model.catalog import Catalog
from .model.typed import TypedQuery
from .model.types import Kind, Type
from .render.named import TranslatedFile, TranslatedQuery

Texts = Callable[[str], Mapping[str, str]]
"""The entries of a package, by file, for the database of a name."""


def is_open(file: TranslatedFile) -> bool:
    """Whether the analysis knows the types of the queries of a file in part only."""
    return any(_is_open(translated.query) for translated in file.queries)


def with_proved_types(
    files: Sequence[TranslatedFile], catalog: Catalog, dialect: Dialect, texts: Texts
) -> tuple[TranslatedFile, ...]:
    """The files with types that fresh entries have, where inference knows only `other`."""
    if not any(map(is_open, files)):
        return tuple(files)
    digests = SchemaDigests(catalog, dialect)
    names = file_names([translated.query.query.name for file in files for translated in file.queries])
    found = texts(dialect.name)

    def entry_of(query: TypedQuery) -> Entry | None:
        text = found.get(names[query.query.name])
        entry: Entry | None = None
        with suppress(EntryDamaged):
            entry = read_entry(text) if text is not None else None
        made_from = (query.query.name, query_digest(query.query), digests.of(query.query.text))
        return entry if entry is not None and (entry.name, entry.query, entry.schema) == made_from else None

    def told(translated: TranslatedQuery) -> TranslatedQuery:
        entry = entry_of(translated.query) if _is_open(translated.query) else None
        return replace(translated, query=_told(translated.query, entry)) if entry is not None else translated

    return tuple(replace(file, queries=tuple(map(told, file.queries))) for file in files)


def _is_open(query: TypedQuery) -> bool:
    return any(one.type.kind is Kind.OTHER for one in query.columns) or any(
        one.type.kind is Kind.OTHER for one in query.parameters
    )


def _told(query: TypedQuery, entry: Entry) -> TypedQuery:
    """The query with the entry's types; as it is, should the entry have other columns."""
    if len(entry.columns) != len(query.columns) or len(entry.parameters) != len(query.parameters):
        return query
    columns = tuple(
        replace(own, type=_type(kept.type)) if own.type.kind is Kind.OTHER else own
        for own, kept in zip(query.columns, entry.columns, strict=True)
    )
    parameters = tuple(
        replace(own, type=_type(kept.type)) if own.type.kind is Kind.OTHER else own
        for own, kept in zip(query.parameters, entry.parameters, strict=True)
    )
    return replace(query, columns=columns, parameters=parameters)


def _type(text: str) -> Type:
    """The neutral type that an entry names. An enum's class is not told there."""
    if text.startswith("array<"):
        return Type(Kind.ARRAY, _type(text.removeprefix("array<").removesuffix(">")))
    kind = Kind(text) if text in set(Kind) else Kind.OTHER
    return Type(Kind.OTHER if kind in (Kind.ENUM, Kind.ARRAY) else kind)
