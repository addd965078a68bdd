"""The modules through which a package is entered: its own `__init__`, and that of each database."""

from __future__ import annotations

from typing import Final

from ..dialects.base import Dialect
from ..model.values import value
from .layout import Call, Piece, Prefixed, import_from, lay_out
from .modules import exported
from .named import NamedPackage
from .text import docstring

_MANAGERS: Final = {True: ("AsyncGenerator", "asynccontextmanager"), False: ("Generator", "contextmanager")}


@value
class MemberView:
    """An attribute of a database: the queries of one file."""

    name: str
    cls: str


@value
class DatabaseView:
    """A database class, awaited or not, with what opens one."""

    name: str
    members: tuple[MemberView, ...]
    awaited: bool
    connect: str
    connect_head: str
    targets: tuple[TargetView, ...] = ()
    unknown: str = ""


@value
class TargetView:
    """A database that `connect` can open, and the function that tells its URLs and connections."""

    module: str
    test: str


@value
class EntranceView:
    doc: str
    imports: str
    typing_imports: str
    exported: str
    databases: tuple[DatabaseView, ...]
    package: str
    title: str
    dialect: str
    session: str = ""


def database_view(package: NamedPackage, dialect: Dialect, kinds: tuple[bool, ...]) -> EntranceView:
    """`<dialect>/__init__.py`."""
    width = package.settings.width
    runtime = f"sqlwright.runtime.{dialect.name}"
    names: list[str] = []
    for awaited in kinds:
        names += ["Session", "Target", "open_session"] if awaited else _sync(("Session", "Target"), "open_session")
    imports = [
        "from __future__ import annotations",
        "",
        *_standard(kinds, ("from pathlib import Path", "from typing import Final"), width),
        "",
        import_from(runtime, _ordered(names), width),
        "",
        *(
            import_from(f".{file.module}", [file.name + suffix for suffix in _suffixes(kinds)], width)
            for file in sorted(package.files, key=lambda file: file.module)
        ),
    ]
    databases = tuple(_database(package, awaited, _opened_here(awaited), width) for awaited in kinds)
    return EntranceView(
        docstring((f"{package.settings.name} on {dialect.title}.",), 0),
        "\n".join(imports).rstrip("\n"),
        "",
        exported([name for view in databases for name in (view.name, view.connect)], width),
        databases,
        package.settings.name,
        dialect.title,
        dialect.name,
        f", {dialect.session}" if dialect.session else "",
    )


def package_view(package: NamedPackage, kinds: tuple[bool, ...]) -> EntranceView:
    """`__init__.py`."""
    width = package.settings.width
    suffixes = _suffixes(kinds)
    tests = [
        "unknown_target",
        *(
            f"is_for_{target.name}{suffix.lower()}"
            for target in package.targets
            for suffix in ("_Sync" if found else "" for found in suffixes)
        ),
    ]
    managers = [("AbstractAsyncContextManager" if awaited else "AbstractContextManager") for awaited in kinds]
    imports = [
        "from __future__ import annotations",
        "",
        *_standard(kinds, ("from typing import TYPE_CHECKING, Protocol",), width, managers),
        "",
        import_from("sqlwright.runtime.targets", sorted(tests), width),
        "",
        "from . import models",
        *(
            import_from(f".{file.module}", [file.name + suffix for suffix in suffixes], width)
            for file in sorted(package.files, key=lambda file: file.module)
        ),
    ]
    typing_imports = [
        import_from(
            f"sqlwright.runtime.{target.name}",
            [f"Target{suffix} as {_target_name(target, suffix)}" for suffix in suffixes],
            width - 4,
        )
        for target in sorted(package.targets, key=lambda target: target.name)
    ]
    databases = tuple(_database(package, awaited, _opened_by_target(package, awaited), width) for awaited in kinds)
    names = [name for view in databases for name in (view.name, view.connect)]
    names += ["models", *(file.name + suffix for file in package.files for suffix in suffixes)]
    return EntranceView(
        docstring((f"The database of {package.settings.name}: `connect` opens it.",), 0),
        "\n".join(imports),
        "\n".join(typing_imports),
        exported(names, width),
        databases,
        package.settings.name,
        "",
        "",
    )


def _database(package: NamedPackage, awaited: bool, opened: Piece, width: int) -> DatabaseView:
    suffix = "" if awaited else "Sync"
    connect = "connect" if awaited else "connect_sync"
    manager = _MANAGERS[awaited][0]
    result = f"{manager}[Database, None]" if awaited else f"{manager}[DatabaseSync, None, None]"
    head = f"{'async ' if awaited else ''}def {connect}"
    targets = tuple(
        TargetView(target.name, f"is_for_{target.name}{'' if awaited else '_sync'}") for target in package.targets
    )
    known = tuple(f'"{target.name}"' for target in package.targets)
    return DatabaseView(
        f"Database{suffix}",
        tuple(MemberView(file.module, f"{file.name}{suffix}") for file in package.files),
        awaited,
        connect,
        lay_out(Call(head, (opened,), f" -> {result}:"), 0, width),
        targets,
        lay_out(Prefixed("raise ", Call("unknown_target", ("target", *known))), 8, width),
    )


def _opened_here(awaited: bool) -> str:
    return f"target: Target{'' if awaited else 'Sync'}"


def _opened_by_target(package: NamedPackage, awaited: bool) -> str:
    suffix = "" if awaited else "Sync"
    return "target: " + " | ".join(_target_name(target, suffix) for target in package.targets)


def _target_name(dialect: Dialect, suffix: str) -> str:
    return f"{dialect.name.capitalize()}Target{suffix}"


def _standard(
    kinds: tuple[bool, ...], rest: tuple[str, ...], width: int, managers: list[str] | None = None
) -> list[str]:
    """The imports from the standard library that context managers need, and others."""
    generators = sorted(_MANAGERS[awaited][0] for awaited in kinds)
    decorators = sorted(_MANAGERS[awaited][1] for awaited in kinds)
    return [
        import_from("collections.abc", generators, width),
        import_from("contextlib", [*sorted(managers or ()), *decorators], width),
        *rest,
    ]


def _suffixes(kinds: tuple[bool, ...]) -> list[str]:
    return ["" if awaited else "Sync" for awaited in kinds]


def _sync(classes: tuple[str, ...], function: str) -> list[str]:
    return [*(f"{name}Sync" for name in classes), f"{function}_sync"]


def _ordered(names: list[str]) -> list[str]:
    return [*sorted(name for name in names if name[0].isupper()), *sorted(name for name in names if name[0].islower())]
