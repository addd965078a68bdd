"""Functions that are called as another sort of function is: without OVER, with DISTINCT, …"""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Diagnostic
from ...model.syntax import Call
from .checked import Checked

_Wrong = tuple[str, str]


def calls_of_another_sort(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        resolved = c.facts.resolved.get(node) if isinstance(node, Call) else None
        if resolved is None or not isinstance(node, Call):
            continue
        wrong = None
        match resolved.kind:
            case "window":
                wrong = _window(node)
            case "aggregate":
                wrong = _aggregate(node)
            case "function":
                wrong = _function(node, resolved.own)
            case None:
                pass
        if wrong is not None:
            yield c.finding("wrong-call", wrong[0], node, wrong[1])


def _window(node: Call) -> _Wrong | None:
    if node.over is None:
        return f"{node.function} is a window function", f"write {node.function}(…) OVER (…)"
    if node.distinct or node.order_by:
        return f"{node.function} takes no DISTINCT and no ORDER BY", "leave it out"
    if node.filter is not None:
        return f"{node.function} takes no FILTER, for it is no aggregate", "leave it out"
    return None


def _aggregate(node: Call) -> _Wrong | None:
    if not node.args and not node.star and not node.within:
        return f"{node.function} needs an argument", f"write {node.function}(*)"
    if node.over is None:
        return None
    if node.within:
        return f"{node.function} with WITHIN GROUP takes no OVER", "leave out OVER, and group the rows"
    if node.distinct or node.order_by:
        what = "DISTINCT" if node.distinct else "ORDER BY"
        return f"an aggregate with OVER takes no {what}", "aggregate in a subquery"
    return None


def _function(node: Call, own: bool) -> _Wrong | None:
    """A function of the user's may be one for windows, which its signature does not tell."""
    written = {
        "DISTINCT": node.distinct,
        "ORDER BY": bool(node.order_by),
        "WITHIN GROUP": bool(node.within),
        "FILTER": node.filter is not None,
        "OVER": node.over is not None and not own,
    }
    what = next((what for what, there in written.items() if there), None)
    return None if what is None else (f"{node.function} is no aggregate, and takes no {what}", "leave it out")
