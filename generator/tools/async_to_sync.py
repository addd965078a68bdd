"""Derive the modules that are not awaited from those that are.

    python generator/tools/async_to_sync.py [--check]

The logic of the runtime is written once, to be awaited; this writes the other form beside it. With --check nothing is
written, and the exit status is 1 when a derived module is not what it should be.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import black

RUNTIME = Path(__file__).resolve().parent.parent / "sqlwright" / "runtime"
MODULES = {
    "session.py": "session_sync.py",
    "migrations.py": "migrations_sync.py",
    "postgres/driver.py": "postgres/driver_sync.py",
    "mysql/returned.py": "mysql/returned_sync.py",
    "mysql/driver.py": "mysql/driver_sync.py",
    "mysql/steps.py": "mysql/steps_sync.py",
}
WORDS = {
    "ASYNC_DRIVER_ERRORS": "DRIVER_ERRORS",
    "AsyncConnection": "Connection",
    "AsyncLink": "Link",
    "AsyncRawCursor": "RawCursor",
    "Driver": "DriverSync",
    "MysqlDriver": "MysqlDriverSync",
    "PostgresDriver": "PostgresDriverSync",
    "Session": "SessionSync",
    "WholeDriver": "WholeDriverSync",
    "apply_in_steps": "apply_in_steps_sync",
    "apply_scripts": "apply_scripts_sync",
    "apply_whole": "apply_whole_sync",
    "asynccontextmanager": "contextmanager",
    "counted": "counted_sync",
    "links_async": "links",
    "open_async_link": "open_link",
    "returned_all": "returned_all_sync",
    "returned_one": "returned_one_sync",
    "returned_optional": "returned_optional_sync",
}
PHRASES = (
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bAsyncGenerator\[(\w+), None\]", r"Generator[\1, None, None]"),
    (r"\bAsyncGenerator\b", "Generator"),
    (r"\bawait ", ""),
    (r"\basyncio\.Lock\b", "threading.Lock"),
    (r"\basyncio\.current_task\b", "threading.current_thread"),
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"in the same task", "in the same thread"),
    (r"A task that holds", "A thread that holds"),
    (r"from (\.+)(migrations|session|steps) import", r"from \1\2_sync import"),
    (r"asyncmy's connections", "PyMySQL's connections"),
)
HEADER = "# Derived from {name} by generator/tools/async_to_sync.py: change that file, and run the script.\n"


def derived(path: Path) -> str:
    """The text of the module that is not awaited."""
    text = path.read_text(encoding="utf-8")
    for pattern, replacement in PHRASES:
        text = re.sub(pattern, replacement, text)
    text = re.sub(r"\b(" + "|".join(WORDS) + r")\b", lambda match: WORDS[match.group()], text)
    imports = [name for name in ("threading", "time") if f"{name}." in text]
    text = re.sub(r"^import asyncio\n", "".join(f"import {name}\n" for name in imports), text, flags=re.MULTILINE)
    text = re.sub(r"^(from \S+ import )([\w, ]+)$", _sorted_names, text, flags=re.MULTILINE)
    return HEADER.format(name=path.name) + text


def _sorted_names(found: re.Match[str]) -> str:
    """An import whose names stand in order: constants, classes, functions."""
    names = found[2].split(", ")
    return found[1] + ", ".join(sorted(names, key=_rank))


def _rank(name: str) -> tuple[bool, bool, str]:
    return (not name.isupper(), name[0].islower(), name.replace("_", " "))


def main(check: bool) -> int:
    mode = black.Mode(line_length=120)
    stale: list[str] = []
    for source, target in MODULES.items():
        text = black.format_str(derived(RUNTIME / source), mode=mode)
        path = RUNTIME / target
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(target)
            if not check:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{'stale' if check else 'wrote'}: {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
