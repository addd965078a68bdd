"""The imports of one generated module: what it uses, under names that nothing else in it has."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable
from typing import Final

from ..dialects.base import Code
from .layout import import_from
from .pythontypes import MODELS, Annotation, Names

_WORD: Final = re.compile(r"\w+")
_STANDARD = (
    "__future__",
    "builtins",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "pathlib",
    "typing",
    "uuid",
)


class Imports:
    """Gathers imports while a module is being built.

    `taken` are the names that the module defines or binds itself; `models` is the package's module of models as this
    one names it, or None in that module itself.
    """

    def __init__(self, taken: Iterable[str], width: int, models: str | None = None) -> None:
        self._taken = frozenset(taken)
        self._width = width
        self._models = models
        self._names: dict[tuple[str, str], str] = {}

    def use(self, module: str, name: str) -> str:
        """The name under which a module's object can be used here; one of this module's own is its name."""
        if module == "" or (module == MODELS and self._models is None):
            return name
        key = (self._models or "" if module == MODELS else module, name)
        if key not in self._names:
            local = name
            while local in self._taken or local in self._names.values():
                local += "_"
            self._names[key] = local
        return self._names[key]

    def builtin(self, name: str) -> str:
        """A built-in, imported under another name where the module uses its own."""
        return self.use("builtins", name) if name in self._taken else name

    def code(self, code: Code, value: str) -> str:
        """A Python expression over a value, its names imported."""
        return self._renamed(code.text, code.imports).format(value)

    def annotation(self, found: Annotation) -> str:
        """An annotation, its names imported."""
        return self._renamed(found.text, found.names)

    def _renamed(self, text: str, names: Names) -> str:
        """The text with its names as this module has them, built-ins among them."""
        renamed = {name: local for module, name in names if (local := self.use(module, name)) != name}
        if renamed:
            text = _WORD.sub(lambda word: renamed.get(word.group(), word.group()), text)
        return self.with_builtins(text)

    def with_builtins(self, text: str) -> str:
        """The text with every built-in that the module hides under the name it is imported by."""
        for name in set(re.findall(r"\b[a-z]\w*\b", text)) & self._taken:
            if hasattr(builtins, name):
                text = re.sub(rf"(?<![\w.]){name}\b(?!\s*=)", self.builtin(name), text)
        return text

    def lines(self) -> list[str]:
        """The import statements: the standard library's, others', the package's own, each group in order."""
        by_module: dict[str, list[str]] = {}
        for (module, name), local in self._names.items():
            by_module.setdefault(module, []).append(name if local == name else f"{name} as {local}")
        groups: list[list[str]] = [[], [], []]
        for module in sorted(by_module, key=lambda module: (module.lstrip("."), module)):
            root = module.split(".")[0]
            place = 2 if module.startswith(".") else 0 if root in _STANDARD else 1
            groups[place].append(import_from(module, sorted(by_module[module], key=_by_kind), self._width))
        result: list[str] = []
        for group in groups:
            if group:
                result += [*([""] if result else []), *group]
        return result


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as isort orders them."""
    plain = name.split(" ", maxsplit=1)[0]
    kind = 0 if plain.isupper() and len(plain) > 1 else 1 if plain[:1].isupper() else 2
    return kind, name
