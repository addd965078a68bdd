"""The classes of rows and enums, in the style of the library that the configuration names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..model.values import value
from .imports import Imports
from .named import NamedClass, NamedEnum, NamedFile
from .pythontypes import Annotation, field_annotation
from .text import docstring, string_literal

_JSON: Final = Annotation("Json", (("sqlwright.runtime", "Json"),))


@value
class ModelStyle:
    """How a library's classes are written; `positional` tells whether they take their values in order."""

    decorator: tuple[tuple[str, str], str] | None
    base: tuple[str, str] | None
    positional: bool = True
    json: Annotation = _JSON


STYLES: Final = {
    "attrs": ModelStyle((("attrs", "define"), "{name}"), None),
    "dataclass": ModelStyle((("dataclasses", "dataclass"), "{name}(slots=True)"), None),
    "msgspec": ModelStyle(None, ("msgspec", "Struct")),
    "pydantic": ModelStyle(
        None, ("pydantic", "BaseModel"), False, Annotation("JsonValue", (("pydantic", "JsonValue"),))
    ),
}


@value
class FieldView:
    name: str
    annotation: str
    doc: str | None


@value
class ClassView:
    """A class as a template writes it; `head` is what stands behind `class`."""

    decorator: str | None
    head: str
    doc: str
    fields: tuple[FieldView, ...]


@value
class MemberView:
    name: str
    value: str


@value
class EnumView:
    head: str
    doc: str
    members: tuple[MemberView, ...]


def class_view(cls: NamedClass, what: str, style: ModelStyle, imports: Imports) -> ClassView:
    """A class of rows; `what` says in a few words what it holds, where no comment does."""
    decorator = None
    if style.decorator is not None:
        (module, name), text = style.decorator
        decorator = text.format(name=imports.use(module, name))
    base = f"({imports.use(*style.base)})" if style.base is not None else ""
    fields = tuple(
        FieldView(
            field.name,
            imports.annotation(field_annotation(field, style.json)),
            docstring(field.doc, 4) if field.doc else None,
        )
        for field in cls.fields
    )
    return ClassView(decorator, f"{cls.name}{base}", docstring(cls.doc or (what,), 4), fields)


def enum_view(enum: NamedEnum, imports: Imports) -> EnumView:
    members = tuple(MemberView(member, string_literal(label)) for member, label in enum.members)
    base = imports.use("enum", "StrEnum")
    return EnumView(f"{enum.name}({base})", docstring(enum.doc or (f"The labels of {enum.name}.",), 4), members)


def field_names(classes: Iterable[NamedClass]) -> set[str]:
    """The names that the bodies of classes bind."""
    return {field.name for cls in classes for field in cls.fields}


def method_names(file: NamedFile) -> set[str]:
    """The names that the classes of a query file define or bind themselves."""
    found = {file.name, f"{file.name}Sync"}
    for method in file.methods:
        found |= {method.name, *(parameter.name for parameter in method.parameters)}
    return found
