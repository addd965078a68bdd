"""What is found on several databases in the same words, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..diagnostics import Diagnostic, enumerated


def said_once(found: Mapping[str, Sequence[Diagnostic]]) -> list[Diagnostic]:
    """The findings of databases, by their titles. Those that differ by the title alone become one, which names all."""
    first: dict[tuple[object, ...], Diagnostic] = {}
    titles: dict[tuple[object, ...], list[str]] = {}
    for title, findings in found.items():
        for one in findings:
            place = None if one.span is None else (one.span.source.name, one.span.start, one.span.end)
            key = (one.code, place, one.help, *one.message.split(title))
            first.setdefault(key, one)
            titles.setdefault(key, []).append(title)
    return [
        replace(one, message=one.message.replace(titles[key][0], enumerated(list(dict.fromkeys(titles[key])))))
        for key, one in first.items()
    ]
