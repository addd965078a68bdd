"""The modules of a package that are the same for every database: models, and each query file's rows and Protocols."""

from __future__ import annotations

from ..model.values import value
from .classes import STYLES, ClassView, EnumView, class_view, enum_view, field_names, method_names
from .imports import Imports
from .layout import Call, Prefixed, lay_out
from .methods import InterfaceView, MethodView, interface_doc, signature
from .named import NamedFile, NamedPackage
from .text import docstring


@value
class ModelsView:
    doc: str
    imports: str
    exported: str
    enums: tuple[EnumView, ...]
    classes: tuple[ClassView, ...]


@value
class ProtocolsView:
    doc: str
    imports: str
    exported: str
    rows: tuple[ClassView, ...]
    protocols: tuple[InterfaceView, ...]


def models_view(package: NamedPackage) -> ModelsView:
    """`models.py`."""
    width = package.settings.width
    taken = {cls.name for cls in package.tables} | {enum.name for enum in package.enums} | field_names(package.tables)
    imports = Imports(taken, width)
    enums = tuple(enum_view(enum, imports) for enum in package.enums)
    style = STYLES[package.settings.models]
    classes = tuple(
        class_view(cls, f"A row of {cls.table[1] if cls.table is not None else cls.name}.", style, imports)
        for cls in package.tables
    )
    return ModelsView(
        docstring((f"The tables of {package.settings.name}.",), 0),
        "\n".join(imports.lines()),
        exported([*(enum.name for enum in package.enums), *(cls.name for cls in package.tables)], width),
        enums,
        classes,
    )


def protocols_view(package: NamedPackage, file: NamedFile, kinds: tuple[bool, ...]) -> ProtocolsView:
    """`<file>.py`; `kinds` has True for the awaited Protocol, False for the other."""
    width = package.settings.width
    taken = method_names(file) | {row.name for row in file.rows} | field_names(file.rows)
    imports = Imports(taken, width, ".models")
    style = STYLES[package.settings.models]
    rows = tuple(class_view(row, row.holds, style, imports) for row in file.rows)
    base = imports.use("typing", "Protocol")
    protocols = tuple(_protocol(file, imports, width, base, awaited) for awaited in kinds)
    names = [*(row.name for row in file.rows), *(f"{file.name}{'' if awaited else 'Sync'}" for awaited in kinds)]
    return ProtocolsView(
        docstring((f"The rows of {file.path.rpartition('/')[2]}, and what its queries are on every database.",), 0),
        "\n".join(imports.lines()),
        exported(names, width),
        rows,
        protocols,
    )


def _protocol(file: NamedFile, imports: Imports, width: int, base: str, awaited: bool) -> InterfaceView:
    methods = tuple(
        MethodView(
            signature(method, imports, width, awaited=awaited, ending="" if method.doc else " ...", rows=None),
            docstring(method.doc, 8) if method.doc else None,
            "..." if method.doc else "",
        )
        for method in file.methods
    )
    name = f"{file.name}{'' if awaited else 'Sync'}"
    return InterfaceView(f"{name}({base})", interface_doc(file, "." if awaited else ", without await."), methods)


def exported(names: list[str], width: int) -> str:
    """`__all__`, in order."""
    items = tuple(f'"{name}"' for name in sorted(names))
    return lay_out(Prefixed("__all__ = ", Call("", items, brackets="[]")), 0, width)
