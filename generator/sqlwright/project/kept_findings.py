"""Findings as plain values that can be kept for the next run, whose sources are the same."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics import Diagnostic, Severity, Source, Span
from ..model.parsed import as_list, as_text


def written_finding(finding: Diagnostic) -> dict[str, object]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "span": written_span(finding.span),
        "help": finding.help,
        "related": [[written_span(span), text] for span, text in finding.related],
    }


def kept_finding(table: Mapping[str, object], sources: Mapping[str, Source]) -> Diagnostic:
    """The finding that was written. Raises ValueError and LookupError where it speaks of another source, or of none."""
    span, help = table["span"], table["help"]
    related = [as_list(one) for one in as_list(table["related"])]
    return Diagnostic(
        Severity(as_text(table["severity"])),
        as_text(table["code"]),
        as_text(table["message"]),
        kept_span(span, sources) if span is not None else None,
        as_text(help) if help is not None else None,
        tuple((kept_span(place, sources), as_text(text)) for place, text in related),
    )


def findings_apart(findings: tuple[Diagnostic, ...], sources: frozenset[str]) -> list[Diagnostic] | None:
    """Findings but for those in some sources; None when one of the others points into these."""
    others = [one for one in findings if one.span is None or one.span.source.name not in sources]
    pointed = (span.source.name for one in others for span, _ in one.related)
    return None if any(name in sources for name in pointed) else others


def written_span(span: Span | None) -> list[object] | None:
    return [span.source.name, span.start, span.end] if span is not None else None


def kept_span(found: object, sources: Mapping[str, Source]) -> Span:
    """The span that was written. Raises as `kept_finding` does."""
    name, start, end = as_list(found)
    if not isinstance(start, int) or not isinstance(end, int):
        raise ValueError("no place")
    return Span(sources[as_text(name)], start, end)
