"""Windows."""

from __future__ import annotations

from ....model.syntax import Frame, FrameBound, Node, Window
from ...translation import Translating
from .conversions import check_groupable
from .kinds import INTEGERS
from .queries import write_ordering


def write_window(node: Window, t: Translating) -> str:
    for one in node.partition_by:
        check_groupable(t.type(one), one, t, "PARTITION BY")
    replaced: dict[Node, str] = {item: write_ordering(item, None, t) for item in node.order_by}
    kinds = {t.type(item.expression).kind for item in node.order_by}
    frame = node.frame
    if frame is not None and frame.unit == "range" and _has_offset(frame) and not kinds <= INTEGERS:
        t.refuse("a RANGE frame by an offset other than an integer", frame)
    return t.same(node, replaced)


def _has_offset(frame: Frame) -> bool:
    bounds: tuple[FrameBound | None, ...] = (frame.low, frame.high)
    return any(bound is not None and bound.offset is not None for bound in bounds)
