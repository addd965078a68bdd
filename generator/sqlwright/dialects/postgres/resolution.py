"""Which function or operator PostgreSQL means: the manual's sections 10.2 and 10.3, on type names.

A type is written by its pg_type name, with `_` before it for an array; None is an unknown literal or parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from ...model.values import value
from .catalogs import Signature

Operand = str | None
POLYMORPHIC: Final = frozenset("""
    any anyelement anyarray anynonarray anyenum anyrange anymultirange anycompatible anycompatiblearray
    anycompatiblenonarray anycompatiblerange anycompatiblemultirange
    """.split())


class Typology(Protocol):
    """What resolution needs to know of types, the user's among them."""

    def base(self, name: str) -> str:
        """The type beneath a domain, or the type itself."""
        ...

    def category(self, name: str) -> str: ...

    def is_preferred(self, name: str) -> bool: ...

    def coercible(self, source: Operand, target: str, context: str = "i") -> bool:
        """Whether a value can become another type implicitly ("i"), in assignments ("a") or explicitly ("e")."""
        ...

    def element_name(self, name: str) -> str | None: ...

    def array_name(self, name: str) -> str | None: ...

    def range_name(self, subtype: str) -> str | None: ...

    def multirange_name(self, range_: str) -> str | None: ...

    def range_of(self, multirange: str) -> str | None: ...

    def subtype_name(self, name: str) -> str | None: ...

    def common_name(self, names: Sequence[Operand]) -> str | None:
        """The type that UNION, CASE and anycompatible arguments agree on; None when there is none."""
        ...


@value
class Match:
    """A signature with the types that its arguments and its result have in one call."""

    signature: Signature
    declared: tuple[str, ...]
    operands: tuple[str, ...]
    result: str


class Ambiguous(Exception):
    """Several candidates are equally good."""


def select(candidates: Sequence[Signature], args: Sequence[Operand], types: Typology) -> Match | None:
    """The one candidate that PostgreSQL would call, or None; raises Ambiguous when it could not choose."""
    bases = [None if arg is None else types.base(arg) for arg in args]
    possible = [match for signature in candidates if (match := _fits(signature, args, types)) is not None]
    if len(possible) <= 1:
        return possible[0] if possible else None
    exact = [match for match in possible if _exact(match, args)]
    if len(exact) == 1:
        return exact[0]
    possible = _best(possible, lambda match: _exact_count(match, bases))
    if len(possible) > 1:
        possible = _best(possible, lambda match: _preferred_count(match, bases, types))
    if len(possible) == 1:
        return possible[0]
    if None not in args:
        return _only(possible)
    possible = _by_category(possible, args, types)
    if len(possible) == 1:
        return possible[0]
    return _only(_with_known_type(possible, bases, types) or possible)


def _only(possible: list[Match]) -> Match:
    distinct = {(match.operands, match.result) for match in possible}
    if len(distinct) > 1:
        raise Ambiguous
    return possible[0]


def _fits(signature: Signature, args: Sequence[Operand], types: Typology) -> Match | None:
    """The signature applied to the arguments, or None when they cannot become what it takes."""
    declared = expanded(signature, len(args))
    if declared is None:
        return None
    if not POLYMORPHIC.isdisjoint(declared) or signature.result in POLYMORPHIC:
        actual = bind(declared, signature.result, args, types)
        if actual is None and not _untold(declared, args):
            return None
        operands, result = actual or (declared, signature.result)
    else:
        operands, result = declared, signature.result
    for arg, target in zip(args, operands, strict=True):
        if not types.coercible(arg, target):
            return None
    return Match(signature, declared, operands, result)


def _untold(declared: Sequence[str], args: Sequence[Operand]) -> bool:
    """Whether no argument says what the polymorphic types stand for: such a candidate counts, and cannot be called."""
    told = [arg for name, arg in zip(declared, args, strict=True) if name in POLYMORPHIC]
    return bool(told) and not any(told)


def expanded(signature: Signature, count: int) -> tuple[str, ...] | None:
    """The declared arguments for a call with so many, defaults left out and VARIADIC repeated."""
    declared = signature.args
    if signature.variadic is not None:
        fixed = len(declared) - 1
        if count < fixed:
            return None
        return declared[:fixed] + (signature.variadic,) * (count - fixed)
    if len(declared) - signature.defaults <= count <= len(declared):
        return declared[:count]
    return None


def _exact(match: Match, args: Sequence[Operand]) -> bool:
    return all(arg == declared for arg, declared in zip(args, match.declared, strict=True))


def _best(possible: list[Match], score: Callable[[Match], int]) -> list[Match]:
    scores = [score(match) for match in possible]
    top = max(scores)
    return [match for match, points in zip(possible, scores, strict=True) if points == top]


def _exact_count(match: Match, bases: Sequence[Operand]) -> int:
    return sum(base is not None and base == declared for base, declared in zip(bases, match.declared, strict=True))


def _preferred_count(match: Match, bases: Sequence[Operand], types: Typology) -> int:
    points = 0
    for base, declared in zip(bases, match.declared, strict=True):
        if base is not None and (
            base == declared or (types.category(base) == types.category(declared) and types.is_preferred(declared))
        ):
            points += 1
    return points


