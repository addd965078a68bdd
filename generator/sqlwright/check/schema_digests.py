"""What an entry of the cache was made from of a schema: the part of it that a query names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..dialects.base import Dialect
from ..model.catalog import Catalog
from .digests import digest
from .facts import Facts, writer

_WORD: Final = re.compile(r"\w+")


class SchemaDigests:
    """Digests of the parts of a schema: a change of one table leaves queries of others as they are."""

    def __init__(self, catalog: Catalog, dialect: Dialect) -> None:
        self._facts: dict[str, list[str]] = {}
        for name, facts in _things(catalog, dialect):
            text = "\n".join(f"{thing}: {said}" for thing, said in facts.items())
            self._facts.setdefault(name.casefold(), []).append(text)
        self._strange = [name for name in self._facts if not _WORD.fullmatch(name)]

    def of(self, text: str) -> str:
        """The digest of everything whose name stands in a text, and of what that names in turn."""
        found: dict[str, list[str]] = {}
        waiting = self._named(text)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._facts[name]
                waiting += [further for one in self._facts[name] for further in self._named(one)]
        return digest(*(one for name in sorted(found) for one in (name, *found[name])))

    def _named(self, text: str) -> list[str]:
        folded = text.casefold()
        words = {word for word in _WORD.findall(folded) if word in self._facts}
        return [*words, *(name for name in self._strange if name in folded)]


def _things(catalog: Catalog, dialect: Dialect) -> Iterable[tuple[str, Facts]]:
    write = writer(catalog, dialect, exactly=True)
    yield from ((table.name, write.of_table(table)) for table in catalog.tables.values())
    yield from ((enum.name, {"enum": write.of_enum(enum)}) for enum in catalog.enums.values())
    yield from ((domain.name, {"domain": write.of_domain(domain)}) for domain in catalog.domains.values())
    yield from ((one.name, {"composite": write.of_composite(one)}) for one in catalog.composites.values())
    for (_, name), functions in catalog.functions.items():
        yield name, {f"function {number}": write.of_function(one) for number, one in enumerate(functions)}
