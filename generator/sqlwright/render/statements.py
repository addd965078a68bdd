"""A query file on one database: its statements, how its rows are made, and the classes that run it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..dialects.base import Dialect
from ..model.query import Command
from ..model.statement import MADE, Bound
from ..model.types import Kind, Type
from ..model.values import value
from .classes import STYLES, method_names
from .decoders import Decoders, DecoderView, decoded_names
from .imports import Imports
from .layout import Call, Choice, Piece, Prefixed, lay_out
from .methods import InterfaceView, MethodView, interface_doc, one_row, signature
from .named import NamedFile, NamedMethod, NamedPackage, NamedParameter
from .pythontypes import encode
from .steps import change_constant, value_places
from .text import docstring, string_literal

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
        tuple(writer.decoders.views.values()),
        classes,
    )


class _Writer:
    """Writes the parts of one module and gathers its imports and decoders on the way."""

    def __init__(self, package: NamedPackage, file: NamedFile, dialect: Dialect) -> None:
        self.file = file
        self.dialect = dialect
        self.width = package.settings.width
        taken = method_names(file) | {method.constant for method in file.methods} | decoded_names(file)
        self.imports = Imports(taken, self.width, "..models")
        self._rows = f"..{file.module}"
        self._final = self.imports.use("typing", "Final")
        self.decoders = Decoders(
            self.imports,
            dialect,
            STYLES[package.settings.models],
            self.width,
            self._rows,
            (parameter.name for method in file.methods for parameter in method.parameters),
        )

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
            call = Call(name, ("self._session", method.constant, params, self.decoders.make(method)))
            return lay_out(Prefixed(f"return {wait}", call), 8, self.width)
        function = _FETCHING[method.command][method.undone]
        call = Call(f"self._session.{function}", (method.constant, params, self.decoders.make(method)))
        return lay_out(Prefixed(f"return {wait}", call), 8, self.width)

    def _steps_function(self, name: str, awaited: bool) -> str:
        ending = "" if awaited else "_sync"
        return self.imports.use(f"{self.dialect.steps_modules[1]}{ending}", f"{name}{ending}")

    def _value_at(self, place: int, method: NamedMethod, bounds: Mapping[int, Bound]) -> Piece:
        """The value of a parameter, or the key that is made here."""
        if place in bounds:
            named = method.parameters[place]
            text = self.imports.code(self.dialect.bounds[bounds[place]], named.name)
            return Choice("None", f"{named.name} is None", text) if named.parameter.nullable else text
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
