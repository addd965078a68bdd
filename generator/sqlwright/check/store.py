"""The folders that hold the entries, one for each package and database: read, and replaced as a whole.

A folder is made new beside the old one and takes its place by two renames, so that who is killed at any moment leaves
the old one or the new one, whole; what was left half done is put right by whoever comes next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_LOCAL: Final = ".local"
"""Holds what is only for this machine, under the cache."""
_INCOMING: Final = "incoming-"
_OUTGOING: Final = "outgoing-"
_LOCK: Final = "lock"
_IGNORE: Final = "# What is only for this machine.\n*\n"


class Store:
    """The entries under a project's cache folder, each folder of them as it was when it was first looked at."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._local = cache / _LOCAL
        self._read: dict[Path, dict[str, str]] = {}

    def folder(self, package: str, dialect: str) -> Path:
        return self._cache / package / dialect

    def texts(self, package: str, dialect: str) -> Mapping[str, str]:
        """The files of a folder by name; a file that is no text in UTF-8 counts as an empty one."""
        folder = self.folder(package, dialect)
        if folder not in self._read:
            if not folder.is_dir() and self._outgoing(package, dialect).is_dir():
                self.recover()
            self._read[folder] = _texts(folder)
        return self._read[folder]

    def folders(self) -> list[tuple[str, str]]:
        """The packages and databases that there are folders of."""
        return sorted(
            (place.parent.name, place.name)
            for place in self._cache.glob("*/*")
            if place.is_dir() and place.parent.name != _LOCAL
        )

    def replace(self, package: str, dialect: str, texts: Mapping[str, str]) -> bool:
        """Have exactly these files in a folder; False when they are there already. Raises OSError."""
        if self.texts(package, dialect) == texts:
            return False
        folder = self.folder(package, dialect)
        with self._locked():
            self._put_right()
            before = _texts(folder)
            self._read.pop(folder)
            if not texts:
                shutil.rmtree(folder, ignore_errors=True)
                return True
            incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self._local))
            os.chmod(incoming, 0o755)
            for name, text in texts.items():
                if before.get(name) == text:
                    _same_file(folder / name, incoming / name)
                else:
                    (incoming / name).write_bytes(text.encode())
            folder.parent.mkdir(parents=True, exist_ok=True)
            outgoing = self._outgoing(package, dialect)
            if folder.is_dir():
                folder.rename(outgoing)
            incoming.rename(folder)
            shutil.rmtree(outgoing, ignore_errors=True)
        return True

    def recover(self) -> None:
        """Put right what a run left that was killed while it wrote."""
        if self._local.is_dir() and any(self._local.glob(f"{_INCOMING}*")) | any(self._local.glob(f"{_OUTGOING}*")):
            with self._locked():
                self._put_right()

    def _outgoing(self, package: str, dialect: str) -> Path:
        return self._local / f"{_OUTGOING}{package}-{dialect}"

    def _put_right(self) -> None:
        for leftover in self._local.glob(f"{_INCOMING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for outgoing in self._local.glob(f"{_OUTGOING}*"):
            package, dialect = outgoing.name.removeprefix(_OUTGOING).rsplit("-", 1)
            if self.folder(package, dialect).is_dir():
                shutil.rmtree(outgoing, ignore_errors=True)
            else:
                outgoing.rename(self.folder(package, dialect))

    @contextmanager
    def _locked(self) -> Generator[None, None, None]:
        """One writer at a time. The lock ends with its process."""
        self._local.mkdir(parents=True, exist_ok=True)
        ignore = self._local / ".gitignore"
        if not ignore.exists():
            ignore.write_text(_IGNORE, encoding="utf-8")
        with (self._local / _LOCK).open("wb") as file:
            _wait_for(file.fileno())
            yield


def _wait_for(file: int) -> None:
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # Windows, where two runs that write at once are not kept apart
        return
    flock(file, LOCK_EX)


def _same_file(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _texts(folder: Path) -> dict[str, str]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(".json"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return {name: _text(folder / name) for name in names}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return ""
