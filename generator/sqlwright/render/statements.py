"""A query file on one database: its statements, how its rows are made, and the classes that run it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..dialects.base import Code, Dialect
from ..model.query import Command
from ..model.statement import MADE, Bound
from ..model.types import Kind, Type
from ..model.values import value
from .classes import STYLES, method_names
from .imports import Imports
from .layout import Call, Choice, Piece, Prefixed, lay_out
from .methods import InterfaceView, MethodView, interface_doc, one_row, signature
from .named import NamedClass, NamedField, NamedFile, NamedMethod, NamedPackage, NamedParameter
from .names import snake
from .pythontypes import MODELS, decode, driver_annotation, encode
from .steps import change_constant, value_places
from .text import docstring, string_literal

_PLAIN_CALL: Final = re.compile(r"(\w+)\(\{0\}\)")
_BUILT_IN: Final = frozenset(("bool", "bytes", "float", "int", "str"))
_FETCHING: Final = {
    Command.ONE: ("fetch_one", "change_one"),
    Command.EXECLASTID: ("fetch_one", "change_one"),
    Command.OPT: ("fetch_optional", "change_optional"),
    Command.MANY: ("fetch_all", "fetch_all"),
}
_RETURNING: Final = {
    Command.ONE: "returned_one",
    Command.EXECLASTID: "returned_one",
    Command.OPT: "returned_optional",
    Command.MANY: "returned_all",
}
"""The functions that make a change in several statements."""


@value
class ConstantView:
    text: str


@value
class DecoderView:
    """A function that makes a row, or a value, of what the driver gives."""

    signature: str
    doc: str
    body: str


@value
class StatementsView:
    """A module of `<dialect>/`, as its template writes it."""

    doc: str
    imports: str
    exported: str
    constants: tuple[ConstantView, ...]
    decoders: tuple[DecoderView, ...]
    classes: tuple[InterfaceView, ...]


def statements_view(
    package: NamedPackage, file: NamedFile, dialect: Dialect, kinds: tuple[bool, ...]
) -> StatementsView:
    """The module of a query file on a database; `kinds` has True for the awaited class, False for the other."""
    writer = _Writer(package, file, dialect)
    classes = tuple(writer.interface(awaited) for awaited in kinds)
    constants = tuple(writer.constant(method) for method in file.methods)
    exported = tuple(f'"{name}"' for name in (f"{file.name}{'' if awaited else 'Sync'}" for awaited in kinds))
    return StatementsView(
        docstring((f"The queries of {file.path.rpartition('/')[2]} on {dialect.title}.",), 0),
        "\n".join(writer.imports.lines()),
        lay_out(Prefixed("__all__ = ", Call("", exported, brackets="[]")), 0, writer.width),
        constants,
        tuple(writer.decoders.values()),
        classes,
    )


class _Writer:
    """Writes the parts of one module and gathers its imports and decoders on the way."""

    def __init__(self, package: NamedPackage, file: NamedFile, dialect: Dialect) -> None:
        self.file = file
        self.dialect = dialect
        self.width = package.settings.width
        self.style = STYLES[package.settings.models]
        taken = method_names(file) | {method.constant for method in file.methods} | decoded_names(file)
        self.imports = Imports(taken, self.width, "..models")
        self.decoders: dict[str, DecoderView] = {}
        self._rows = f"..{file.module}"
        self._final = self.imports.use("typing", "Final")
        self._taken = {parameter.name for method in file.methods for parameter in method.parameters}

    # Statements

    def constant(self, method: NamedMethod) -> ConstantView:
        """A statement as the server gets it."""
        statement = method.statements[self.dialect.name]
        if statement.steps is not None:
            change = change_constant(statement.steps, self.dialect.steps_modules[0], self.imports)
            return ConstantView(lay_out(Prefixed(f"{method.constant}: {self._final} = ", change), 0, self.width))
        text = string_literal(statement.sql)
        line = f"{method.constant}: {self._final} = {text}"
        if "\n" not in text and len(line) > self.width:
            line = f"{method.constant}: {self._final} = (\n    {text}\n)"
        return ConstantView(line)

    # Methods

    def interface(self, awaited: bool) -> InterfaceView:
        """The class that runs the queries."""
        session = self.imports.use(f"sqlwright.runtime.{self.dialect.name}", "Session" if awaited else "SessionSync")
        return InterfaceView(
            self.file.name if awaited else f"{self.file.name}Sync",
            interface_doc(self.file, f", run on {self.dialect.title}{'' if awaited else ' without await'}."),
            tuple(self._method(method, awaited) for method in self.file.methods),
            session,
        )

    def _method(self, method: NamedMethod, awaited: bool) -> MethodView:
        head = signature(method, self.imports, self.width, awaited=awaited, ending="", rows=self._rows)
        doc = docstring(method.doc, 8) if method.doc else None
        return MethodView(head, doc, self._body(method, awaited))

    def _body(self, method: NamedMethod, awaited: bool) -> str:
        statement = method.statements[self.dialect.name]
        places = statement.params if statement.steps is None else value_places(statement.steps)
        params = Call(
            "", tuple(self._value_at(place, method, dict(statement.bounds)) for place in places), single_comma=True
        )
        wait = "await " if awaited else ""
        if one_row(method, None) is None:
            call = Call("self._session.execute", (method.constant, params))
            if statement.steps is not None:
                call = Call(self._steps_function("counted", awaited), ("self._session", method.constant, params))
            returns = "" if method.command in (Command.EXEC,) else "return "
            return lay_out(Prefixed(returns + wait, call), 8, self.width)
        if statement.numbers:
            call = Call("self._session.insert", (method.constant, params))
            return lay_out(Prefixed(f"return {wait}", call), 8, self.width)
        if statement.steps is not None:
            name = self._steps_function(_RETURNING[method.command], awaited)
            call = Call(name, ("self._session", method.constant, params, self._make(method)))
            return lay_out(Prefixed(f"return {wait}", call), 8, self.width)
        function = _FETCHING[method.command][method.undone]
        call = Call(f"self._session.{function}", (method.constant, params, self._make(method)))
        return lay_out(Prefixed(f"return {wait}", call), 8, self.width)

    def _steps_function(self, name: str, awaited: bool) -> str:
        ending = "" if awaited else "_sync"
        return self.imports.use(f"{self.dialect.steps_modules[1]}{ending}", f"{name}{ending}")

    def _value_at(self, place: int, method: NamedMethod, bounds: Mapping[int, Bound]) -> Piece:
        """The value of a parameter, or the key that is made here."""
        if place in bounds:
            return self.imports.code(self.dialect.bounds[bounds[place]], method.parameters[place].name)
        if place != MADE:
            return self._value(method.parameters[place])
        made = f"{self.imports.use('uuid', 'uuid4')}()"
        encode = self.dialect.binding(Type(Kind.UUID)).encode
        return made if encode is None else self.imports.code(encode, made)

    def _value(self, named: NamedParameter) -> Piece:
        """A parameter as the driver takes it."""
        code = encode(named, self.dialect)
        if code is None:
            return named.name
        text = self.imports.code(code, named.name)
        return Choice("None", f"{named.name} is None", text) if named.parameter.nullable else text

    # Rows

    def _make(self, method: NamedMethod) -> str:
        """What makes the result of a row's values: a class, a built-in, or a decoder."""
        if method.row is not None:
            return self._row_maker(method.row)
        assert method.value is not None
        if method.value.nested is not None and not method.value.nullable:
            return self._row_maker(method.value.nested)
        return self._plain_maker(method.value) or self._value_maker(method, method.value)

    def _plain_maker(self, field: NamedField) -> str | None:
        """The function that a value goes through, where that is all there is to it."""
        if field.nullable or field.nested is not None:
            return None
        code = decode(field, self.dialect)
        if code is None:
            driver = self.dialect.binding(field.type).driver
            return self.imports.builtin(driver) if driver in _BUILT_IN else None
        match = _PLAIN_CALL.fullmatch(code.text)
        return self.imports.code(Code(match[1], code.imports), "") if match is not None else None

    def _value_maker(self, method: NamedMethod, field: NamedField) -> str:
        name = self._free(f"_{method.name}_value")
        result = one_row(method, self._rows)
        assert result is not None
        arguments = self._arguments((field,), "")
        self.decoders[name] = self._decoder(
            name, arguments, self.imports.annotation(result), self._built(field, ""), "value"
        )
        return name

    def _row_maker(self, cls: NamedClass) -> str:
        local = self.imports.use(MODELS if cls.table is not None else self._rows, cls.name)
        if self.style.positional and all(
            field.nested is None and decode(field, self.dialect) is None for field in cls.fields
        ):
            return local
        name = self._free(f"_{snake(cls.name, 'row')}")
        if name not in self.decoders:
            arguments = self._arguments(cls.fields, "")
            self.decoders[name] = self._decoder(name, arguments, local, self._constructed(cls, ""), "row")
        return name

    def _decoder(self, name: str, arguments: tuple[str, ...], result: str, built: Piece, what: str) -> DecoderView:
        head = Call(f"def {name}", arguments, f" -> {result}:")
        return DecoderView(
            lay_out(head, 0, self.width),
            docstring((f"A {what} as {self.dialect.title} gives it.",), 4),
            lay_out(Prefixed("return ", built), 4, self.width),
        )

    def _arguments(self, fields: tuple[NamedField, ...], prefix: str, missing: bool = False) -> tuple[str, ...]:
        """The values of a row, each as the driver gives it; those of nested rows among them."""
        found: list[str] = []
        for field in fields:
            if field.nested is not None:
                found += self._arguments(field.nested.fields, f"{prefix}{field.name}_", field.nullable)
                continue
            annotation = driver_annotation(field, field.nullable or missing, self.dialect)
            found.append(f"{prefix}{field.name}: {self.imports.annotation(annotation)}")
        return tuple(found)

    def _constructed(self, cls: NamedClass, prefix: str) -> Call:
        """A call of a class with the values of a row."""
        local = self.imports.use(MODELS if cls.table is not None else self._rows, cls.name)
        values = tuple(self._built(field, prefix) for field in cls.fields)
        if not self.style.positional:
            values = tuple(Prefixed(f"{field.name}=", value) for field, value in zip(cls.fields, values, strict=True))
        return Call(local, values)

    def _built(self, field: NamedField, prefix: str) -> Piece:
        """A field's value, from what stands for it among the arguments."""
        name = prefix + field.name
        if field.nested is not None:
            built = self._constructed(field.nested, f"{name}_")
            return _unless_missing(field.nested, f"{name}_", built) if field.nullable else built
        code = decode(field, self.dialect)
        if code is None:
            return name
        text = self.imports.code(code, name)
        return Choice("None", f"{name} is None", text) if field.nullable else text

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        return name


def _unless_missing(cls: NamedClass, prefix: str, built: Call) -> Choice:
    """A nested row, or None when the outer join found none: every column that cannot be NULL is."""
    required = [field.name for field in cls.fields if not field.nullable]
    if required:
        condition = " or ".join(f"{prefix}{name} is None" for name in required)
    else:
        condition = " and ".join(f"{prefix}{field.name} is None" for field in cls.fields)
    return Choice("None", condition, built)


def decoded_names(file: NamedFile) -> set[str]:
    """The names of the values that decoders take."""
    found: set[str] = set()
    pending: list[tuple[str, NamedField]] = []
    for method in file.methods:
        fields = method.row.fields if method.row is not None else (method.value,) if method.value is not None else ()
        pending += [("", field) for field in fields]
    while pending:
        prefix, field = pending.pop()
        found.add(prefix + field.name)
        if field.nested is not None:
            pending += [(f"{prefix}{field.name}_", inner) for inner in field.nested.fields]
            pending += [("", inner) for inner in field.nested.fields]
    return found
