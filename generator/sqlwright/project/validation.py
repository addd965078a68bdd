"""What is wrong with a configuration's values. pydantic finds it, so this module is imported only to ask."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics import Diagnostic, Source, Span, did_you_mean, error
from .places import key_span
from .settings import PackageConfig, ProjectConfig


def mistakes(source: Source, base: tuple[str, ...], table: Mapping[str, object]) -> tuple[Diagnostic, ...]:
    """What keeps a table, which stands in the source under `base`, from being a configuration."""
    try:
        TypeAdapter(ProjectConfig).validate_python(table)
    except ValidationError as problem:
        return tuple(_finding(source, base, found) for found in problem.errors(include_url=False))
    return ()


def _finding(source: Source, base: tuple[str, ...], found: ErrorDetails) -> Diagnostic:
    """One of pydantic's findings, at its key, with the nearest key or value that there is."""
    location = found["loc"]
    names = [part for part in location if isinstance(part, str)]
    key = names[-1] if names else ""
    path = (*base, *location)
    span = key_span(source, path)
    match found["type"]:
        case "unexpected_keyword_argument":
            known = _keys(names)
            help = did_you_mean(key, known, f"the keys are {', '.join(known)}")
            return error("unknown-key", f"`{key}` is not a key of {_owner(names)}", span, help)
        case "missing":
            return error("missing-key", f"a package has no `{key}`", span, f'add it: {key} = "…"')
        case "literal_error":
            expected = re.findall(r"'(\w+)'", found["ctx"]["expected"]) if "ctx" in found else []
            value = str(found["input"])
            help = did_you_mean(value, expected, f"use one of {', '.join(expected)}")
            span = key_span(source, path, value)
            if key in ("dialect", "targets", "[key]"):
                return error("unknown-dialect", f"there is no dialect `{value}`", span, help)
            return error("bad-value", f"`{key}` cannot be `{value}`", span, help)
        case "tuple_type" if isinstance(found["input"], dict):
            return _no_list_of_tables(key, base, span)
        case "dataclass_type":
            return _no_list_of_tables(key, base, span)
        case "tuple_type":
            value = str(found["input"])
            span = key_span(source, path, value)
            return error("bad-value", f"`{key}` is a list", span, f'write it in brackets: {key} = ["{value}"]')
        case "string_type":
            return error("bad-value", f"`{key}` is text", span, f'write it in quotes: {key} = "…"')
        case _:
            message = found["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            return error("bad-value", f"`{key}` should be {message}", span, "correct the value")


def _no_list_of_tables(key: str, base: tuple[str, ...], span: Span) -> Diagnostic:
    table = ".".join((*base, key))
    return error("bad-value", f"`{key}` is a list of tables", span, f"write [[{table}]] above it")


def _owner(names: Sequence[str]) -> str:
    return "a package" if names[:1] == ["package"] else "the configuration"


def _keys(names: Sequence[str]) -> list[str]:
    return [field.name for field in fields(PackageConfig if names[:1] == ["package"] else ProjectConfig)]