def _by_category(possible: list[Match], args: Sequence[Operand], types: Typology) -> list[Match]:
    """Step 3e of the manual: unknown arguments take the string category, else the one all candidates share."""
    chosen: dict[int, tuple[str, bool]] = {}
    for position, arg in enumerate(args):
        if arg is not None:
            continue
        categories = [types.category(match.declared[position]) for match in possible]
        if "S" in categories:
            category = "S"
        elif len(set(categories)) == 1:
            category = categories[0]
        else:
            return possible
        preferred = any(
            types.category(match.declared[position]) == category and types.is_preferred(match.declared[position])
            for match in possible
        )
        chosen[position] = (category, preferred)
    kept = [
        match
        for match in possible
        if all(
            types.category(match.declared[position]) == category
            and (not preferred or types.is_preferred(match.declared[position]))
            for position, (category, preferred) in chosen.items()
        )
    ]
    return kept or possible


def _with_known_type(possible: list[Match], bases: Sequence[Operand], types: Typology) -> list[Match]:
    """Step 3f: when all known arguments have one type, the unknown ones are taken to have it too."""
    known = {base for base in bases if base is not None}
    if len(known) != 1:
        return []
    assumed = known.pop()
    return [match for match in possible if all(types.coercible(assumed, operand) for operand in match.operands)]


# Polymorphic types (manual, section 38.2.5)


def bind(
    declared: Sequence[str], result: str, args: Sequence[Operand], types: Typology
) -> tuple[tuple[str, ...], str] | None:
    """The actual types of polymorphic arguments and result, or None when the arguments contradict each other."""
    family: dict[str, str | None] = {"element": None, "array": None, "range": None, "multirange": None}
    compatible: list[Operand] = []
    for name, arg in zip(declared, args, strict=True):
        if name.startswith("anycompatible"):
            compatible.append(_compatible_element(name, arg, types))
            if arg is not None and compatible[-1] is None:
                return None
        elif name in POLYMORPHIC - {"any"} and arg is not None and not _bind_one(family, name, arg, types):
            return None
    if not _complete(family, types):
        return None
    common = types.common_name(compatible) if compatible else None
    if compatible and common is None:
        if any(item is not None for item in compatible):
            return None
        common = "text"
    operands = [_actual(name, arg, family, common, types) for name, arg in zip(declared, args, strict=True)]
    actual = _actual(result, None, family, common, types)
    if actual is None:
        return None
    return tuple(operand or "text" for operand in operands), actual


def _compatible_element(name: str, arg: Operand, types: Typology) -> Operand:
    if arg is None:
        return None
    if name == "anycompatiblearray":
        return types.element_name(types.base(arg))
    if name in ("anycompatiblerange", "anycompatiblemultirange"):
        return types.subtype_name(types.base(arg))
    if name == "anycompatiblenonarray" and types.element_name(types.base(arg)) is not None:
        return None
    return arg


def _bind_one(family: dict[str, str | None], name: str, arg: str, types: Typology) -> bool:
    """Note what a polymorphic argument stands for; a domain over an array or a range is taken for what it is over."""
    slot = {"anyarray": "array", "anyrange": "range", "anymultirange": "multirange"}.get(name, "element")
    if slot != "element":
        arg = types.base(arg)
    if name == "anyarray" and types.element_name(arg) is None:
        return False
    if name == "anynonarray" and types.element_name(arg) is not None:
        return False
    if name == "anyenum" and types.category(arg) != "E":
        return False
    if name == "anyrange" and types.multirange_name(arg) is None:
        return False
    if name == "anymultirange" and types.range_of(arg) is None:
        return False
    if family[slot] not in (None, arg):
        return False
    family[slot] = arg
    return True


def _complete(family: dict[str, str | None], types: Typology) -> bool:
    """Derive the element from an array or range and the other way; False when they disagree."""
    array, element = family["array"], family["element"]
    if array is not None:
        derived = types.element_name(array)
        if element not in (None, derived):
            return False
        family["element"] = derived
    if not _complete_ranges(family, types):
        return False
    for slot in ("range", "multirange"):
        found = family[slot]
        if found is not None:
            subtype = types.subtype_name(found)
            if family["element"] not in (None, subtype):
                return False
            family["element"] = subtype
    if family["array"] is None and family["element"] is not None:
        family["array"] = types.array_name(family["element"])
    return True


def _complete_ranges(family: dict[str, str | None], types: Typology) -> bool:
    """Derive the range from its multirange and the other way; False when they are not of each other."""
    range_, multirange = family["range"], family["multirange"]
    if range_ is None and multirange is not None:
        range_ = family["range"] = types.range_of(multirange)
    if range_ is None:
        return True
    derived = types.multirange_name(range_)
    family["multirange"] = multirange or derived
    return multirange in (None, derived)


def _actual(name: str, arg: Operand, family: dict[str, str | None], common: str | None, types: Typology) -> str | None:
    match name:
        case "any":
            return arg if arg is not None else "text"
        case "anyelement" | "anynonarray" | "anyenum":
            return family["element"] or (None if arg is None else arg)
        case "anyarray":
            return family["array"]
        case "anyrange":
            return family["range"] or (types.range_name(family["element"]) if family["element"] else None)
        case "anymultirange":
            return family["multirange"]
        case "anycompatible" | "anycompatiblenonarray":
            return common
        case "anycompatiblearray":
            return types.array_name(common) if common else None
        case "anycompatiblerange":
            return types.range_name(common) if common else None
        case _:
            return name
