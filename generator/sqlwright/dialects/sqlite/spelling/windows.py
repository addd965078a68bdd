"""Windows."""

from __future__ import annotations

from ....model.syntax import Frame, FrameBound, Node, Window
from ....model.types import Kind
from ...spelling.kinds import FLOATS, INTEGERS
from ...translation import Translating
from .conversions import groupable
from .queries import write_ordering


def write_window(node: Window, t: Translating) -> str:
    replaced: dict[Node, str] = {one: groupable(one, t, "PARTITION BY") for one in node.partition_by}
    replaced |= {item: write_ordering(item, None, t) for item in node.order_by}
    if node.frame is not None and node.frame.unit == "range" and _has_offset(node.frame):
        kinds = {t.type(item.expression).kind for item in node.order_by}
        if not kinds <= INTEGERS | FLOATS | {Kind.BOOL}:
            t.refuse("a RANGE frame by an offset other than a number", node.frame)
    return t.same(node, replaced)


def _has_offset(frame: Frame) -> bool:
    bounds: tuple[FrameBound | None, ...] = (frame.low, frame.high)
    return any(bound is not None and bound.offset is not None for bound in bounds)
