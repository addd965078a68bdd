"""Packages of a few lines, which a test writes, generates and imports."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from sqlwright.diagnostics import render_all
from sqlwright.generation import generate_project
from sqlwright.project import outputs
from sqlwright.project.config import load

from .driving import Driven, drive

Scenario: TypeAlias = Callable[[Driven], Coroutine[object, object, None]]
TARGETS = ("postgres", "sqlite", "mysql", "mariadb")


class Maker:
    """Makes packages, each once for all tests; their queries are in `db.q`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[tuple[str, ...], ModuleType] = {}

    def make(self, schema: str, queries: str, dialect: str = "postgres", targets: tuple[str, ...] = TARGETS) -> Made:
        """The package of a schema and its queries, for all databases."""
        key = (schema, queries, dialect, *targets)
        if key not in self._made:
            self._made[key] = _generated(self._root, f"made_{len(self._made)}", schema, queries, dialect, targets)
        return Made(self._made[key])


class Made:
    """A package that was made."""

    def __init__(self, package: ModuleType) -> None:
        self.package = package

    def drive(self, url: str, way: str, scenario: Scenario) -> None:
        """Migrate an empty database and run a scenario on it."""
        connect = self.package.connect if way == "async" else self.package.connect_sync
        drive(connect(url), scenario)


def _generated(root: Path, name: str, schema: str, queries: str, dialect: str, targets: tuple[str, ...]) -> ModuleType:
    folder = root / name
    for file, text in (("schema/s.sql", schema), ("queries/q.sql", queries)):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    listed = ", ".join(f'"{target}"' for target in targets)
    configuration = f'[[package]]\nname = "{name}"\ndialect = "{dialect}"\ntargets = [{listed}]\n'
    (folder / "sqlwright.toml").write_text(configuration, encoding="utf-8")
    project = load(folder).project
    assert project is not None
    generated = generate_project(project, None)
    assert generated.files, render_all(generated.diagnostics)
    outputs.apply(folder, outputs.changes(folder, generated.folders, generated.files))
    sys.path.insert(0, str(folder / "generated"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder / "generated"))
