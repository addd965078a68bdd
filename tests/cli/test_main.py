"""The command itself: help, version, usage, and an installation without the extra."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import sqlwright

from .conftest import Run


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"sqlwright {sqlwright.__version__}\n"


def test_help_names_the_commands(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("init", "generate", "analyze"):
        assert name in result.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['sqlwright', '--help']\n"
        "from sqlwright.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pydantic', 'jinja2', 'black', 'sqlglot', 'psycopg'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("\n[]\n")


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("genrate")
    assert (result.exit_code, "Did you mean 'generate'?" in result.stderr) == (2, True)


def test_an_unknown_option(run: Run) -> None:
    assert run("generate", "--chek").exit_code == 2


@pytest.mark.parametrize("missing", ["click", "pydantic"])
def test_without_the_extra_one_line_says_what_to_install(missing: str, tmp_path: Path) -> None:
    (tmp_path / "sqlwright.toml").write_text('[[package]]\nname = "shop"\ndialect = "sqlite"\n')
    code = (
        f"import sys; sys.modules[{missing!r}] = None; sys.argv = ['sqlwright', 'generate']\n"
        "from sqlwright.__main__ import main\n"
        "main()"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == 'sqlwright: the command line needs its extra: pip install "sqlwright[generate]"\n'
    assert result.stdout == ""


def test_another_missing_module_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlwright.cli.main", None)
    with pytest.raises(ModuleNotFoundError):
        import_module("sqlwright.__main__").main()


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m sqlwright --help | true"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert result.stderr == ""
