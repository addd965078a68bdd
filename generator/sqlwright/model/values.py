"""How the values that phases pass to one another are declared.

To all who check types they are frozen dataclasses, and `dataclasses.replace` takes them. A run declares three hundred
classes and makes many thousand values of them, for which `dataclasses` would need four to eight times as long: it
compiles up to six functions for each class, and its frozen `__init__` makes a call for each field. So nothing enforces
that they are frozen when the program runs, and a class with a default that is made anew each time stays a dataclass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, field
from operator import attrgetter
from types import FunctionType, new_class
from typing import Final, TypeVar, cast, dataclass_transform

T = TypeVar("T")

_OF_NO_SLOTS: Final = ("__dict__", "__weakref__")
"""What a class holds that has no slots."""


@dataclass_transform(frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Equal to all of its class that hold the same."""
    return _slotted(cls, _comparison)


@dataclass_transform(frozen_default=True, eq_default=False)
def entity(cls: type[T]) -> type[T]:
    """Equal to itself alone, so that facts about it can be kept in tables beside it."""
    return _slotted(cls, lambda names: {})


def _slotted(cls: type[T], comparison: Callable[[Sequence[str]], dict[str, object]]) -> type[T]:
    """The class made anew, as slots need, with what its fields ask for."""
    annotations: dict[str, str] = vars(cls).get("__annotations__", {})
    own = {name: _field(name, annotation, vars(cls).get(name, MISSING)) for name, annotation in annotations.items()}
    fields: dict[str, Field[object]] = {**getattr(cls, "__dataclass_fields__", {}), **own}
    names = tuple(fields)
    namespace = {
        "__repr__": _representation(names),
        **comparison(names),
        **{name: member for name, member in vars(cls).items() if name not in own and name not in _OF_NO_SLOTS},
        "__qualname__": cls.__qualname__,
        "__init__": _init(fields.values()),
        "__slots__": tuple(own),
        "__match_args__": names,
        "__dataclass_fields__": fields,
    }
    return cast("type[T]", new_class(cls.__name__, cls.__bases__, {}, lambda body: body.update(namespace)))


def _field(name: str, annotation: str, default: object) -> Field[object]:
    """What `dataclasses` keeps of a field."""
    assert not isinstance(default, Field), f"`{name}` needs a dataclass"
    found = cast("Field[object]", field(default=default))
    found.name, found.type = name, annotation
    return found


def _init(fields: Iterable[Field[object]]) -> object:
    names = [field.name for field in fields]
    body = "; ".join(f"self.{name} = {name}" for name in names) or "pass"
    made: dict[str, FunctionType] = {}
    exec(f"def __init__({', '.join(['self', *names])}): {body}", made)
    init = made["__init__"]
    init.__defaults__ = tuple(field.default for field in fields if field.default is not MISSING)
    return init


def _representation(names: Sequence[str]) -> object:
    def representation(self: object) -> str:
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({held})"

    return representation


def _comparison(names: Sequence[str]) -> dict[str, object]:
    held: Callable[[object], object] = attrgetter(*names) if names else type

    def equal(self: object, other: object) -> object:
        if self is other:
            return True
        return held(self) == held(other) if type(self) is type(other) else NotImplemented

    def hashed(self: object) -> int:
        return hash(held(self))

    return {"__eq__": equal, "__hash__": hashed}
