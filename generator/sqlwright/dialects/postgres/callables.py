"""PostgreSQL's operators and functions: which one an expression means, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from ...diagnostics import did_you_mean
from ...model.catalog import Column, Function
from ...model.syntax import Call, NamedArgument, TypeName
from ...model.types import Family, SqlType
from ..base import FunctionColumn, FunctionKind, Resolved, TypeFailure
from . import catalogs
from .catalogs import Signature
from .resolution import POLYMORPHIC, Ambiguous, Match, Operand, select
from .typology import Typology, operand_of, written

_BOOL: Final = SqlType("bool")
_TEXT: Final = SqlType("text")
_PATTERN_OPERATORS: Final = {
    "like": "~~",
    "not like": "!~~",
    "ilike": "~~*",
    "not ilike": "!~~*",
    "similar to": "~",
}
_ALIASES: Final = {"trim": "btrim"}
"""Functions that the grammar knows by another name."""
_TRIMS: Final = {"both": "btrim", "leading": "ltrim", "trailing": "rtrim"}
_BARE_CALLS: Final = {
    "current_catalog": "name",
    "current_date": "date",
    "current_role": "name",
    "current_schema": "name",
    "current_time": "timetz",
    "current_timestamp": "timestamptz",
    "current_user": "name",
    "localtime": "time",
    "localtimestamp": "timestamp",
    "session_user": "name",
    "user": "name",
}
_JSON_CONSTRUCTORS: Final = {
    "json_object": "json",
    "json_array": "json",
    "json_objectagg": "json",
    "json_arrayagg": "json",
    "json_query": "jsonb",
    "json_value": "text",
    "json_exists": "bool",
    "json_scalar": "json",
    "json_serialize": "text",
    "json": "json",
}
_KEYS_AND_VALUES: Final = frozenset(("json_each", "json_each_text", "jsonb_each", "jsonb_each_text", "each"))
_FUNCTION_KINDS: Final[dict[str, FunctionKind]] = {"f": "function", "a": "aggregate", "w": "window"}
"""What the letters of pg_proc's `prokind` stand for; a procedure is no function."""
_XML_FORMS: Final = {"xmlserialize": "text"}


class Language(Protocol):
    """What the choice of a function needs of the types beyond their rules."""

    def display(self, type: SqlType) -> str: ...

    def from_name(self, name: TypeName) -> SqlType | TypeFailure: ...

    def common(self, types: Sequence[SqlType | None], what: str) -> SqlType | TypeFailure | None: ...

    def fields_of(self, name: str) -> tuple[Column, ...] | None: ...


