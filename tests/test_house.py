"""The rules of the house: who may import whom, where a database's name may be asked for, how long a module may be."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator" / "sqlwright"
TOOLS = PACKAGE.parent / "tools"
GROUND = {"model", "diagnostics"}
"""What every phase may import."""
ARROWS: dict[str, set[str]] = {
    "catalog": {"dialects"},
    "check": {"dialects", "infer", "live", "translate"},
    "diagnostics": set(),
    "dialects": set(),
    "infer": {"dialects"},
    "live": {"runtime"},
    "migrate": {"dialects", "infer"},
    "model": set(),
    "project": set(),
    "read": set(),
    "render": {"dialects"},
    "runtime": set(),
    "translate": {"dialects", "infer"},
}
"""What else each phase may import. The command line, and the modules beside the folders, put phases together."""
TOGETHER = {"checking"}
"""Folders of modules that put phases together."""
NO_GROUND = {"diagnostics", "runtime"}
DIALECTS = {"postgres", "sqlite", "mysql", "mariadb"}
MAY_NAME_DIALECTS = {"dialects", "live", "runtime"}
LONGEST = 500
LONGEST_WITH_A_REASON = {"model/syntax.py": 1000}
"""The nodes of the syntax tree are one table, read down a column."""
HEAVY = set("aiosqlite apsw asyncio asyncmy black click jinja2 mysql psycopg pydantic pymysql sqlglot".split())


@dataclass(frozen=True, slots=True)
class Import:
    """A module of the package that another one imports."""

    importer: str
    imported: tuple[str, ...]
    line: int


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[Import]:
    """The imports of a module from its own package, as paths from the package's root."""
    folder = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = tuple((node.module or "").split(".")) if node.module else ()
            if node.level:
                base = folder[: len(folder) - node.level + 1]
                for alias in node.names:
                    yield Import(name_of(path), (*base, *module, alias.name), node.lineno)
            elif module[:1] == ("sqlwright",):
                for alias in node.names:
                    yield Import(name_of(path), (*module[1:], alias.name), node.lineno)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                if parts[0] == "sqlwright":
                    yield Import(name_of(path), tuple(parts[1:]), node.lineno)


def phase(parts: tuple[str, ...]) -> str | None:
    """The folder (or `diagnostics`) that a module belongs to; None for one that puts phases together."""
    name = parts[0].removesuffix(".py") if parts else ""
    return name if name in ARROWS or name == "cli" else None


def test_phases_import_only_along_the_arrows() -> None:
    faults: list[str] = []
    for path in modules():
        importer = phase(path.relative_to(PACKAGE).parts)
        if importer in (None, "cli"):
            continue
        allowed = {importer, *ARROWS[importer], *(() if importer in NO_GROUND else GROUND)}
        faults += [
            f"{found.importer}:{found.line} imports {'.'.join(found.imported)}"
            for found in imports(path)
            if phase(found.imported) not in allowed
        ]
    assert faults == []


def test_only_the_command_line_imports_the_command_line() -> None:
    faults = [
        f"{found.importer}:{found.line}"
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] not in ("cli", "__main__.py")
        for found in imports(path)
        if phase(found.imported) == "cli"
    ]
    assert faults == []


def test_every_folder_is_a_phase() -> None:
    folders = {path.relative_to(PACKAGE).parts[0] for path in modules() if path.parent != PACKAGE}
    assert folders <= {*ARROWS, *TOGETHER, "cli"}


def compared_dialects(tree: ast.AST) -> Iterator[int]:
    """The lines on which something is compared with the name of a database."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=ops, comparators=comparators, left=left):
                if any(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for op in ops) and any(
                    names_a_dialect(side) for side in (left, *comparators)
                ):
                    yield node.lineno
            case ast.MatchValue(value=value) if names_a_dialect(value):
                yield node.lineno
            case _:
                pass


def names_a_dialect(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return text in DIALECTS
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return any(names_a_dialect(element) for element in elements)
        case _:
            return False


def test_no_database_is_asked_for_by_name() -> None:
    faults = [
        f"{name_of(path)}:{line}"
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] not in MAY_NAME_DIALECTS
        for line in compared_dialects(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert faults == []


def test_modules_are_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_WITH_A_REASON.get(name, LONGEST)} == {}


def test_no_checker_is_silenced() -> None:
    marks = ("# type: " + "ignore", "# no" + "qa", "# pyright: " + "ignore", "# fmt: " + "off")
    faults = [
        f"{path.name}: {mark}"
        for path in (*modules(), *TOOLS.glob("*.py"))
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert faults == []


@pytest.mark.parametrize("module", ["sqlwright", "sqlwright.runtime"])
def test_an_import_is_light(module: str) -> None:
    assert loaded_by(module) & HEAVY == set()


@pytest.mark.parametrize(
    ("module", "brings"),
    [
        ("sqlwright.runtime.sqlite", {"aiosqlite", "asyncio"}),
        ("sqlwright.runtime.postgres", {"psycopg", "asyncio"}),
        ("sqlwright.runtime.mysql", {"asyncmy", "pymysql", "asyncio"}),
        ("sqlwright.runtime.mariadb", {"asyncmy", "pymysql", "asyncio"}),
    ],
)
def test_a_service_loads_its_driver_and_no_more(module: str, brings: set[str]) -> None:
    assert loaded_by(module) & HEAVY == brings


def test_the_runtime_loads_no_other_folder() -> None:
    databases = ", ".join(f"sqlwright.runtime.{name}" for name in sorted(DIALECTS))
    script = f"import {databases}, sys, json; print(json.dumps([*sys.modules]))"
    found = {name for name in run(script) if name.startswith("sqlwright.")}
    assert {name.split(".")[1] for name in found} == {"runtime"}


def loaded_by(module: str) -> set[str]:
    """The packages that are loaded when a module is imported."""
    return {name.split(".")[0] for name in run(f"import {module}, sys, json; print(json.dumps([*sys.modules]))")}


def run(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found
