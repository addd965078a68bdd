"""What stays the same for all queries of a package: the catalog, the dialect, and what is derived from them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from ..diagnostics import Source
from ..dialects.base import Dialect, Types
from ..model.catalog import Catalog, Column, Table
from ..model.syntax import Identifier, Query
from .keys import Key
from .scopes import RelationColumn, Resolution, TableColumn

ColumnIndex = Mapping[str, tuple[RelationColumn, ...]]
ViewKeys = tuple[Key, ...]


class Environment:
    """A catalog with its dialect's rules. Queries of one schema share one, so that its tables are looked at once."""

    def __init__(self, catalog: Catalog, dialect: Dialect) -> None:
        self.catalog = catalog
        self.dialect = dialect
        self.types: Types = dialect.types(catalog)
        self._tables_by_key: dict[tuple[str, str], Table] = {}
        self._view_keys: dict[Table, ViewKeys] = {}
        self._hidden: dict[Table, tuple[Column, ...]] = {}
        self._view_resolutions: dict[Table, Resolution] = {}
        self._columns: dict[Table, tuple[tuple[RelationColumn, ...], ColumnIndex]] = {}
        self._own: dict[Table, Mapping[str, Column]] = {}
        self.generated: dict[Column, Table] = {}
        """The tables of the generated columns that queries have met."""
        self.computed_never_null: dict[Column, bool] = {}

    def spelled(self, name: Identifier) -> str:
        return self.dialect.names.spelled(name)

    def column_key(self, name: str) -> str:
        return self.dialect.names.column_key(name)

    def table_key(self, name: str) -> str:
        return self.dialect.names.table_key(name)

    def table(self, parts: tuple[Identifier, ...]) -> Table | None:
        """The table, view or system relation of a name."""
        name = self.spelled(parts[-1])
        schema = self.spelled(parts[-2]) if len(parts) > 1 else None
        found = self.catalog.tables.get((schema or self.catalog.default_schema, name))
        if found is not None:
            return found
        folded = self.table_key
        if not self._tables_by_key:
            self._tables_by_key.update(
                {(folded(key[0]), folded(key[1])): table for key, table in self.catalog.tables.items()}
            )
        wanted = (folded(schema or self.catalog.default_schema), folded(name))
        return self._tables_by_key.get(wanted) or self.dialect.system_table(schema, name)

    def columns(self, table: Table) -> tuple[tuple[RelationColumn, ...], ColumnIndex]:
        """The columns of a table as a relation has them, and all that can be named, by folded name."""
        found = self._columns.get(table)
        if found is None:
            columns = tuple(
                RelationColumn(column.name, TableColumn(column)) for column in table.columns if not column.invisible
            )
            unlisted = [*(column for column in table.columns if column.invisible), *self.hidden(table)]
            self.generated |= {column: table for column in table.columns if column.generated is not None}
            hidden = [RelationColumn(column.name, TableColumn(column)) for column in unlisted]
            found = self._columns[table] = (columns, self.index((*columns, *hidden)))
        return found

    @cached_property
    def parents(self) -> frozenset[tuple[str, str]]:
        """The tables whose rows are read with those of tables that inherit from them."""
        return frozenset(parent for table in self.catalog.tables.values() for parent in table.parents)

    def view_keys(self, view: Table, read: Callable[[Table, Environment], ViewKeys]) -> ViewKeys:
        """The unique keys of a view, which are read once."""
        found = self._view_keys.get(view)
        if found is None:
            found = self._view_keys[view] = read(view, self)
        return found

    def view_resolution(self, view: Table, read: Callable[[Query, Source, Environment], Resolution]) -> Resolution:
        """The names of a view's query, which are resolved once."""
        found = self._view_resolutions.get(view)
        if found is None:
            query, source = view.query, view.source
            assert query is not None
            assert source is not None
            found = self._view_resolutions[view] = read(query, source, self)
        return found

    def own_column(self, table: Table, name: str) -> Column | None:
        """The column that a table declares under a name, shown by a star or not."""
        found = self._own.get(table)
        if found is None:
            found = self._own[table] = {self.column_key(column.name): column for column in reversed(table.columns)}
        return found.get(self.column_key(name))

    def hidden(self, table: Table) -> tuple[Column, ...]:
        """The columns that a star does not show."""
        found = self._hidden.get(table)
        if found is None:
            found = self._hidden[table] = self.dialect.hidden_columns(table)
        return found

    def index(self, columns: Iterable[RelationColumn]) -> ColumnIndex:
        """Columns by folded name."""
        result: dict[str, tuple[RelationColumn, ...]] = {}
        for column in columns:
            key = self.column_key(column.name)
            result[key] = (*result.get(key, ()), column)
        return result
