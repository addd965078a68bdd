"""The functions that make rows and values of what a driver gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ..dialects.base import Code, Dialect
from ..model.values import value
from .classes import ModelStyle
from .imports import Imports
from .layout import Call, Choice, Piece, Prefixed, lay_out
from .methods import one_row
from .named import NamedClass, NamedField, NamedFile, NamedMethod
from .names import snake
from .objects import DOCUMENTS, of_document, reader
from .pythontypes import MODELS, decode, driver_annotation, field_annotation, then, user_class
from .text import docstring, string_literal

_PLAIN_CALL: Final = re.compile(r"(\w+)\(\{0\}\)")
_BUILT_IN: Final = frozenset(("bool", "bytes", "float", "int", "str"))


@value
class DecoderView:
    """A function that makes a row, or a value, of what the driver gives."""

    signature: str
    doc: str
    body: str


class Decoders:
    """The decoders of one module. `rows` is the module of the file's classes; no decoder has a name of `taken`."""

    def __init__(
        self, imports: Imports, dialect: Dialect, style: ModelStyle, width: int, rows: str, taken: Iterable[str]
    ) -> None:
        self.imports = imports
        self.dialect = dialect
        self.style = style
        self.width = width
        self.views: dict[str, DecoderView] = {}
        self._rows = rows
        self._taken = frozenset(taken)

    def make(self, method: NamedMethod) -> str:
        """What makes the result of a row's values: a class, a built-in, or a decoder."""
        if method.row is not None:
            return self._row_maker(method.row)
        assert method.value is not None
        if method.value.nested is not None and not method.value.nullable:
            return self._row_maker(method.value.nested)
        return self._plain_maker(method.value) or self._value_maker(method, method.value)

    def _plain_maker(self, field: NamedField) -> str | None:
        """The function that a value goes through, where that is all there is to it."""
        if field.nullable or field.nested is not None or field.is_document:
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
        self.views[name] = self._decoder(
            name, arguments, self.imports.annotation(result), self._built(field, ""), "value"
        )
        return name

    def _row_maker(self, cls: NamedClass) -> str:
        local = self.imports.use(MODELS if cls.table is not None else self._rows, cls.name)
        if self.style.positional and all(
            field.nested is None and not field.is_document and decode(field, self.dialect) is None
            for field in cls.fields
        ):
            return local
        name = self._free(f"_{snake(cls.name, 'row')}")
        if name not in self.views:
            arguments = self._arguments(cls.fields, "")
            self.views[name] = self._decoder(name, arguments, local, self._constructed(cls, ""), "row")
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
        if field.is_document:
            text: Piece = self._read(field, self.imports.code(of_document("document"), name))
            return Choice("None", f"{name} is None", text) if field.nullable else text
        code = decode(field, self.dialect)
        if code is None:
            return name
        text = self.imports.code(code, name)
        return Choice("None", f"{name} is None", text) if field.nullable else text

    # Documents

    def _read(self, field: NamedField, value: str) -> Piece:
        """A field's value, read out of a document that has something there."""
        if field.row is not None:
            return Call(self._object_maker(field.row), (value,))
        item = field.item
        if item is None and field.type.element is not None:
            item = NamedField("item", field.type.element, False, (), None, field.enum)
        if item is None:
            return self.imports.code(self._reader(field), value)
        name = "list_of_optional" if item.nullable else "list_of"
        found = Call(self.imports.use(DOCUMENTS, name), (value, self._item_maker(item)))
        if field.override is None:
            return found
        own = user_class(field.override)
        return Call(self.imports.code(Code(own.text.removesuffix("({0})"), own.imports), ""), (found,))

    def _reader(self, field: NamedField) -> Code:
        """How a value that is no object and no array is read out of a document."""
        own = reader(field.type)
        if field.override is not None:
            return then(own, user_class(field.override))
        return then(own, Code(f"{field.enum}({{0}})", ((MODELS, field.enum),))) if field.enum is not None else own

    def _item_maker(self, item: NamedField) -> str:
        """The function that reads an item of an array."""
        if item.row is not None:
            return self._object_maker(item.row)
        if item.item is None and item.type.element is None:
            code = self._reader(item)
            match = _PLAIN_CALL.fullmatch(code.text)
            if match is not None:
                return self.imports.code(Code(match[1], code.imports), "")
        present = replace(item, nullable=False)
        result = self.imports.annotation(field_annotation(present, self.style.json, self._rows))
        name = f"_{snake(_made_of(present), 'value')}_item_in_json"
        return self._document_decoder(name, result, self._read(present, "value"), "An item")

    def _object_maker(self, cls: NamedClass) -> str:
        """The function that reads an object of a class."""
        local = self.imports.use(MODELS if cls.table is not None else self._rows, cls.name)
        first = f"row = {self.imports.code(of_document('members'), 'value')}"
        name = f"_{snake(cls.name, 'object')}_in_json"
        return self._document_decoder(name, local, self._members(cls, local), "An object", first)

    def _members(self, cls: NamedClass, local: str) -> Call:
        values: list[Piece] = []
        for field in cls.fields:
            member = f"row[{string_literal(field.key)}]"
            read = self._read(field, member)
            made: Piece = Choice("None", f"{member} is None", read) if field.nullable else read
            values.append(made if self.style.positional else Prefixed(f"{field.name}=", made))
        return Call(local, tuple(values))

    def _document_decoder(self, name: str, result: str, built: Piece, what: str, first: str = "") -> str:
        document = self.imports.use(DOCUMENTS, "Document")
        returned = lay_out(Prefixed("return ", built), 4, self.width)
        view = DecoderView(
            lay_out(Call(f"def {name}", (f"value: {document}",), f" -> {result}:"), 0, self.width),
            docstring((f"{what} in JSON.",), 4),
            f"{first}\n    {returned}" if first else returned,
        )
        return self._added(name, view)

    def _added(self, name: str, view: DecoderView) -> str:
        """The name that a decoder gets; another of that name that does the same serves as well."""
        free = name
        while free in self._taken or self.views.get(free, view).body != view.body:
            free += "_"
        self.views[free] = replace(view, signature=view.signature.replace(f"def {name}(", f"def {free}(", 1))
        return free

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        return name


def _made_of(item: NamedField) -> str:
    """What an item of an array is, in a word."""
    if item.override is not None:
        return item.override.rpartition(".")[2]
    if item.item is not None or item.type.element is not None:
        return "list"
    return item.enum or str(item.type)


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
    found |= {"row", "value"}
    while pending:
        prefix, field = pending.pop()
        found.add(prefix + field.name)
        if field.nested is not None:
            pending += [(f"{prefix}{field.name}_", inner) for inner in field.nested.fields]
            pending += [("", inner) for inner in field.nested.fields]
    return found
