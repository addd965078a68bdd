"""The signatures of methods, the same in the Protocols and in the classes that meet them."""

from __future__ import annotations

from ..model.query import Command
from ..model.values import value
from .imports import Imports
from .layout import Call, lay_out
from .named import NamedFile, NamedMethod
from .pythontypes import MODELS, Annotation, field_annotation, parameter_annotation
from .text import docstring

_COUNTS = (Command.EXECROWS, Command.EXECRESULT)


@value
class MethodView:
    """A method as a template writes it; each part is laid out for its place in a class."""

    signature: str
    doc: str | None
    body: str


@value
class InterfaceView:
    """A class with methods, awaited or not."""

    name: str
    doc: str
    methods: tuple[MethodView, ...]
    session: str = ""


def returned(method: NamedMethod, rows: str | None) -> Annotation:
    """What a method gives. `rows` is the module of the file's row classes, None in that module itself."""
    one = one_row(method, rows)
    if one is None:
        return Annotation("int" if method.command in _COUNTS else "None")
    match method.command:
        case Command.OPT:
            return one if one.text.endswith("| None") else one.optional(True)
        case Command.MANY:
            return one.listed()
        case _:
            return one


def one_row(method: NamedMethod, rows: str | None) -> Annotation | None:
    """What a method makes of one row; None when it reads none."""
    if method.row is not None:
        module = MODELS if method.row.table is not None else rows or ""
        return Annotation(method.row.name, ((module, method.row.name),))
    return field_annotation(method.value, rows=rows or "") if method.value is not None else None


def signature(
    method: NamedMethod, imports: Imports, width: int, *, awaited: bool, ending: str, rows: str | None
) -> str:
    """The head of a method, with what stands behind its colon."""
    parameters = [f"{named.name}: {imports.annotation(parameter_annotation(named))}" for named in method.parameters]
    found = returned(method, rows)
    items = ("self", "*", *parameters) if parameters else ("self",)
    head = f"{'async ' if awaited else ''}def {method.name}"
    return lay_out(Call(head, items, f" -> {imports.annotation(found)}:{ending}"), 4, width)


def interface_doc(file: NamedFile, rest: str) -> str:
    return docstring((f"The queries of {file.path.rpartition('/')[2]}{rest}",), 4)
