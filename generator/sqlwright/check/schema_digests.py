"""What an entry of the cache was made from of a schema: the part of it that a query names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..dialects.base import Dialect
from ..model.catalog import Catalog
from ..model.types import SqlType
from ..model.values import value
from .digests import digest
from .facts import writer

_WORD: Final = re.compile(r"\w+")


@value
class _Thing:
    """A table, a view, a type or a function: all that is said of it, and the types that it is made of."""

    name: str
    text: str
    types: tuple[str, ...]


class SchemaDigests:
    """Digests of the parts of a schema: a change of one table leaves queries of others as they are, also of those that
    refer to it."""

    def __init__(self, catalog: Catalog, dialect: Dialect) -> None:
        self._things: dict[str, list[_Thing]] = {}
        for thing in _things(catalog, dialect):
            self._things.setdefault(thing.name.casefold(), []).append(thing)
        self._strange = [name for name in self._things if not _WORD.fullmatch(name)]

    def of(self, text: str) -> str:
        """The digest of everything whose name stands in a text, and of the types that it is made of in turn."""
        found: set[str] = set()
        waiting = self._named(text)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                made_of = (type.casefold() for thing in self._things[name] for type in thing.types)
                waiting += [type for type in made_of if type in self._things]
        return digest(*(part for name in sorted(found) for part in (name, *(one.text for one in self._things[name]))))

    def _named(self, text: str) -> list[str]:
        folded = text.casefold()
        words = {word for word in _WORD.findall(folded) if word in self._things}
        return [*words, *(name for name in self._strange if name in folded)]


def _things(catalog: Catalog, dialect: Dialect) -> Iterator[_Thing]:
    write = writer(catalog, dialect, exactly=True)
    for table in catalog.tables.values():
        text = "\n".join(f"{thing}: {said}" for thing, said in write.of_table(table).items())
        yield _Thing(table.name, text, _names(column.type for column in table.columns))
    for enum in catalog.enums.values():
        yield _Thing(enum.name, f"enum: {write.of_enum(enum)}", ())
    for domain in catalog.domains.values():
        yield _Thing(domain.name, f"domain: {write.of_domain(domain)}", _names([domain.base]))
    for composite in catalog.composites.values():
        types = _names(field.type for field in composite.fields)
        yield _Thing(composite.name, f"composite: {write.of_composite(composite)}", types)
    for (_, name), functions in catalog.functions.items():
        for number, function in enumerate(functions):
            made_of = [*(one.type for one in function.arguments), *(one.type for one in function.columns)]
            made_of += [function.returns] if function.returns is not None else []
            yield _Thing(name, f"function {number}: {write.of_function(function)}", _names(made_of))


def _names(types: Iterable[SqlType]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(type.name for type in types))
