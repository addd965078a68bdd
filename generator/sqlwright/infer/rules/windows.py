"""Windows: frames that begin behind their end, offsets without an order to count in, and what a named window is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...diagnostics import Diagnostic
from ...model.syntax import ColumnName, Frame, FrameBound, Ordering, Select, Window, walk
from .checked import Checked, own_calls

_PLACES: Final = ("unbounded preceding", "preceding", "current row", "following", "unbounded following")


def wrong_windows(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        if isinstance(node, Select):
            named: dict[str, Window] = {}
            for name, window in node.windows:
                key = c.environment.spelled(name)
                if key in named:
                    yield c.finding("duplicate-name", f"window `{key}` is defined twice", name, "rename one of the two")
                if window.base is not None and c.environment.spelled(window.base) not in named:
                    help = "define it before this one"
                    yield c.finding("unknown-window", f"there is no window `{window.base.text}`", window.base, help)
                yield from _of_window(c, window, named)
                named[key] = window
            for window in _own(node):
                yield from _of_window(c, window, named)


def _own(node: Select) -> Iterator[Window]:
    """The windows of the calls of a SELECT, those of queries inside it left out."""
    for item in (*node.items, *node.order_by, *node.distinct_on):
        for call in own_calls(item):
            if call.over is not None:
                yield call.over


def _of_window(c: Checked, window: Window, named: dict[str, Window]) -> Iterator[Diagnostic]:
    base = named.get(c.environment.spelled(window.base)) if window.base is not None else None
    parted = window.partition_by or window.order_by or window.frame is not None
    if base is not None and window.base is not None and (parted or window.end > window.base.end):
        yield from _copied(c, window, base, window.base.text)
    if window.frame is not None:
        yield from _of_frame(c, window.frame, window.order_by or (base.order_by if base is not None else ()))


def _copied(c: Checked, window: Window, base: Window, name: str) -> Iterator[Diagnostic]:
    """What `over (w …)` may add to the window that it begins with."""
    if window.partition_by:
        yield c.finding("bad-window", f"the partition of window `{name}` cannot be changed", window, "leave it out")
    if window.order_by and base.order_by:
        yield c.finding("bad-window", f"the order of window `{name}` cannot be changed", window, "leave it out")
    if base.frame is not None:
        help = f"write OVER {name}, without parentheses"
        yield c.finding("bad-window", f"window `{name}` has a frame, and cannot be copied", window, help)


def _of_frame(c: Checked, frame: Frame, order: tuple[Ordering, ...]) -> Iterator[Diagnostic]:
    low, high = frame.low, frame.high
    if low.kind == "unbounded following":
        yield _bad(c, low, "a frame cannot begin at its partition's end", "write UNBOUNDED PRECEDING")
    if high is not None and high.kind == "unbounded preceding":
        yield _bad(c, high, "a frame cannot end at its partition's beginning", "write UNBOUNDED FOLLOWING")
    end = _PLACES.index(high.kind if high is not None else "current row")
    if low.kind in ("current row", "following") and end < _PLACES.index(low.kind):
        yield _bad(c, frame, "this frame ends before it begins", "name the earlier bound first")
    if frame.unit == "groups" and not order:
        yield _bad(c, frame, "GROUPS needs an ORDER BY in its window", "add it, or write ROWS")
    for bound in (low, high):
        if bound is not None and bound.offset is not None:
            yield from _of_offset(c, frame, bound, order)


def _of_offset(c: Checked, frame: Frame, bound: FrameBound, order: tuple[Ordering, ...]) -> Iterator[Diagnostic]:
    if any(isinstance(node, ColumnName) for node in walk(bound)):
        yield _bad(c, bound, "a frame's offset is one for all rows, and names no column", "write a number, or pass one")
    if frame.unit == "range" and len(order) != 1:
        yield _bad(c, bound, "RANGE with an offset needs one column in ORDER BY", "order by one, or write ROWS")


def _bad(c: Checked, node: Frame | FrameBound, message: str, help: str) -> Diagnostic:
    return c.finding("bad-frame", message, node, help)
