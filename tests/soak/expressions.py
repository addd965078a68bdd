"""Random expressions of a wanted sort, built of the forms that a database has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tests.soak.facts import Form, Sort
from tests.soak.writing import Place, Visible, Writer

FRAMES: Final = (
    "rows between unbounded preceding and current row",
    "rows between 1 preceding and 1 following",
    "rows between 2 preceding and 1 preceding",
    "rows between 1 following and unbounded following",
    "range between unbounded preceding and current row",
    "rows between current row and unbounded following",
)


def expression(writer: Writer, sort: Sort, place: Place) -> str:
    """The text of an expression."""
    choices = writer.choices
    if writer.slips("wrong type"):
        sort = choices.of([other for other in writer.facts.sorts if other is not sort])
    if writer.slips("unknown function"):
        return f"no_such_function({leaf(writer, sort, place)})"
    if place.aggregates and choices.chance(45):
        return _of_table(writer, writer.facts.forms.aggregates, "aggregate", sort, place) or leaf(writer, sort, place)
    if place.windows and choices.chance(20):
        found = _of_table(writer, writer.facts.forms.windows, "window", sort, place)
        if found is not None:
            return found
    if not place.aggregates and not place.grouped and writer.slips("aggregate out of place"):
        return f"max({leaf(writer, sort, place)})"
    if not place.windows and writer.slips("window out of place"):
        return f"first_value({leaf(writer, sort, place)}) over ()"
    if place.depth > 0 and choices.chance(55):
        return _of_table(writer, writer.facts.forms.rows, "form", sort, place) or leaf(writer, sort, place)
    return leaf(writer, sort, place)


def leaf(writer: Writer, sort: Sort, place: Place) -> str:
    """A column of a sort, or a literal where there is none or chance wills it."""
    choices = writer.choices
    if writer.slips("unknown column"):
        return "no_such_column"
    if place.grouped and writer.slips("ungrouped column"):
        return choices.of(place.columns).full if place.columns else "no_such_column"
    if place.columns and writer.slips("unknown qualifier"):
        return f"zz.{place.columns[0].name}"
    if writer.slips("ambiguous name"):
        return _doubled(place)
    chance = choices.below(100)
    if chance < 80:
        found = column(writer, sort, place)
        if found is not None:
            return found
    if chance >= 95:
        writer.reach("null literal")
        return writer.facts.null.format(type=writer.facts.types[sort][0])
    return choices.of(writer.facts.literals[sort])


def column(writer: Writer, sort: Sort, place: Place) -> str | None:
    """A column (or key of the groups) of a sort, if there is one."""
    choices = writer.choices
    if place.grouped:
        keys = [text for text, found in place.keys if found is sort]
        return choices.of(keys) if keys else None
    own = [found for found in place.columns if found.sort is sort]
    around = [found for found in place.outer if found.sort is sort]
    if around and (not own or choices.chance(25)):
        writer.reach("correlated column")
        return choices.of(around).full
    return written(writer, choices.of(own), place) if own else None


def written(writer: Writer, found: Visible, place: Place) -> str:
    """A column with its qualifier, or at times without where that is clear."""
    alone = sum(other.name == found.name for other in place.columns) == 1
    return found.name if alone and writer.choices.chance(30) else found.full


def _doubled(place: Place) -> str:
    names = [found.name for found in place.columns]
    return next((name for name in names if names.count(name) > 1), "no_such_column")


def _of_table(
    writer: Writer, forms: Mapping[Sort | None, tuple[Form, ...]], kind: str, sort: Sort, place: Place
) -> str | None:
    own, general = forms.get(sort, ()), forms.get(None, ())
    if not own and not general:
        return None
    of_general = general and (not own or writer.choices.chance(42))
    form = writer.choices.of(general if of_general else own)
    writer.reach(f"{kind}: {form.text}")
    match kind:
        case "aggregate":
            return filled(writer, form, sort, place.of_rows)
        case "window":
            return filled(writer, form, sort, replace(place.deeper, windows=False))
        case _:
            return filled(writer, form, sort, place.deeper)


def filled(writer: Writer, form: Form, sort: Sort, place: Place) -> str:
    """A form with expressions in its holes."""
    same: Sort | None = None
    text = form.parts[0]
    for hole, after in zip(form.holes, form.parts[1:], strict=True):
        if hole in ("X", "columnX") and same is None:
            same = _some_sort(writer, place)
        text += _hole(writer, hole, sort, same or sort, place) + after
    return text


def _some_sort(writer: Writer, place: Place) -> Sort:
    """A sort of which there is a column, mostly: so that values that differ are compared."""
    sorts = [found.sort for found in place.columns]
    comparable = [sort for sort in sorts if sort is not Sort.JSON]
    return writer.choices.of(comparable) if comparable and writer.choices.chance(90) else Sort.INT


def _hole(writer: Writer, hole: str, sort: Sort, same: Sort, place: Place) -> str:
    match hole:
        case "T":
            return expression(writer, sort, place)
        case "X":
            return expression(writer, same, place)
        case "any":
            return expression(writer, writer.choices.of(writer.facts.sorts), place)
        case "type":
            return writer.facts.types[sort][0]
        case "over":
            return _over(writer, place)
        case "scalar":
            return _subquery(writer, (sort,), place, "scalar subquery")
        case "columnX":
            return _subquery(writer, (same,), place, "column subquery")
        case "ints":
            return _subquery(writer, (Sort.INT,), place, "column subquery")
        case "query":
            return _subquery(writer, None, place, "exists")
        case _:
            return expression(writer, Sort(hole), place)


def _subquery(writer: Writer, sorts: tuple[Sort, ...] | None, place: Place, kind: str) -> str:
    writer.reach(kind)
    if sorts is not None and writer.slips("subquery of two columns"):
        sorts = (*sorts, *sorts)
    return writer.query(writer, place.seen_within, sorts, place.depth - 1).text


def _over(writer: Writer, place: Place) -> str:
    choices = writer.choices
    if writer.slips("unknown window"):
        return "over nowhere"
    if place.window_names and choices.chance(40):
        writer.reach("named window")
        return f"over {choices.of(place.window_names)}"
    return f"over ({window(writer, place)})"


def window(writer: Writer, place: Place) -> str:
    """What stands in the parentheses of OVER."""
    choices = writer.choices
    inner = place.of_rows if not place.grouped else place.deeper
    parts: list[str] = []
    if choices.chance(40):
        writer.reach("partition by")
        parts.append(f"partition by {leaf(writer, _some_sort(writer, place), inner)}")
    if choices.chance(70):
        parts.append(f"order by {_ordering(writer, inner)}")
        if choices.chance(35):
            frame = choices.of(FRAMES)
            writer.reach(f"frame: {frame}")
            parts.append(frame)
    return " ".join(parts)


def _ordering(writer: Writer, place: Place) -> str:
    found = column(writer, _some_sort(writer, place), place)
    return found if found is not None else "(select 1)"
