"""What was measured, as lines that can be read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What one contestant took: seconds, and megabytes at the most."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Line:
    """Our figure beside another's. `most` is the ratio, or without another the seconds, that we promise not to pass."""

    what: str
    ours: Figure
    beside: str = ""
    other: Figure | None = None
    most: float | None = None

    @property
    def measured(self) -> float:
        """The ratio of the times; the time where there is no other."""
        return self.ours.seconds / self.other.seconds if self.other is not None else self.ours.seconds

    @property
    def kept(self) -> bool:
        return self.most is None or self.measured <= self.most


def table(title: str, lines: Iterable[Line]) -> str:
    """The lines under a title, aligned."""
    heads = ("", "sqlwright", "memory", "beside", "", "memory", "ratio", "promised")
    rows = [heads, *(_cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    text = [
        "  ".join(cell.ljust(width) if place in (0, 3) else cell.rjust(width) for place, (cell, width) in row).rstrip()
        for row in (enumerate(zip(cells, widths, strict=True)) for cells in rows)
    ]
    return "\n".join([title, "-" * len(title), *text, ""])


def _cells(line: Line) -> tuple[str, ...]:
    other = line.other
    ratio = f"{line.measured:.2f}" if other is not None else ""
    unit = "" if other is not None else " s"
    promised = f"≤ {line.most:g}{unit} {'kept' if line.kept else 'MISSED'}" if line.most is not None else ""
    return (
        line.what,
        _time(line.ours.seconds),
        _memory(line.ours.megabytes),
        line.beside,
        _time(other.seconds) if other is not None else "",
        _memory(other.megabytes) if other is not None else "",
        ratio,
        promised,
    )


def _time(seconds: float) -> str:
    if seconds >= 0.1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.2f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.1f} µs"


def _memory(megabytes: float) -> str:
    if megabytes >= 1:
        return f"{megabytes:.0f} MB"
    return f"{megabytes * 1000:.0f} kB" if megabytes >= 0.001 else f"{megabytes * 1e6:.0f} B"
