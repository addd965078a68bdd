"""What a run must have reached, so that finding nothing says something."""

from __future__ import annotations

from typing import Final

from tests.soak.facts import Facts, Forms
from tests.soak.report import Report

EVERYWHERE: Final = frozenset("""
    where|group by|having|order by|limit|offset|distinct|order by of a set operation|aggregates without group by
    left join|right join|cross join|comma join|nested join|using|natural join|view|derived table|CTE|CTE read
    recursive CTE|join with a recursive CTE|scalar subquery|column subquery|exists|correlated column
    union|union all|intersect|except|partition by|insert|update|delete|insert of values|insert from a query
    null literal|star
    """.replace("\n", "|").split("|"))
BY_CLAUSE: Final = {
    "named-window": ("named window",),
    "grouping-sets": ("grouping sets", "rollup", "cube"),
    "with-rollup": ("with rollup",),
    "except-all": ("intersect all", "except all"),
    "writable-cte": ("data-modifying CTE",),
    "upsert": ("on conflict do nothing", "on conflict do update"),
    "on-duplicate-key": ("on duplicate key update",),
    "returning-insert": ("returning", "returning *"),
    "update-from": ("update from",),
    "update-join": ("update join",),
    "delete-using": ("delete using",),
    "distinct-on": ("distinct on",),
    "row-locks": ("for update",),
    "values-query": ("values",),
}
NOT_EMPTY: Final = 0.45
"""The least share of results that some rows filled."""
ACCEPTED: Final = 0.7
REFUSED: Final = 0.02
"""The least shares of queries that both sides accept and refuse."""
FORMS: Final = 0.85
"""The least share of the forms of expressions that are written; a long run must write all."""
LEFT: Final = 0.003
"""The greatest share of queries that may be left to the database."""
OVER_NULL: Final = 0.25
"""The greatest share of columns said nullable that no rows show NULL."""


def shortfalls(report: Report, facts: Facts, long: bool) -> list[str]:
    """Where a run stayed below what it must reach."""
    found = [f"never reached: {name}" for name in sorted(_constructs(facts)) if not report.constructs[name]]
    forms = _forms(facts.forms)
    written = sum(report.constructs[name] > 0 for name in forms)
    if written < len(forms) * (1 if long else FORMS):
        found.append(f"{written} of {len(forms)} forms of expressions were written")
    for what, share, least in (
        ("not empty", report.not_empty / max(report.with_rows, 1), NOT_EMPTY),
        ("accepted by both", report.accepted / max(report.queries, 1), ACCEPTED),
        ("refused by both", report.refused / max(report.queries, 1), REFUSED),
    ):
        if share < least:
            found.append(f"{share:.1%} were {what}, and {least:.0%} must be")
    if report.left.total() > max(LEFT * report.queries, 3):
        found.append(f"{report.left.total()} of {report.queries} queries were left to the database")
    if report.share_over_null > OVER_NULL:
        found.append(f"{report.share_over_null:.1%} of columns are said nullable and were never seen NULL")
    return found


def _constructs(facts: Facts) -> set[str]:
    wanted = set(EVERYWHERE) | set(facts.joins)
    for clause, names in BY_CLAUSE.items():
        if facts.has(clause):
            wanted |= set(names)
    return {name.strip() for name in wanted if name.strip()}


def _forms(forms: Forms) -> list[str]:
    tables = (("form", forms.rows), ("aggregate", forms.aggregates), ("window", forms.windows))
    return [f"{kind}: {form.text}" for kind, table in tables for several in table.values() for form in several]
