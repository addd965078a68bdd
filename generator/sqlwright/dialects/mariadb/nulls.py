"""When MariaDB's functions and operators give NULL: as MySQL's, and where MySQL refuses an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...model.syntax import Call, Expression, String
from ...model.types import SqlType
from ..base import Nulls
from ..mysql.conversions import MOMENTS, is_label
from ..mysql.nulls import MysqlNulls
from ..mysql.typenames import BINARIES, TEXTS
from ..signatures import FunctionInfo
from .functions import FUNCTIONS

_TEXTUAL: Final = TEXTS | BINARIES | {"enum"}
_FORGIVING: Final = frozenset(
    ("json_valid", "json_quote", "json_array", "json_object", "json_arrayagg", "json_objectagg")
)
"""Functions of JSON to which no text is wrong."""


class MariadbNulls(MysqlNulls):
    """Implements `dialects.base.NullRules`."""

    functions: Mapping[str, FunctionInfo] = FUNCTIONS

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls:
        found = super().of_call(call, args)
        name = call.function.lower()
        if found in (Nulls.STRICT, Nulls.FIRST_ARGUMENT) and not _is_total(name, call, args):
            return Nulls.MAYBE
        return found


def _is_total(name: str, call: Call, args: Sequence[SqlType | None]) -> bool:
    """Whether no value of the arguments is wrong."""
    match name:
        case "greatest" | "least":
            return _alike(args)
        case "unix_timestamp":
            return not args
        case "json_quote":
            return _is(args[0], _TEXTUAL)
        case _ if name.startswith("json_") and name not in _FORGIVING:
            paths = [argument for argument in call.args[1:] if _may_be_path(argument)]
            return _is(args[0], frozenset(("json",))) and all(_is_path(path) for path in paths)
        case _:
            return True


def _alike(args: Sequence[SqlType | None]) -> bool:
    """Values of one sort, which need no conversion to be compared."""
    names = {"" if arg is None else "enum" if is_label(arg) else arg.name for arg in args}
    if names <= _TEXTUAL or names <= MOMENTS - {"time"} or len(names) == 1:
        return True
    return not names & (MOMENTS | _TEXTUAL | {"", "json"})


def _is(type: SqlType | None, names: frozenset[str]) -> bool:
    return type is not None and type.name in names


def _may_be_path(argument: Expression) -> bool:
    return not isinstance(argument, String) or argument.value.lower() not in ("one", "all")


def _is_path(argument: Expression) -> bool:
    return isinstance(argument, String) and argument.value.startswith("$")
