"""Values of which there are several: how they go to a driver, as a list or as JSON."""

from __future__ import annotations

from typing import Final

from ..model.types import Kind, Type
from .base import Code

_VALUES: Final = "sqlwright.runtime.values"
_BITS: Final = {Kind.INT16: 16, Kind.INT32: 32, Kind.INT64: 64}


def as_list(encode: Code | None) -> Code:
    """A list of values, of which each is written by itself where that is said."""
    imports = ((_VALUES, "elements"),)
    if encode is None:
        return Code("elements({0})", imports)
    return Code(f"[{encode.text.format('item')} for item in elements({{0}})]", (*imports, *encode.imports))


def as_json(encode: Code | None) -> Code:
    """The JSON of such a list."""
    found = as_list(encode)
    return Code(f"json_text({found.text})", ((_VALUES, "json_text"), *found.imports))


def array_as_json(type: Type, encode: Code | None) -> Code:
    """The JSON of an array with elements of a type, whose range a database does not check in JSON."""
    if type.kind not in _BITS:
        return as_json(encode)
    return Code(f"json_text(integers({{0}}, {_BITS[type.kind]}))", ((_VALUES, "json_text"), (_VALUES, "integers")))
