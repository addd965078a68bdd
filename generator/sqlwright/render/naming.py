"""Names for everything in a package; what would have two meanings, or none, is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..diagnostics import Diagnostic, Span, did_you_mean, error
from ..dialects import NAMES
from ..model.catalog import Catalog, Column, EnumType, Key, RelationKind, Table
from ..model.documents import DocumentValue
from ..model.syntax import Delete, Insert, Query, Update, walk
from ..model.typed import Cardinality, TypedColumn, TypedParameter, TypedQuery
from ..model.types import Kind, Type
from . import names
from .named import (
    NamedClass,
    NamedEnum,
    NamedField,
    NamedFile,
    NamedMethod,
    NamedPackage,
    NamedParameter,
    Package,
    TranslatedFile,
    TranslatedQuery,
)
from .objects import ObjectNaming

RESERVED_FILES: Final = frozenset(
    ("close", "connect", "connect_sync", "database", "migrate", "migrations", "models", "transaction")
)
"""What a package has beside its query files."""
_PYDANTIC_MEMBERS: Final = frozenset(
    (
        "construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump "
        "model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name "
        "model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj "
        "parse_raw schema schema_json update_forward_refs validate"
    ).split()
)
_HIDDEN: Final = (RelationKind.SYSTEM,)


class Naming:
    """Gives names to the things of one package, and gathers what is wrong with them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.catalog = package.catalog
        self.findings: list[Diagnostic] = []
        self._types = package.settings.types or {}
        self._names = package.settings.names or {}
        self._column_places = _column_places(package.catalog)
        self._sql_types = package.dialect.types(package.catalog)
        self._enum_names: dict[Key, str] = {}
        self._classes: dict[Key, NamedClass] = {}
        self._objects = ObjectNaming(
            self._classes, self.attribute, self._enum_of, self._value_override, self._check_members
        )

    def package_names(self) -> NamedPackage:
        """The whole package, named."""
        enums = self._enums()
        tables = self._tables()
        self._check_unique(
            [(found.name, self._span_of(found.table)) for found in tables]
            + [(found.name, enum.span) for found, enum in zip(enums, self.catalog.enums.values(), strict=True)],
            "the class `{name}`",
            'give one of them another name: [tool.sqlwright.package.names] "{name}" = "…"',
        )
        files = [self._file(file) for file in self.package.files if file.queries or file.known]
        self._check_methods([file for file in files if file.methods])
        return NamedPackage(self.package.settings, self.package.targets, tuple(enums), tuple(tables), tuple(files))

    # Models

    def _enums(self) -> list[NamedEnum]:
        result: list[NamedEnum] = []
        for key, enum in self.catalog.enums.items():
            name = self._chosen(key) or names.class_name(enum.name)
            self._enum_names[key] = name
            result.append(NamedEnum(name, self._members(enum), _lines(enum.comment)))
        return result

    def _members(self, enum: EnumType) -> tuple[tuple[str, str], ...]:
        members = tuple((names.upper(label), label) for label in enum.labels)
        seen: dict[str, str] = {}
        for member, label in members:
            if member in seen:
                self._report(
                    "name-collision",
                    f"the labels '{seen[member]}' and '{label}' of `{enum.name}` would both be the member `{member}`",
                    enum.span,
                    "rename one of the labels",
                )
            seen[member] = label
        return members

    def _tables(self) -> list[NamedClass]:
        result: list[NamedClass] = []
        for key, table in self.catalog.tables.items():
            if table.kind in _HIDDEN or table.partition_of is not None or not table.columns:
                continue
            name = self._chosen(key) or names.class_name(table.name)
            fields = tuple(self._table_field(table, column) for column in table.columns)
            spans = [(field.name, column.span) for field, column in zip(fields, table.columns, strict=True)]
            self._check_unique(spans, f"the attribute `{{name}}` of `{name}`", "rename one of the columns")
            self._classes[key] = NamedClass(name, fields, _lines(table.comment), key)
            result.append(self._classes[key])
        return result

    def _table_field(self, table: Table, column: Column) -> NamedField:
        type = self._neutral(column)
        override = self._override(column, (table.key, column.name), type)
        return NamedField(
            self.attribute(column.name, "column"),
            type,
            column.nullable,
            _lines(column.comment),
            override,
            self._enum_of(type),
            key=column.name,
        )

    def attribute(self, name: str, fallback: str) -> str:
        """A column as an attribute."""
        found = names.snake(name, fallback)
        if found == "mro":  # every class has it, so that dataclasses take it for a default
            return "mro_"
        if self.package.settings.models == "pydantic":
            found = found.lstrip("_") or fallback
            if found in _PYDANTIC_MEMBERS or found.startswith("model_"):
                found += "_"
        return found

    def _neutral(self, column: Column) -> Type:
        return self._sql_types.neutral(column.type)

    def _chosen(self, key: Key) -> str | None:
        """The name that the configuration gives the class of a table or an enum."""
        schema, name = key
        return self._names.get(f"{schema}.{name}") or self._names.get(name)

    def _enum_of(self, type: Type) -> str | None:
        inner = type
        while inner.element is not None:
            inner = inner.element
        return self._enum_names.get(inner.enum) if inner.enum is not None else None

    # Overrides

    def _override(self, column: Column, place: tuple[Key, str] | None, type: Type) -> str | None:
        """The class that the configuration names for a column of a table."""
        if place is not None:
            (schema, table), name = place
            for key in (f"{schema}.{table}.{name}", f"{table}.{name}"):
                if key in self._types:
                    return self._types[key]
        return self._by_type(self._sql_types.display(column.type), type)

    def _parameter_override(self, parameter: TypedParameter) -> str | None:
        for column in parameter.meets:
            place = self._column_places.get(id(column))
            found = self._override(column, place, parameter.type) if place is not None else None
            if found is not None:
                return found
        return self._by_type(parameter.db_type, parameter.type)

    def _column_override(self, column: TypedColumn) -> str | None:
        if column.override is not None:
            return self._written_override(column)
        return self._origin_override(column.origin, column.db_type, column.type)

    def _value_override(self, value: DocumentValue) -> str | None:
        return self._origin_override(value.origin, "", value.type)

    def _origin_override(self, place: tuple[Key, str] | None, db_type: str, type: Type) -> str | None:
        table = self.catalog.tables.get(place[0]) if place is not None else None
        column = table.column(place[1]) if table is not None and place is not None else None
        return self._override(column, place, type) if column is not None else self._by_type(db_type, type)

    def _by_type(self, db_type: str, type: Type) -> str | None:
        """The class for a database type, with its arguments or without, or for a neutral type."""
        if not self._types:
            return None
        folded = {name.casefold(): path for name, path in self._types.items()}
        for name in (db_type, db_type.split("(", maxsplit=1)[0].rstrip(), str(type)):
            if name.casefold() in folded:
                return folded[name.casefold()]
        return None

    def _written_override(self, column: TypedColumn) -> str | None:
        """`-- column total: Money`: a dotted name, or the last part of one that the configuration has."""
        wanted = column.override or ""
        if "." in wanted:
            return wanted
        known = {path.rpartition(".")[2]: path for path in self._types.values()}
        known |= {name: name for name in self._enum_names.values()}
        if wanted not in known:
            help = did_you_mean(wanted, list(known), "write the class with its module: myapp.types.Money")
            self._report("unknown-type", f"there is no class `{wanted}`", column.span, help)
        return known.get(wanted)

    # Query files

    def _file(self, file: TranslatedFile) -> NamedFile:
        module = names.snake(file.stem, "queries").lstrip("_")
        methods = tuple(self._method(query) for query in file.queries)
        rows: list[NamedClass] = []
        spans: list[tuple[str, Span | None]] = []
        for method in methods:
            own = (method.row,) if method.row is not None and method.row.table is None else ()
            rows += [*method.objects, *own]
            spans += [(cls.name, method.query.query.name_span) for cls in (*method.objects, *own)]
        self._check_unique(spans, "the class `{name}`", "give a query, or a column of one, another name")
        return NamedFile(module, names.pascal(file.stem, "Queries"), file.path, methods, tuple(rows))

    def _method(self, translated: TranslatedQuery) -> NamedMethod:
        query = translated.query
        named = query.query
        name = method_name(named.name)
        objects: list[NamedClass] = []
        value, row = self._result(query, objects)
        return NamedMethod(
            name,
            names.upper(named.name),
            named.command,
            query,
            translated.statements,
            self._parameters(query),
            named.doc,
            value,
            row,
            must_be_undone(query),
            tuple(objects),
        )

    def _parameters(self, query: TypedQuery) -> tuple[NamedParameter, ...]:
        result = tuple(
            NamedParameter(
                names.snake(parameter.name, "arg"),
                parameter,
                self._parameter_override(parameter),
                self._enum_of(parameter.type),
            )
            for parameter in query.parameters
        )
        spans = [(named.name, named.parameter.span) for named in result]
        self._check_unique(spans, f"the argument `{{name}}` of `{query.query.name}`", "rename one of the parameters")
        return result

    def _result(self, query: TypedQuery, objects: list[NamedClass]) -> tuple[NamedField | None, NamedClass | None]:
        """The value or the row that a query's method gives. Adds the classes of what its JSON holds to `objects`."""
        command = query.query.command
        if not (command.reads_rows or command.value == "execlastid") or not query.columns:
            return None, None
        fields = self._row_fields(query, objects)
        if len(fields) == 1:
            return fields[0], None
        if query.table is not None and query.table in self._classes:
            return None, self._classes[query.table]
        name = names.pascal(query.query.name, "Query") + "Row"
        return None, NamedClass(name, tuple(fields), (), holds=f"A row of {query.query.name}.")

    def _row_fields(self, query: TypedQuery, objects: list[NamedClass]) -> list[NamedField]:
        fields: list[NamedField] = []
        spans: list[tuple[str, Span | None]] = []
        embedded: set[str] = set()
        for column in query.columns:
            if column.embedded is None:
                fields.append(self._field(column, query, objects))
            elif column.embedded in embedded:
                continue
            else:
                embedded.add(column.embedded)
                fields.append(self._nested(column))
            spans.append((fields[-1].name, column.span))
        self._check_unique(
            spans,
            f"the attribute `{{name}}` of the rows of `{query.query.name}`",
            "give one of the columns another name with AS",
        )
        return fields

    def _field(self, column: TypedColumn, query: TypedQuery, objects: list[NamedClass]) -> NamedField:
        name = self.attribute(column.name.strip("?"), "column")
        as_json = (column.override or "").lower() == Kind.JSON.value
        override = self._column_override(column) if not as_json else None
        if column.shape is not None and override is None and not as_json:
            value = DocumentValue(column.type, column.nullable, column.shape)
            return self._objects.field(column.name, value, (query.query.name, column.name), column.span, objects)
        return NamedField(name, column.type, column.nullable, (), override, self._enum_of(column.type))

    def _nested(self, column: TypedColumn) -> NamedField:
        assert column.embedded is not None
        cls = self._classes.get(column.embedded_table) if column.embedded_table is not None else None
        if cls is None:
            self._report(
                "embed-without-table",
                f"`{column.embedded}` is no table, so that its rows have no class to embed",
                column.span,
                "embed a table or a view of the schema",
            )
        name = self.attribute(column.embedded, "row")
        return NamedField(name, column.type, column.embedded_missing, nested=cls)

    # Checks

    def _check_unique(self, found: Iterable[tuple[str, Span | None]], what: str, help: str) -> None:
        """Report names that come twice; in `what` and `help`, {name} is the name."""
        seen: dict[str, Span | None] = {}
        for name, span in found:
            if name in seen:
                first = seen[name]
                related = ((first, "the other"),) if first is not None else ()
                message = f"two names would both be {what.format(name=name)}"
                self.findings.append(error("name-collision", message, span, help.format(name=name), related))
            seen.setdefault(name, span)

    def _check_members(self, found: Sequence[tuple[str, Span | None]], where: str) -> None:
        self._check_unique(found, f"the attribute `{{name}}` of {where}", "rename one of the members")

    def _check_methods(self, files: list[NamedFile]) -> None:
        """Names of methods, which are unique in a package as those of queries are."""
        found = [(method.name, method.query.query.name_span) for file in files for method in file.methods]
        self._check_unique(found, "the method `{name}`", "rename one of the queries")
        modules: dict[str, NamedFile] = {}
        reserved = RESERVED_FILES | set(NAMES)
        for file in files:
            first = file.methods[0].query.query.source.span(0, 0)
            if file.module in reserved:
                message = f"a query file cannot be named `{file.module}.sql`: the package has a member of that name"
                self._report("reserved-name", message, first, f"rename the file, to {file.module}_queries.sql perhaps")
            if file.module in modules:
                other = modules[file.module].path
                message = f"`{file.path}` and `{other}` would both be the module `{file.module}`"
                self._report("name-collision", message, first, "rename one of the files")
            modules.setdefault(file.module, file)

    def _span_of(self, key: Key | None) -> Span | None:
        table = self.catalog.tables.get(key) if key is not None else None
        return table.span if table is not None else None

    def _report(self, code: str, message: str, span: Span | None, help: str | None) -> None:
        self.findings.append(error(code, message, span, help))


def method_name(query: str) -> str:
    """The method of a query."""
    return names.snake(query, "query").lstrip("_")


def must_be_undone(query: TypedQuery) -> bool:
    """Whether a wrong number of rows has to undo a statement: it changes rows, and can give more than one."""
    if not query.changes_rows:
        return False
    statement = query.query.query
    if _changes_within(statement):
        return True
    return query.cardinality not in (Cardinality.ONE, Cardinality.AT_MOST_ONE)


def _changes_within(statement: Query) -> bool:
    """Whether a WITH query of the statement changes rows, or the statement is none that we know to do so itself."""
    if not isinstance(statement, Insert | Update | Delete):
        return True
    return any(isinstance(node, Insert | Update | Delete) and node is not statement for node in walk(statement))


def _column_places(catalog: Catalog) -> Mapping[int, tuple[Key, str]]:
    return {id(column): (table.key, column.name) for table in catalog.tables.values() for column in table.columns}


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
