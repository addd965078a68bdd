"""What a configuration says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

DialectName = Literal["postgres", "sqlite", "mysql", "mariadb"]

_STRICT: Final = {"extra": "forbid"}
"""How pydantic validates both: an unknown key is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageConfig:
    """One generated package."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    name: str
    schema: tuple[str, ...] | None = None
    queries: tuple[str, ...] | None = None
    dialect: DialectName
    targets: tuple[DialectName, ...] = ()
    models: Literal["dataclass", "pydantic", "msgspec", "attrs"] = "dataclass"
    interface: Literal["async", "sync", "both"] = "both"
    types: dict[str, str] = field(default_factory=dict[str, str])
    names: dict[str, str] = field(default_factory=dict[str, str])
    templates: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectConfig:
    """Everything under `[tool.sqlwright]`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _STRICT

    output: str = "generated"
    cache: str = ".sqlwright"
    package: tuple[PackageConfig, ...] = ()
    servers: dict[DialectName, str] = field(default_factory=dict[DialectName, str])
    scratch: dict[DialectName, str] = field(default_factory=dict[DialectName, str])
    types: dict[str, str] = field(default_factory=dict[str, str])
    templates: str | None = None
    names: dict[str, str] = field(default_factory=dict[str, str])
