"""Findings in every format, on the stream and in the colours that they should have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest

from .conftest import Run

Value = dict[str, "Value"] | list["Value"] | str | int | None
MISTAKE = "-- name: list_users :many\nselect id,\n    'é', nmae from users;\n"


@pytest.fixture(autouse=True)
def mistake(project: Path) -> None:
    (project / "queries" / "users.sql").write_text(MISTAKE, encoding="utf-8")


def test_json(run: Run) -> None:
    result = run("generate", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == {
        "diagnostics": [
            {
                "severity": "error",
                "code": "unknown-column",
                "file": "queries/users.sql",
                "line": 3,
                "column": 10,
                "end_line": 3,
                "end_column": 14,
                "message": "column `nmae` does not exist in `users`",
                "help": "did you mean `name` of `users`?",
            }
        ]
    }


def test_json_without_findings(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text("-- name: list_users :many\nselect id from users;\n")
    result = run("generate", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, {"diagnostics": []}, "")


def test_github(run: Run) -> None:
    result = run("generate", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=queries/users.sql,line=3,col=10,endLine=3,endColumn=14,title=sqlwright (unknown-column)"
        "::column `nmae` does not exist in `users`%0Adid you mean `name` of `users`?\n"
    )


def test_github_escapes(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").rename(project / "queries" / "100%,a:b.sql")
    result = run("generate", "--format", "github")
    assert "file=queries/100%25%2Ca%3Ab.sql,line=" in result.stdout


def test_github_names_files_from_the_workspace(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    assert "file=project/queries/users.sql," in run("generate", "--format", "github").stdout


def test_sarif(run: Run) -> None:
    result = run("generate", "--format", "sarif")
    assert result.exit_code == 1
    log = cast("dict[str, Value]", json.loads(result.stdout))
    assert log["version"] == "2.1.0"
    assert set(log) == {"$schema", "version", "runs"}
    runs = cast("list[dict[str, Value]]", log["runs"])
    assert len(runs) == 1
    assert runs[0]["columnKind"] == "unicodeCodePoints"
    driver = cast("dict[str, dict[str, Value]]", runs[0]["tool"])["driver"]
    assert driver["name"] == "sqlwright"
    rules = cast("list[dict[str, dict[str, str]]]", driver["rules"])
    assert [rule["id"] for rule in rules] == ["unknown-column"]
    assert rules[0]["help"]["text"]
    assert runs[0]["results"] == [
        {
            "ruleId": "unknown-column",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "column `nmae` does not exist in `users`\ndid you mean `name` of `users`?"},
            "partialFingerprints": {"primaryLocationLineHash": "da6e8d920d99ee81:1"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "queries/users.sql"},
                        "region": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 14},
                    }
                }
            ],
        }
    ]


def fingerprints(document: str) -> list[str]:
    (one,) = cast("list[dict[str, list[dict[str, dict[str, str]]]]]", json.loads(document)["runs"])
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]


def test_sarif_tells_a_finding_again_that_has_moved(project: Path, run: Run) -> None:
    queries = project / "queries" / "users.sql"
    before = fingerprints(run("generate", "--format", "sarif").stdout)
    queries.write_text(f"-- one more\n\n{MISTAKE}", encoding="utf-8")
    assert fingerprints(run("generate", "--format", "sarif").stdout) == before
    queries.write_text(MISTAKE + MISTAKE.replace("list_users", "list_them"), encoding="utf-8")
    both = fingerprints(run("generate", "--format", "sarif").stdout)
    assert (both[0], len(set(both))) == (before[0], 2)


def test_sarif_without_a_place(project: Path, run: Run) -> None:
    (project / "sqlwright.toml").unlink()
    result = run("generate", "--format", "sarif")
    assert result.exit_code == 2
    assert "locations" not in result.stdout


def test_sarif_names_files_by_uri(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").rename(project / "queries" / "my users.sql")
    assert '"uri": "queries/my%20users.sql"' in run("generate", "--format", "sarif").stdout


def test_junit(run: Run) -> None:
    result = run("generate", "--format", "junit")
    assert result.exit_code == 1
    suite = ElementTree.fromstring(result.stdout)[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    case = suite[0]
    assert (case.get("classname"), case.get("name")) == ("unknown-column", "queries/users.sql:3")
    assert case[0].get("message") == "column `nmae` does not exist in `users`"


def test_junit_without_findings(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text("-- name: list_users :many\nselect id from users;\n")
    suite = ElementTree.fromstring(run("generate", "--format", "junit").stdout)[0]
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("1", "0", 1)


def test_stale_files_are_findings_for_machines(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text("-- name: list_users :many\nselect id from users;\n")
    result = run("generate", "--check", "--format", "github")
    assert result.exit_code == 1
    assert "title=sqlwright (out-of-date)::`generated/shop/users.py` is not what would be" in result.stdout
    assert "::error file=generated/shop/users.py,line=1," in result.stdout


def test_diff_keeps_stdout_for_itself(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text("-- name: list_users :many\nselect id from users;\n")
    result = run("generate", "--diff", "--format", "json")
    assert result.stdout.startswith("--- a/")
    assert json.loads(result.stderr)["diagnostics"][0]["code"] == "out-of-date"


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour(project: Path, variables: dict[str, str], coloured: bool) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    result = subprocess.run(
        [sys.executable, "-m", "sqlwright", "generate"], cwd=project, capture_output=True, env=environment | variables
    )
    assert result.returncode == 1
    assert (b"\x1b[1;31merror" in result.stderr) == coloured
    assert result.stdout == b""
