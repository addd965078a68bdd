"""black itself, for what our layout does not know: a user's own templates, and settings of black beside the width."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .named import Settings

_KNOWN: Final = frozenset(
    "check exclude extend-exclude force-exclude include line-length required-version target-version verbose".split()
)
"""Settings that the layout honours, or that say nothing about it."""


class NotPython(Exception):
    """What a user's template writes cannot be read as Python."""

    def __init__(self, message: str, template: str) -> None:
        super().__init__(message)
        self.template = template


def formatter(settings: Settings) -> Callable[[str, str], str] | None:
    """black with the project's settings; None where the output is what it would leave already."""
    if settings.templates is None and set(settings.black) <= _KNOWN:
        return None
    return _black(settings.black, settings.width)


def _black(options: Mapping[str, object], width: int) -> Callable[[str, str], str]:
    from black import format_file_contents
    from black.mode import Mode, TargetVersion
    from black.parsing import InvalidInput
    from black.report import NothingChanged

    versions = options.get("target-version")
    mode = Mode(
        target_versions={version for version in TargetVersion if version.name.lower() in str(versions)},
        line_length=width,
        string_normalization=not options.get("skip-string-normalization", False),
        magic_trailing_comma=not options.get("skip-magic-trailing-comma", False),
        preview=bool(options.get("preview", False)),
    )

    def formatted(text: str, template: str) -> str:
        try:
            return format_file_contents(text, fast=True, mode=mode)
        except NothingChanged:
            return text
        except InvalidInput as problem:
            raise NotPython(str(problem), template) from problem

    return formatted
