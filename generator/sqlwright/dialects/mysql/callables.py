"""Function calls: which function a call means, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...diagnostics import did_you_mean
from ...model.catalog import Catalog, Function
from ...model.syntax import Call, Expression, Number, String
from ...model.types import SqlType
from ..base import Resolved, TypeFailure
from ..signatures import FunctionInfo, letters, shown_arity
from . import decimals
from .conversions import BIGINT, BLANK, BYTES, DATETIME, DOUBLE, MOMENTS, NULL, TEXT, UNSIGNED
from .operators import DATE, JSON, TIME, Operators
from .typenames import BINARIES, BOOLEAN, TEXTS

_TYPES: Final = {
    "D": DATE,
    "T": TIME,
    "Y": SqlType("year"),
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
}
_HELP: Final = "use a function that the server has, or define it in the schema"
_LARGE: Final = frozenset(("mediumblob", "longblob", "blob", "mediumtext", "longtext", "text", "json"))
_DAYS: Final = frozenset("aDdbcejMmUuVvWwXxYy")
_CLOCK: Final = frozenset("fHhIikplrSsT")
"""The letters of STR_TO_DATE's formats that stand for parts of a date, and for parts of a time."""


class Callables:
    """The functions of one catalog: the database's own and the user's."""

    def __init__(self, catalog: Catalog, functions: Mapping[str, FunctionInfo], operators: Operators) -> None:
        self.catalog = catalog
        self.functions = functions
        self.operators = operators

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        """What a call takes and gives."""
        own = self._own(call)
        if own is not None:
            return _resolved_own(own, args)
        name = call.function.lower()
        info = self.functions.get(name) if len(call.name) == 1 else None
        if info is None:
            known = [*self.functions, *(key[1] for key in self.catalog.functions)]
            help = did_you_mean(name, known, _HELP)
            return TypeFailure("unknown-function", f"function `{name}` does not exist", help)
        wanted = letters(info.args, len(args))
        if wanted is None and not call.star:
            count = f"{len(args)} argument" + ("" if len(args) == 1 else "s")
            return TypeFailure("wrong-arity", f"`{name}` does not take {count}", f"it takes {shown_arity(info.args)}")
        operands = tuple(
            given if given is not None and given != NULL else self._fallback(letter, args)
            for given, letter in zip(args, wanted or "", strict=False)
        )
        seen = tuple(operand if given is None else given for given, operand in zip(args, operands, strict=False))
        return Resolved(operands, self._result(info.result, call, args, seen))

    def _own(self, call: Call) -> Function | None:
        schema = call.name[-2].text if len(call.name) > 1 else self.catalog.default_schema
        wanted = (schema.lower(), call.function.lower())
        for key, functions in self.catalog.functions.items():
            if (key[0].lower(), key[1].lower()) == wanted:
                return functions[0]
        return None

    def _fallback(self, letter: str, args: Sequence[SqlType | None]) -> SqlType:
        """What an argument without a type becomes: like the others where any type will do."""
        if letter != "a":
            return _TYPES[letter]
        return next(
            (self.operators.conversions.plain(known) for known in args if known is not None and known != NULL), TEXT
        )

    def _result(
        self, result: str, call: Call, args: Sequence[SqlType | None], operands: tuple[SqlType, ...]
    ) -> SqlType:
        """The type that a word or letter of a signature stands for."""
        first = operands[0] if operands else TEXT
        operators, conversions = self.operators, self.operators.conversions
        match result:
            case "first":
                return first
            case "plain":
                return conversions.plain(first)
            case "picked":
                found = conversions.picked(first)
                return TEXT if found == BLANK and call.over is not None else found
            case "second":
                return conversions.plain(operands[1])
            case "common":
                return conversions.common(args) or TEXT
            case "branches":
                return conversions.chosen(args[1:]) or TEXT
            case "neighbour":
                return (
                    conversions.common([first, args[2]]) or first
                    if len(args) > 2
                    else TEXT if conversions.picked(first) == BLANK else conversions.picked(first)
                )
            case "extreme":
                return conversions.extreme(operands)
            case "sum":
                return operators.summed(first)
            case "average":
                return operators.averaged(first)
            case "absolute":
                return operators.absolute(first)
            case "whole":
                return operators.whole(first)
            case "rounded":
                return operators.rounded(first, _places(call.args[1:]))
            case "rest":
                return operators.arithmetic("%", *operands[:2])
            case "bits":
                return first if operators.bits_of_bytes and first.name in BINARIES else UNSIGNED
            case "o":
                return _text_or_bytes(operands)
            case "long text":
                return SqlType("blob" if _text_or_bytes(operands).name in BINARIES else "text")
            case _:
                return _moment(result, call, operands, operators) or _TYPES[result]


def _resolved_own(function: Function, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
    inputs = [argument.type for argument in function.arguments]
    if len(inputs) != len(args):
        message = f"`{function.name}` takes {len(inputs)} arguments, and {len(args)} are given"
        return TypeFailure("wrong-arity", message, "give it the arguments that it is defined with")
    operands = tuple(
        declared if given is None or given == NULL else given for given, declared in zip(args, inputs, strict=True)
    )
    return Resolved(operands, function.returns or TEXT, own=True)


def _places(args: Sequence[Expression]) -> int | None:
    """The digits that ROUND keeps: none when it is not said, None when it is not known."""
    if not args:
        return 0
    return int(args[0].text) if isinstance(args[0], Number) and args[0].text.isdigit() else None


def _text_or_bytes(operands: tuple[SqlType, ...]) -> SqlType:
    large = any(operand.name in _LARGE for operand in operands)
    if any(operand.name in BINARIES or operand.name == "bit" for operand in operands):
        return SqlType("longblob" if large else "varbinary")
    return SqlType("longtext" if large else "varchar")


def _moment(result: str, call: Call, operands: tuple[SqlType, ...], operators: Operators) -> SqlType | None:
    """What the functions of dates and times give."""
    first = operands[0] if operands else DATETIME
    match result:
        case "shifted":
            days = SqlType("interval", ("day",))
            return operators.shifted(first, operands[1] if operands[1].name == "interval" else days)
        case "unit shifted":
            unit = call.args[0].value if isinstance(call.args[0], String) else "day"
            return operators.shifted(operands[2], SqlType("interval", (unit,)))
        case "clocked":
            return first if first.name == "time" else DATETIME if first.name in MOMENTS else TEXT
        case "seconds":
            exact = first.name in TEXTS | {"float", "double", "decimal"} or (first.name in MOMENTS and bool(first.args))
            return decimals.decimal(17, 6) if operands and exact else BIGINT
        case "unix moment":
            return TEXT if len(operands) > 1 else DATETIME
        case "parsed":
            return _parsed(call.args[1])
        case _:
            return None


def _parsed(format: Expression) -> SqlType:
    """What STR_TO_DATE gives by its format, where that is a literal."""
    if not isinstance(format, String):
        return DATETIME
    letters_used = {after[:1] for after in format.value.split("%")[1:]}
    if not letters_used & _CLOCK:
        return DATE
    return DATETIME if letters_used & _DAYS else TIME
