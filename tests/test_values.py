"""Values and entities behave as the frozen dataclasses that they are to type checkers."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from sqlwright.model.values import entity, value


@value
class Point:
    x: int
    y: int = 0

    def far(self) -> bool:
        return self.x > 9


@value
class Named(Point):
    name: str = "here"


@value
class Nothing:
    pass


@entity
class Thing:
    name: str


def test_values_with_the_same_fields_are_equal_and_one_key() -> None:
    assert Point(1) == Point(1, 0)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2
    assert Nothing() == Nothing()


def test_values_of_different_classes_are_not_equal() -> None:
    assert Point(1) != Named(1)
    assert Point(1) != (1, 0)


def test_an_entity_equals_itself_alone() -> None:
    one, other = Thing("a"), Thing("a")
    assert one == one
    assert one != other
    assert len({one, other}) == 2


def test_a_subclass_has_the_fields_of_both() -> None:
    found = Named(10, name="there")
    assert (found.x, found.y, found.name) == (10, 0, "there")
    assert found.far()


def test_values_are_replaced_matched_pickled_and_shown() -> None:
    found = replace(Named(1, 2), y=3)
    match found:
        case Named(x, y, name):
            assert (x, y, name) == (1, 3, "here")
    assert pickle.loads(pickle.dumps(found)) == found
    assert repr(found) == "Named(x=1, y=3, name='here')"


def test_there_are_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Point(1), "z", 1)


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(TypeError):
        eval("Point()", {"Point": Point})
