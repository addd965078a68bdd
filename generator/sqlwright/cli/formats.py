"""Findings for machines: JSON, GitHub's workflow commands, SARIF and JUnit.

Every function takes the findings and a prefix for the names of their files, and gives the whole document.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree

from .. import __version__
from ..diagnostics import Diagnostic, Severity, Span, has_errors

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

_GITHUB_COMMAND: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: Final = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}
_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def json_document(findings: Sequence[Diagnostic], prefix: str) -> str:
    """`{"diagnostics": […]}`; the files are named as in every other JSON, relative to the project."""
    return json.dumps({"diagnostics": [finding.to_dict() for finding in findings]}, indent=2, ensure_ascii=False)


def github_commands(findings: Sequence[Diagnostic], prefix: str) -> str:
    """One workflow command a line, which GitHub shows beside the line that it names."""
    return "".join(f"{_github_command(finding, prefix)}\n" for finding in findings)


def _github_command(finding: Diagnostic, prefix: str) -> str:
    properties: dict[str, str] = {}
    if finding.span is not None:
        line, column, end_line, end_column = _region(finding.span)
        properties["file"] = prefix + finding.span.source.name
        properties["line"] = str(line)
        properties["col"] = str(column)
        properties["endLine"] = str(end_line)
        properties["endColumn"] = str(end_column)
    properties["title"] = f"sqlwright ({finding.code})"
    said = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_GITHUB_COMMAND[finding.severity]} {said}::{_escaped(_with_help(finding), _IN_MESSAGE)}"


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)


def sarif_document(findings: Sequence[Diagnostic], prefix: str) -> str:
    """A log of SARIF 2.1.0 with one run."""
    codes = sorted({finding.code for finding in findings})
    lines = list(_lines(findings))
    driver: dict[str, Json] = {
        "name": "sqlwright",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, codes.index(finding.code), prefix, line)
            for finding, line in zip(findings, lines, strict=True)
        ],
    }
    document: Json = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _lines(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """What tells a finding again in the next run, when lines have come or gone above it: a digest of its code, its file
    and its line, and which of those that share these it is."""
    seen: Counter[str] = Counter()
    for finding in findings:
        span = finding.span
        place = () if span is None else (span.source.name, span.source.line(span.line).strip())
        told = sha256("\0".join((finding.code, *place)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[told] += 1
        yield f"{told}:{seen[told]}"


def _rule(code: str) -> Json:
    title = code.replace("-", " ").capitalize()
    return {
        "id": code,
        "shortDescription": {"text": title},
        "help": {"text": f"{title}: the message of each result says what to write instead."},
    }


def _result(finding: Diagnostic, rule: int, prefix: str, line: str) -> Json:
    result: dict[str, Json] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _with_help(finding)},
        "partialFingerprints": {"primaryLocationLineHash": line},
    }
    if finding.span is not None:
        result["locations"] = [{"physicalLocation": _physical(finding.span, prefix)}]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": label}, "physicalLocation": _physical(span, prefix)}
            for number, (span, label) in enumerate(finding.related)
        ]
    return result


def _physical(span: Span, prefix: str) -> Json:
    line, column, end_line, end_column = _region(span)
    return {
        "artifactLocation": {"uri": quote(prefix + span.source.name)},
        "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
    }


def junit_document(findings: Sequence[Diagnostic], prefix: str) -> str:
    """One test case for each finding, of which the errors failed; one that passed where there are none."""
    failed = [finding for finding in findings if finding.severity is Severity.ERROR]
    suite = ElementTree.Element(
        "testsuite", name="sqlwright", tests=str(max(len(findings), 1)), failures=str(len(failed)), errors="0"
    )
    places = [_place(finding, prefix) for finding in findings]
    shared = Counter((finding.code, place) for finding, place in zip(findings, places, strict=True))
    for finding, place in zip(findings, places, strict=True):
        # What several databases say of one place is several cases, which are told apart by their names.
        name = place if shared[finding.code, place] == 1 else f"{place}: {finding.message}"
        told = _without_controls(name if place else finding.message)
        case = ElementTree.SubElement(suite, "testcase", classname=finding.code, name=told)
        told = "failure" if finding.severity is Severity.ERROR else "system-out"
        inner = ElementTree.SubElement(case, told)
        inner.text = _without_controls(_with_help(finding))
        if told == "failure":
            inner.attrib |= {"message": _without_controls(finding.message), "type": finding.code}
    if not has_errors(findings) and not findings:
        ElementTree.SubElement(suite, "testcase", classname="sqlwright", name="no findings")
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ElementTree.tostring(root, encoding='unicode')}\n"


def _place(finding: Diagnostic, prefix: str) -> str:
    return "" if finding.span is None else f"{prefix}{finding.span.source.name}:{finding.span.line}"


def _without_controls(text: str) -> str:
    """XML 1.0 holds no control characters but tab and newline."""
    return "".join(character if character in "\t\n" or character >= " " else "\ufffd" for character in text)


def _with_help(finding: Diagnostic) -> str:
    return finding.message if finding.help is None else f"{finding.message}\n{finding.help}"


def _region(span: Span) -> tuple[int, int, int, int]:
    return (*span.source.position(span.start), *span.source.position(span.end))


DOCUMENTS: Final[Mapping[str, Callable[[Sequence[Diagnostic], str], str]]] = {
    "json": json_document,
    "github": github_commands,
    "sarif": sarif_document,
    "junit": junit_document,
}
"""What writes findings, by the name of its format."""
