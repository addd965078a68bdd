"""The classes and types that a configuration names, checked against the schema that they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from keyword import iskeyword

from .diagnostics import Diagnostic, Source, Span, did_you_mean, error
from .dialects.base import Dialect, TypeFailure
from .model.catalog import Catalog
from .model.syntax import Cast, walk
from .model.types import Kind
from .model.values import value
from .project.config import Project
from .project.settings import PackageConfig
from .read.queries import read_queries

_KINDS = frozenset(str(kind.value) for kind in Kind)


@value
class Overrides:
    """`types` by column, by database type as the database shows it, or by neutral type; `names` by table."""

    types: Mapping[str, str]
    names: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def checked_overrides(project: Project, config: PackageConfig, catalog: Catalog, dialect: Dialect) -> Overrides:
    """What the configuration says of a package's classes. What it says of all packages may concern another one."""
    checking = _Checking(project, config, catalog, dialect)
    types = {checking.type_key(key) or key: path for key, path in project.config.types.items()}
    types |= {checking.type_key(key) or key: path for key, path in config.types.items()}
    names = {**project.config.names, **config.names}
    findings = [*checking.of_types(), *checking.of_names()]
    return Overrides(types, names, tuple(findings))


class _Checking:
    def __init__(self, project: Project, config: PackageConfig, catalog: Catalog, dialect: Dialect) -> None:
        self.project = project
        self.config = config
        self.types = dialect.types(catalog)
        self.dialect = dialect
        self.tables = {table.key[1]: table for table in catalog.tables.values()}
        self.columns = {f"{name}.{column.name}" for name, table in self.tables.items() for column in table.columns}

    def type_key(self, key: str) -> str | None:
        """A database type as the database shows it, whichever of its names the configuration has; None for no type."""
        if key in _KINDS or key in self.columns:
            return key
        source = Source("<type>", f"-- name: t :one\nselect cast(null as {key});")
        queries = read_queries(source, self.dialect.grammar).file.queries
        cast = next((node for query in queries for node in walk(query.query) if isinstance(node, Cast)), None)
        found = self.types.from_name(cast.type) if cast is not None else None
        return None if found is None or isinstance(found, TypeFailure) else self.types.display(found)

    def of_types(self) -> Iterator[Diagnostic]:
        for key, path in self.config.types.items():
            span = self._span("types", key)
            *before, last = key.rsplit(".", 2)
            if before and (table := self.tables.get(before[-1])) is not None:
                if table.column(last) is None:
                    columns = [column.name for column in table.columns]
                    help = did_you_mean(last, columns, f"its columns are {', '.join(columns)}")
                    yield error("unknown-column", f"table `{before[-1]}` has no column `{last}`", span, help)
            elif self.type_key(key) is None or (self._is_free() and key.casefold() not in self._declared()):
                known = [*self.columns] if before else sorted(self._declared())
                help = did_you_mean(key, known, "name a column, as in `orders.total`, or a type of the schema")
                yield error("unknown-type", f"`{key}` is neither a column nor a type of the schema", span, help)
            if not _is_path(path):
                message = f"`{path}` is no class of a module"
                yield error("bad-class", message, self._span("types", key, path), "write it as `myapp.types.Money`")

    def of_names(self) -> Iterator[Diagnostic]:
        for key, name in self.config.names.items():
            span = self._span("names", key)
            if key.rpartition(".")[2] not in self.tables:
                tables = list(self.tables)
                help = did_you_mean(key, tables, f"the tables are {', '.join(tables)}")
                yield error("unknown-table", f"there is no table `{key}`", span, help)
            if not _is_name(name):
                message = f"`{name}` cannot be the name of a class"
                yield error("bad-class", message, self._span("names", key, name), "write it as `Person`")

    def _is_free(self) -> bool:
        """Whether any words are a type, so that only those are meant that some column has."""
        return self.dialect.grammar.free_type_names

    def _declared(self) -> set[str]:
        shown = {
            self.types.display(column.type).casefold() for table in self.tables.values() for column in table.columns
        }
        return shown | {name.split("(")[0].rstrip() for name in shown} | _KINDS

    def _span(self, *keys: str) -> Span:
        return self.project.span_of("package", self.config.name, *keys)


def _is_name(text: str) -> bool:
    return text.isidentifier() and not iskeyword(text)


def _is_path(text: str) -> bool:
    parts = text.split(".")
    return len(parts) > 1 and all(_is_name(part) for part in parts)
