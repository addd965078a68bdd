"""PostgreSQL's types as its rules see them: categories, what becomes what, and what several have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.catalog import Catalog, RangeType
from ...model.types import Family, SqlType
from . import catalogs
from .comparing import INCOMPARABLE, UNORDERED
from .resolution import Operand

_USER: Final = "\x1f"


def written(type: SqlType) -> str:
    """The type as one string, by which candidates are compared; its modifiers are left out."""
    name = type.name if type.schema is None else f"{_USER}{type.schema}{_USER}{type.name}"
    return f"_{name}" if type.array else name


def operand_of(type: SqlType | None) -> Operand:
    """The type as an operand of resolution; None when it is not known yet."""
    return None if type is None or type.name == "unknown" else written(type)


class Typology:
    """The types of one catalog, by the names that `written` gives them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.extensions = frozenset(catalog.extensions)
        self._by_name: dict[str, SqlType] = {}
        self._coercions: dict[tuple[str, str, str], bool] = {}

    def has(self, extension: str | None) -> bool:
        """Whether an object is there: it belongs to no extension, or to one that the schema creates."""
        return extension is None or extension in self.extensions

    def may_know(self, name: str | None) -> bool:
        """Whether what does not resolve here may do so on the server, with an operand of a type: by an operator or a
        cast of the schema's own, or something of an extension that is not known here."""
        if self.catalog.unlisted:
            return True
        return name is not None and name not in catalogs.types() and self.has_strangers

    @property
    def has_strangers(self) -> bool:
        """Whether the schema creates an extension of which nothing is known here."""
        return not self.extensions <= catalogs.known_extensions()

    def user_keys(self) -> list[tuple[str, str]]:
        c = self.catalog
        return [*c.enums, *c.domains, *c.composites, *c.ranges]

    def user_type(self, name: str, schema: str | None) -> SqlType | None:
        key = (schema or self.catalog.default_schema, name)
        if key in self.catalog.enums:
            return SqlType(name, (), False, Family.ENUM, key[0])
        if key in self.catalog.domains:
            return SqlType(name, (), False, Family.DOMAIN, key[0])
        if key in self.catalog.composites:
            return SqlType(name, (), False, Family.COMPOSITE, key[0])
        if key in self.catalog.ranges:
            return SqlType(name, (), False, Family.RANGE, key[0])
        if self._range_of(key) is not None:
            return SqlType(name, (), False, Family.RANGE, key[0])
        if key in self.catalog.tables:
            return SqlType(name, (), False, Family.ROW, key[0])
        return None

    def base(self, name: str) -> str:
        type = self.parsed(name)
        while type.family is Family.DOMAIN and not type.array:
            domain = self.catalog.domains.get(type.key)
            if domain is None:
                break
            type = domain.base
        return written(type)

    def category(self, name: str) -> str:
        type = self.parsed(self.base(name))
        if type.array:
            return "A"
        if type.schema is None:
            info = catalogs.types().get(type.name)
            return info.category if info is not None else "X"
        return {Family.ENUM: "E", Family.COMPOSITE: "C", Family.ROW: "C", Family.RANGE: "R"}.get(type.family, "U")

    def is_preferred(self, name: str) -> bool:
        info = catalogs.types().get(name)
        return info is not None and info.preferred

    def coercible(self, source: Operand, target: str, context: str = "i") -> bool:
        if source is None or source == target or target == "any":
            return True
        key = (source, target, context)
        found = self._coercions.get(key)
        if found is None:
            found = self._coercions[key] = self._coercible(source, target, context)
        return found

    def _coercible(self, source: str, target: str, context: str) -> bool:
        base = self.base(source)
        if base == target or (context != "i" and base == self.base(target)):
            return True
        if self.base(target) != target:
            return self.coercible(base, self.base(target), context)
        declared = catalogs.casts().get((base, target))
        if declared is not None:
            return declared == "i" or context == "e" or (context == "a" and declared == "a")
        if self.parsed(base).array and self.parsed(target).array:
            return self.coercible(base[1:], target[1:], context)
        if target == "record":
            return self.category(base) == "C" or base == "record"
        if base == "record":
            return self.category(target) == "C"
        if self.parsed(base).family is Family.ROW and self.parsed(target).family is Family.ROW:
            return self._inherits(self.parsed(base), self.parsed(target))
        if context == "e":
            return self.category(base) == "S" or self.category(target) == "S"
        return context == "a" and self.category(target) == "S"

    def _inherits(self, child: SqlType, parent: SqlType) -> bool:
        table = self.catalog.tables.get(child.key)
        if table is None:
            return False
        parents = [self.catalog.tables.get(key) for key in table.parents]
        return any(
            found is not None
            and (found.key == parent.key or self._inherits(SqlType(found.name, schema=found.schema), parent))
            for found in parents
        )

    def comparable(self, name: str, ordered: bool) -> bool:
        """Whether values can be told apart, or be put in order: an array as its elements, a row as its fields."""
        base = self.base(name)
        element = self.element_name(base)
        if element is not None:
            return self.comparable(element, ordered)
        type = self.parsed(base)
        if type.schema is None:
            return base not in (UNORDERED if ordered else INCOMPARABLE)
        composite, table = self.catalog.composites.get(type.key), self.catalog.tables.get(type.key)
        fields = composite.fields if composite is not None else table.columns if table is not None else ()
        return all(self.comparable(written(field.type), ordered) for field in fields)

    def element_name(self, name: str) -> str | None:
        """The type of an array's elements, by name; None when it is no array."""
        if name in ("int2vector", "oidvector"):
            return name.removesuffix("vector")
        return name[1:] if self.parsed(name).array else None

    def array_name(self, name: str) -> str | None:
        return None if self.parsed(name).array else f"_{name}"

    def range_name(self, subtype: str) -> str | None:
        """The range over a type, when there is just one."""
        found = [
            info.name
            for info in catalogs.types().values()
            if info.subtype == subtype and info.category == "R" and not info.name.endswith("multirange")
        ]
        return found[0] if len(found) == 1 else None

    def multirange_name(self, range_: str) -> str | None:
        """The multirange over a range: PostgreSQL makes its name of the range's."""
        type = self.parsed(range_)
        if type.array or type.family is not Family.RANGE or self.subtype_name(range_) is None:
            return None
        name = _multirange(type.name)
        if type.schema is not None:
            return written(SqlType(name, schema=type.schema))
        return name if "multirange" not in type.name and name in catalogs.types() else None

    def range_of(self, multirange: str) -> str | None:
        """The range that a multirange is of."""
        type = self.parsed(multirange)
        if type.array or type.family is not Family.RANGE:
            return None
        if type.schema is not None:
            own = self._range_of(type.key)
            return written(SqlType(own.name, schema=own.schema)) if own is not None else None
        plain = type.name.replace("multirange", "range")
        return plain if plain != type.name and plain in catalogs.types() else None

    def _range_of(self, key: tuple[str, str]) -> RangeType | None:
        """The range of the schema whose multirange has a name."""
        ranges = self.catalog.ranges.values()
        return next((own for own in ranges if own.subtype and (own.schema, _multirange(own.name)) == key), None)

    def subtype_name(self, name: str) -> str | None:
        info = catalogs.types().get(name)
        if info is not None:
            return info.subtype
        key = self.parsed(name).key
        own = self.catalog.ranges.get(key) or self._range_of(key)
        return written(own.subtype) if own is not None and own.subtype is not None else None

    def parsed(self, name: str) -> SqlType:
        """The type that `written` wrote."""
        found = self._by_name.get(name)
        if found is None:
            found = self._by_name[name] = self._parse(name)
        return found

    def _parse(self, name: str) -> SqlType:
        array = name.startswith("_") and (name[1:2] == _USER or name[1:] in catalogs.types())
        plain = name[1:] if array else name
        if plain.startswith(_USER):
            schema, _, own = plain[1:].partition(_USER)
            user = self.user_type(own, schema)
            family = user.family if user is not None else Family.PSEUDO
            return SqlType(own, (), array, family, schema)
        info = catalogs.types().get(plain)
        if plain == "record":
            return SqlType("record", (), array, Family.ROW)
        family = Family.PSEUDO if info is not None and info.pseudo else Family.BASE
        if info is not None and info.category == "R":
            family = Family.RANGE
        return SqlType(plain, (), array, family)

    def common_name(self, names: Sequence[Operand]) -> str | None:
        """The manual's section 10.5; None when all are unknown, or when there is no such type."""
        known = [name for name in names if name is not None]
        if not known:
            return None
        if all(name == known[0] for name in known):
            return known[0]
        bases = [self.base(name) for name in known]
        chosen = bases[0]
        for name in bases[1:]:
            if self.category(name) != self.category(chosen):
                return None
            replaceable = not self.is_preferred(chosen) and self.coercible(chosen, name)
            if replaceable and not self.coercible(name, chosen):
                chosen = name
        return chosen if all(self.coercible(name, chosen) for name in bases) else None


def _multirange(name: str) -> str:
    """What the multirange over a range is called (manual, CREATE TYPE)."""
    return name.replace("range", "multirange", 1) if "range" in name else f"{name}_multirange"
