"""The sets of expressions that a query groups by: one, or several by GROUPING SETS, ROLLUP and CUBE."""

from __future__ import annotations

from ..model.syntax import Expression, GroupingSets, Row, Select


def grouping_sets(query: Select) -> list[frozenset[Expression]]:
    """The grouping sets of a query, each as the expressions it groups by."""
    if query.with_rollup:
        return _rollup([frozenset((item,)) for item in query.group_by])
    sets: list[frozenset[Expression]] = [frozenset()]
    for item in query.group_by:
        sets = [one | other for one in sets for other in _sets_of(item)]
    return sets


def _sets_of(item: Expression) -> list[frozenset[Expression]]:
    match item:
        case GroupingSets(kind="rollup", items=items):
            return _rollup([frozenset(grouping_items(part)) for part in items])
        case GroupingSets(kind="cube", items=items):
            sets: list[frozenset[Expression]] = [frozenset()]
            for part in items:
                sets += [one | frozenset(grouping_items(part)) for one in sets]
            return sets
        case GroupingSets(items=items):
            return [one for part in items for one in _sets_of(part)]
        case Row(items=()):
            return [frozenset()]
        case _:
            return [frozenset(grouping_items(item))]


def _rollup(parts: list[frozenset[Expression]]) -> list[frozenset[Expression]]:
    sets: list[frozenset[Expression]] = [frozenset()]
    for part in parts:
        sets.append(sets[-1] | part)
    return sets


def grouping_items(item: Expression) -> list[Expression]:
    """The expressions that an item of GROUP BY groups by."""
    if isinstance(item, GroupingSets | Row):
        return [inner for part in item.items for inner in grouping_items(part)]
    return [item]
