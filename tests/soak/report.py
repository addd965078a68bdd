"""What the machine has reached and found, as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlwright.model.typed import TypedColumn

from tests.soak.queries import Statement

KINDS = (
    "crash",
    "unsound",
    "wrongly refused",
    "wrongly accepted",
    "wrong type",
    "wrong row count",
    "wrong schema",
)


@dataclass(slots=True)
class Report:
    """Counts of one run on one database."""

    dialect: str
    queries: int = 0
    accepted: int = 0
    refused: int = 0
    """Refused by both."""
    left: Counter[str] = field(default_factory=Counter[str])
    """Refused for what the analysis leaves to the database, by the database's number."""
    fatal: list[str] = field(default_factory=list[str])
    """Statements with which the database itself ended."""
    errors: int = 0
    """Runs that ended in an error of the data."""
    with_rows: int = 0
    not_empty: int = 0
    columns: int = 0
    """Columns of results that were not empty."""
    nullable: int = 0
    over_null: Counter[str] = field(default_factory=Counter[str])
    """Columns said nullable that no rows have shown NULL, by why they are said to be."""
    examples: dict[str, str] = field(default_factory=dict[str, str])
    faults: Counter[str] = field(default_factory=Counter[str])
    constructs: Counter[str] = field(default_factory=Counter[str])

    def keep_left(self, refusal: str, statement: Statement) -> None:
        number = refusal.partition(" ")[0]
        self.left[number] += 1
        text = f"{refusal}: {statement.text}"
        if number not in self.examples or len(text) < len(self.examples[number]):
            self.examples[number] = text

    def keep_over_null(self, statement: Statement, column: TypedColumn) -> None:
        reason = column.reasons[-1].message if column.reasons else "no reason"
        self.over_null[reason] += 1
        text = f"{column.name}: {statement.text}"
        if reason not in self.examples or len(text) < len(self.examples[reason]):
            self.examples[reason] = text

    @property
    def share_over_null(self) -> float:
        return self.over_null.total() / self.columns if self.columns else 0.0

    def text(self) -> str:
        lines = [
            f"{self.dialect}: {self.queries} queries, {self.accepted} accepted and {self.refused} refused by both",
            f"  {self.not_empty} of {self.with_rows} results were not empty; {self.errors} runs ended in an error,"
            f" {self.left.total()} queries were left to the database, which ended itself {len(self.fatal)} times",
            f"  {self.columns} columns, {self.nullable} said nullable, of which {self.over_null.total()} were never"
            f" seen NULL ({self.share_over_null:.1%} of all columns)",
            "  " + ", ".join(f"{kind} {self.faults[kind]}" for kind in KINDS),
        ]
        return "\n".join(lines)

    def spread(self) -> str:
        """How often each construct was reached, the rare ones first."""
        return "\n".join(f"{count:7} {name}" for name, count in sorted(self.constructs.items(), key=lambda p: p[1]))

    def left_out(self) -> str:
        """What was left to the database."""
        return "\n".join(f"{count:6} {self.examples[number]}" for number, count in self.left.most_common())

    def commonest_over_null(self, count: int) -> str:
        return "\n".join(
            f"{number:6} {reason}\n         {self.examples[reason]}"
            for reason, number in self.over_null.most_common(count)
        )
