"""Function calls: which function a call means, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...diagnostics import did_you_mean
from ...model.catalog import Catalog, Function
from ...model.syntax import Call
from ...model.types import SqlType
from ..base import Resolved, TypeFailure
from ..signatures import FunctionInfo, letters, shown_arity
from . import operators
from .operators import BIGINT, BYTES, DATE, DATETIME, DECIMAL, DOUBLE, JSON, TEXT, TIME, UNSIGNED
from .typenames import BOOLEAN

_TYPES: Final = {
    "D": DATE,
    "T": TIME,
    "b": BYTES,
    "d": DOUBLE,
    "g": SqlType("geometry"),
    "i": BIGINT,
    "j": JSON,
    "l": BOOLEAN,
    "m": DATETIME,
    "n": BIGINT,
    "t": TEXT,
    "u": UNSIGNED,
    "v": SqlType("vector"),
    "y": DECIMAL,
}
_TITLES: Final = "use a function that the server has, or define it in the schema"


class Callables:
    """The functions of one catalog: the database's own and the user's."""

    def __init__(self, catalog: Catalog, functions: Mapping[str, FunctionInfo]) -> None:
        self.catalog = catalog
        self.functions = functions

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        """What a call takes and gives."""
        own = self._own(call)
        if own is not None:
            return _resolved_own(own, args)
        name = call.function.lower()
        info = self.functions.get(name) if len(call.name) == 1 else None
        if info is None:
            known = [*self.functions, *(key[1] for key in self.catalog.functions)]
            return TypeFailure(
                "unknown-function", f"function `{name}` does not exist", did_you_mean(name, known, _TITLES)
            )
        wanted = letters(info.args, len(args))
        if wanted is None and not call.star:
            count = f"{len(args)} argument" + ("" if len(args) == 1 else "s")
            return TypeFailure("wrong-arity", f"`{name}` does not take {count}", f"it takes {shown_arity(info.args)}")
        operands = tuple(
            given if given is not None else _fallback(letter, args)
            for given, letter in zip(args, wanted or "", strict=False)
        )
        return Resolved(operands, _result(info.result, operands))

    def _own(self, call: Call) -> Function | None:
        schema = call.name[-2].text if len(call.name) > 1 else self.catalog.default_schema
        wanted = (schema.lower(), call.function.lower())
        for key, functions in self.catalog.functions.items():
            if (key[0].lower(), key[1].lower()) == wanted:
                return functions[0]
        return None


def _resolved_own(function: Function, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
    inputs = [argument.type for argument in function.arguments if argument.mode in ("in", "inout", "out")]
    if len(inputs) != len(args):
        message = f"`{function.name}` takes {len(inputs)} arguments, and {len(args)} are given"
        return TypeFailure("wrong-arity", message, "give it the arguments that it is defined with")
    operands = tuple(given or declared for given, declared in zip(args, inputs, strict=True))
    return Resolved(operands, function.returns or TEXT, own=True)


def _fallback(letter: str, args: Sequence[SqlType | None]) -> SqlType:
    if letter != "a":
        return _TYPES[letter]
    return next((operators.plain(known) for known in args if known is not None), TEXT)


def _result(letter: str, operands: tuple[SqlType, ...]) -> SqlType:
    first = operands[0] if operands else TEXT
    match letter:
        case "1":
            return first
        case "x":
            return operators.plain(first)
        case "x2":
            return operators.plain(operands[1])
        case "c" | "c2":
            return operators.common(operands if letter == "c" else operands[1:]) or TEXT
        case "s":
            return operators.summed(first)
        case "r":
            return operators.rounded(first)
        case "%":
            return operators.arithmetic("%", *operands[:2])
        case "+":
            return operators.shifted(first, operands[1])
        case "+3":
            return operators.shifted(operands[2], SqlType("interval", ("hour",)))
        case "e":
            return DECIMAL if operands and operands[0].args else BIGINT
        case "f":
            return TEXT if len(operands) > 1 else DATETIME
        case "a":
            return BIGINT
        case _:
            return _TYPES[letter]