class Callables:
    """The operators and functions of one catalog: PostgreSQL's own, its extensions' and the user's."""

    def __init__(self, types: Typology, language: Language) -> None:
        self.types = types
        self.language = language
        self._binaries: dict[tuple[str, Operand, Operand], Resolved | TypeFailure] = {}

    def unary(self, op: str, operand: SqlType | None) -> Resolved | TypeFailure:
        candidates = [found for found in self._operators(op) if len(found.args) == 1]
        return self._operate(op, candidates, [operand_of(operand)])

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure:
        key = (_PATTERN_OPERATORS.get(op, op), operand_of(left), operand_of(right))
        found = self._binaries.get(key)
        if found is None:
            found = self._binaries[key] = self._binary(key[0], left, right)
        return found

    def _binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved | TypeFailure:
        if op == "overlaps":
            return Resolved((left or _TEXT, right or _TEXT), _BOOL)
        candidates = [found for found in self._operators(op) if len(found.args) == 2]
        operands = [operand_of(left), operand_of(right)]
        assumed = list(operands)
        if assumed[0] is None and assumed[1] is not None:
            assumed[0] = assumed[1]
        elif assumed[1] is None and assumed[0] is not None:
            assumed[1] = assumed[0]
        if assumed != operands:
            exact = [
                found for found in candidates if list(found.args) == [self.types.base(name or "") for name in assumed]
            ]
            if exact:
                return self._resolved(Match(exact[0], exact[0].args, exact[0].args, exact[0].result))
        return self._operate(op, candidates, operands)

    def _operators(self, op: str) -> list[Signature]:
        spelled = {"!=": "<>"}.get(op, op)
        return [found for found in catalogs.operators().get(spelled, ()) if self.types.has(found.extension)]

    def _operate(self, op: str, candidates: list[Signature], operands: list[Operand]) -> Resolved | TypeFailure:
        shown_types = [
            self.language.display(self.types.parsed(name)) if name is not None else "unknown" for name in operands
        ]
        shown = f"{shown_types[0]} {op} {shown_types[1]}" if len(operands) == 2 else f"{op} {shown_types[0]}"
        if (not candidates and self.types.has_strangers) or any(map(self.types.may_know, operands)):
            return self._chosen(candidates, operands) or Resolved((), SqlType("?", family=Family.OPAQUE))
        if not candidates:
            return TypeFailure("unknown-operator", f"operator `{op}` does not exist", "correct it")
        try:
            match = select(candidates, operands, self.types)
        except Ambiguous:
            return TypeFailure("ambiguous-operator", f"operator is not unique: {shown}", "add an explicit cast")
        if match is None:
            return TypeFailure(
                "no-operator", f"operator does not exist: {shown}", "cast one side to the type of the other"
            )
        return self._resolved(match)

    def _chosen(self, candidates: list[Signature], operands: list[Operand]) -> Resolved | None:
        """The operator, if the known ones alone decide."""
        try:
            match = select(candidates, operands, self.types) if candidates else None
        except Ambiguous:
            return None
        return self._resolved(match) if match is not None else None

    def call(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        special = self._special(call, args)
        if special is not None:
            return special
        name = _TRIMS[call.options[0]] if call.form == "trim" else _ALIASES.get(call.function, call.function)
        schema = call.name[-2] if len(call.name) > 1 else None
        schema_name = None if schema is None else (schema.text if schema.quoted else schema.text.lower())
        candidates = self._functions(name, schema_name)
        operands = [operand_of(arg) for arg in args]
        if call.within:
            candidates = [found for found in candidates if found.direct_args is not None]
        named = _in_order(call, candidates)
        if named is not None:
            candidates = named
        if not candidates:
            return self._converted(call, name, operands) or self._unknown_function(name, schema_name)
        try:
            match = select(candidates, operands, self.types)
        except Ambiguous:
            return TypeFailure(
                "ambiguous-function", f"function {self._shown_call(name, operands)} is not unique", "add explicit casts"
            )
        if match is None:
            if any(map(self.types.may_know, operands)):
                return Resolved((), SqlType("?", family=Family.OPAQUE))
            return self._converted(call, name, operands) or TypeFailure(
                "no-function",
                f"function {self._shown_call(name, operands)} does not exist",
                self._signatures_help(name, candidates),
            )
        if _undetermined(match, operands):
            message = f"the type of {name} cannot be told: its argument has no type of its own"
            return TypeFailure("unknown-type", message, "add an explicit cast")
        return self._resolved(match)

    def columns(self, call: Call) -> tuple[FunctionColumn, ...] | None:
        """The columns a function gives in FROM: its OUT arguments, or the fields of the row it returns."""
        schema = call.name[-2] if len(call.name) > 1 else None
        schema_name = None if schema is None else (schema.text if schema.quoted else schema.text.lower())
        candidates = [
            found for found in self._functions(call.function, schema_name) if len(found.args) >= len(call.args)
        ]
        if not candidates or not all(found.columns or self.language.fields_of(found.result) for found in candidates):
            return None
        first = candidates[0]
        if first.columns:
            keyed = call.function in _KEYS_AND_VALUES
            return tuple(
                FunctionColumn(name, self.types.parsed(kind), not (keyed and name == "key"))
                for name, kind in first.columns
            )
        return tuple(FunctionColumn(column.name, column.type) for column in self.language.fields_of(first.result) or ())

    def _functions(self, name: str, schema: str | None) -> list[Signature]:
        found: list[Signature] = []
        user_schema = schema or self.types.catalog.default_schema
        for function in self.types.catalog.functions.get((user_schema, name), ()):
            found.append(self._signature(function))
        if schema in (None, "pg_catalog"):
            found += [own for own in catalogs.functions(name) if self.types.has(own.extension)]
        elif not found:
            found += [
                own for own in catalogs.functions(name) if own.extension is not None and self.types.has(own.extension)
            ]
        return found

    def _signature(self, function: Function) -> Signature:
        inputs = [argument for argument in function.arguments if argument.mode in ("in", "inout", "variadic")]
        outputs = [argument for argument in function.arguments if argument.mode in ("out", "inout")]
        names = tuple(written(argument.type) for argument in inputs)
        variadic = inputs[-1].type if inputs and inputs[-1].mode == "variadic" else None
        columns = [(column.name, written(column.type)) for column in function.columns]
        columns += [(argument.name or "", written(argument.type)) for argument in outputs]
        result = written(function.returns) if function.returns is not None else "void"
        if len(columns) == 1:
            result = columns[0][1]
        elif columns:
            result = "record"
        if function.returns is not None and function.returns.array:
            result = written(function.returns)
        return Signature(
            function.name,
            names,
            result,
            "a" if function.kind == "aggregate" else "f",
            function.strict,
            function.returns_set,
            written(replace(variadic, array=False)) if variadic else None,
            sum(argument.has_default for argument in inputs),
            tuple(columns) if len(columns) > 1 or function.columns else (),
            tuple(argument.name or "-" for argument in inputs),
            schema=function.schema,
        )

    def _special(self, call: Call, args: Sequence[SqlType | None]) -> Resolved | TypeFailure | None:
        """Calls that are syntax of their own, and not functions of pg_proc."""
        name = call.function
        if call.form == "bare":
            return Resolved((), SqlType(_BARE_CALLS.get(name, "text")))
        if len(call.name) > 1:
            return None
        if name in ("coalesce", "greatest", "least"):
            common = self.language.common(args, name.upper())
            if isinstance(common, TypeFailure):
                return common
            result = common or _TEXT
            return Resolved((result,) * len(args), result)
        if name == "nullif" and len(args) == 2:
            compared = self.binary("=", args[0], args[1])
            if isinstance(compared, TypeFailure):
                return compared
            first, meant = args[0], compared.operands[0]
            return Resolved(compared.operands, first if first is not None and first.name == meant.name else meant)
        if name == "grouping":
            return Resolved(tuple(arg or _TEXT for arg in args), SqlType("int4"))
        if name in _BARE_CALLS and call.form == "()" and name.startswith(("current_", "local")):
            return Resolved((SqlType("int4"),) * len(args), SqlType(_BARE_CALLS[name]))
        if call.form == "extract":
            return self._extract(args)
        if call.form in ("xml", "collation for") or name == "xmltable":
            kind = _XML_FORMS.get(name, "text" if call.form == "collation for" else "xml")
            return Resolved(tuple(arg or _TEXT for arg in args), SqlType(kind))
        if name in _JSON_CONSTRUCTORS and (
            call.options or call.returning is not None or name not in catalogs.function_names()
        ):
            given = self.language.from_name(call.returning) if call.returning is not None else None
            result_type = given if isinstance(given, SqlType) else SqlType(_JSON_CONSTRUCTORS[name])
            return Resolved(tuple(arg or _TEXT for arg in args), result_type)
        return None

    def _extract(self, args: Sequence[SqlType | None]) -> Resolved | TypeFailure:
        candidates = list(catalogs.functions("extract"))
        operands: list[Operand] = ["text", operand_of(args[1])]
        try:
            match = select(candidates, operands, self.types)
        except Ambiguous:
            return TypeFailure(
                "ambiguous-function", "EXTRACT needs to know the type of its value", "add an explicit cast"
            )
        if match is None:
            shown_type = self.language.display(args[1]) if args[1] else "unknown"
            return TypeFailure("no-function", f"EXTRACT cannot take {shown_type}", "cast it to a date or a time")
        return self._resolved(match)

    def _converted(self, call: Call, name: str, operands: list[Operand]) -> Resolved | None:
        """`text(x)`: a call by the name of a type is a cast."""
        if len(operands) != 1 or call.form != "()":
            return None
        target = catalogs.types().get(name)
        if target is None or target.pseudo or not self.types.has(target.extension):
            return None
        operand = operands[0]
        if operand is None or self.types.coercible(operand, name, "e"):
            return Resolved(
                (self.types.parsed(operand) if operand is not None else self.types.parsed(name),),
                self.types.parsed(name),
                strict=True,
            )
        return None

    def _unknown_function(self, name: str, schema: str | None) -> Resolved | TypeFailure:
        if self.types.has_strangers:
            return Resolved((), SqlType("?", family=Family.OPAQUE))
        extension = next((own.extension for own in catalogs.functions(name) if own.extension), None)
        if extension is not None:
            help: str | None = f"add `create extension {extension}` to the schema"
        else:
            known = [*catalogs.function_names(), *(key[1] for key in self.types.catalog.functions)]
            help = did_you_mean(name, known, "define it in the schema with CREATE FUNCTION")
        shown_name = f"{schema}.{name}" if schema else name
        return TypeFailure("unknown-function", f"function `{shown_name}` does not exist", help)

    def _shown_call(self, name: str, operands: Sequence[Operand]) -> str:
        shown_types = [
            self.language.display(self.types.parsed(operand)) if operand is not None else "unknown"
            for operand in operands
        ]
        return f"{name}({', '.join(shown_types)})"

    def _signatures_help(self, name: str, candidates: Sequence[Signature]) -> str:
        known = [self._shown_call(name, candidate.args) for candidate in candidates[:4]]
        return "there is " + ", ".join(known) + ("; add explicit casts" if len(known) > 1 else "")

    def _resolved(self, match: Match) -> Resolved:
        signature = match.signature
        return Resolved(
            tuple(self.types.parsed(operand) for operand in match.operands),
            self.types.parsed(match.result),
            signature.returns_set,
            signature.strict,
            signature.schema is not None,
            _FUNCTION_KINDS.get(signature.kind),
            tuple((name, self.types.parsed(kind)) for name, kind in signature.columns),
        )


def _undetermined(match: Match, operands: Sequence[Operand]) -> bool:
    """Whether the polymorphic arguments are all of unknown type, so that nothing says what they stand for."""
    polymorphic = [
        operand
        for declared, operand in zip(match.declared, operands, strict=True)
        if declared in POLYMORPHIC and declared != "any" and not declared.startswith("anycompatible")
    ]
    return bool(polymorphic) and not any(polymorphic)


def _in_order(call: Call, candidates: Sequence[Signature]) -> list[Signature] | None:
    """The candidates with their arguments in the order of a call by name (`f(b => 1, a => 2)`)."""
    if not any(isinstance(argument, NamedArgument) for argument in call.args):
        return None
    given: list[str | None] = [
        (
            (argument.name.text if argument.name.quoted else argument.name.text.lower())
            if isinstance(argument, NamedArgument)
            else None
        )
        for argument in call.args
    ]
    result: list[Signature] = []
    for candidate in candidates:
        names = list(candidate.arg_names)
        order = [
            position if name is None else names.index(name) if name in names else -1
            for position, name in enumerate(given)
        ]
        if -1 in order or len(candidate.args) - candidate.defaults > len(order) or max(order) >= len(candidate.args):
            continue
        args = tuple(candidate.args[position] for position in order)
        result.append(replace(candidate, args=args, defaults=0))
    return result
