"""PostgreSQL's own types, casts, operators, functions and relations, as read off a server.

The files of `data/` are written by generator/tools/read_postgres_catalogs.py, which says what their fields are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files

from ...model.values import value


@value
class TypeInfo:
    """A row of pg_type: `category` and `preferred` steer the choice between candidates (manual, chapter 10)."""

    name: str
    category: str
    preferred: bool
    pseudo: bool
    element: str | None
    subtype: str | None
    extension: str | None


@value
class Signature:
    """A function or operator: what it takes and gives."""

    name: str
    args: tuple[str, ...]
    result: str
    kind: str = "f"
    strict: bool = False
    returns_set: bool = False
    variadic: str | None = None
    defaults: int = 0
    columns: tuple[tuple[str, str], ...] = ()
    arg_names: tuple[str, ...] = ()
    direct_args: int | None = None
    """For an ordered-set aggregate, how many arguments stand before WITHIN GROUP."""
    extension: str | None = None
    schema: str | None = None


def _lines(name: str) -> list[str]:
    text = files("sqlwright.dialects.postgres").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    return text.splitlines()


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name))


@cache
def types() -> Mapping[str, TypeInfo]:
    """Every type by name; arrays stand under the names of their elements only."""
    return {
        name: TypeInfo(
            name, category, preferred == "p", typtype == "p", element or None, sub or None, extension or None
        )
        for name, typtype, category, preferred, element, sub, extension in _rows("types")
    }


@cache
def casts() -> Mapping[tuple[str, str], str]:
    """Casts by source and target: "i" implicit, "a" in assignments, "e" explicit."""
    return {(source, target): context for source, target, context, _, _ in _rows("casts")}


@cache
def operators() -> Mapping[str, tuple[Signature, ...]]:
    """Operators by name; a prefix operator has one argument."""
    found: dict[str, list[Signature]] = {}
    for name, left, right, result, strict, extension in _rows("operators"):
        args = (left, right) if left else (right,)
        found.setdefault(name, []).append(
            Signature(name, args, result, "o", strict == "s", extension=extension or None)
        )
    return {name: tuple(signatures) for name, signatures in found.items()}


@cache
def functions(name: str) -> tuple[Signature, ...]:
    """The functions of a name, extensions' among them."""
    return tuple(_function(line) for line in _functions().get(name, ()))


def function_names() -> Collection[str]:
    """The names that functions have."""
    return _functions().keys()


@cache
def _functions() -> Mapping[str, list[str]]:
    """The lines of functions by their names. A run needs few of the thousands, so that each is read when asked for."""
    found: dict[str, list[str]] = {}
    for line in _lines("functions"):
        found.setdefault(line.partition("\t")[0], []).append(line)
    return found


def _function(line: str) -> Signature:
    fields = line.split("\t")
    name, kind, flags, result, variadic, defaults, args, out_names, out_types, in_names, aggregate, extension = fields
    return Signature(
        name,
        tuple(args.split()),
        result,
        kind,
        "s" in flags,
        "r" in flags,
        variadic or None,
        int(defaults),
        tuple(zip(out_names.split(), out_types.split(), strict=False)),
        tuple(in_names.split()),
        int(aggregate[1:]) if aggregate[:1] in ("o", "h") else None,
        extension or None,
    )


@cache
def known_extensions() -> frozenset[str]:
    """The extensions whose functions are known here, and those that bring none."""
    own = {line.rpartition("\t")[2] for lines in _functions().values() for line in lines}
    return frozenset(name for name in own if name) | _WITHOUT_FUNCTIONS


_WITHOUT_FUNCTIONS = frozenset(("plpgsql", "btree_gin", "btree_gist", "pg_stat_statements", "pg_prewarm", "bloom"))


@cache
def relations() -> Mapping[tuple[str, str], tuple[tuple[str, str, bool], ...]]:
    """System relations by schema and name: their columns as name, type and whether NOT NULL is declared."""
    found: dict[tuple[str, str], tuple[tuple[str, str, bool], ...]] = {}
    for schema, name, _, columns in _rows("relations"):
        fields = (column.split(" ") for column in columns.split(","))
        found[(schema, name)] = tuple((field, kind.rstrip("!"), kind.endswith("!")) for field, kind in fields)
    return found
