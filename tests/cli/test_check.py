"""Types that only a server knows, and a check that has found everything right before."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

SETTINGS = """\
[[package]]
name = "shop"
dialect = "postgres"
"""
SCHEMA = """\
create table users (id bigint primary key, name text not null);
create operator === (leftarg = bigint, rightarg = bigint, function = int8eq);
"""
QUERIES = """\
-- name: compare_users :many
select id, id === :other as same from users;
"""


def written_for_postgres(project: Path) -> None:
    (project / "sqlwright.toml").write_text(SETTINGS)
    (project / "schema" / "shop.sql").write_text(SCHEMA)
    (project / "queries" / "users.sql").write_text(QUERIES)


def type_of_same(project: Path) -> str:
    lines = (project / "generated" / "shop" / "users.py").read_text().splitlines()
    return next(line.split(": ")[1] for line in lines if line.strip().startswith("same: "))


def test_a_type_that_only_the_server_knows_comes_from_the_last_check(
    project: Path, run: Run, postgres_server_url: str
) -> None:
    written_for_postgres(project)
    url = f"postgres={postgres_server_url}"
    assert run("generate").exit_code == 0
    assert type_of_same(project) == "object | None"
    assert run("check", "--url", url).exit_code == 0
    assert run("check", "--offline").exit_code == 1  # what is generated is not what it would be now
    assert run("generate").exit_code == 0
    assert type_of_same(project) == "bool | None"
    assert run("check", "--offline").exit_code == 0
    (project / "queries" / "users.sql").write_text(QUERIES.replace("users;", "users order by id;"))
    assert run("generate").exit_code == 0
    assert type_of_same(project) == "object | None"


def test_what_was_right_is_looked_at_again_when_something_has_changed(
    project: Path, run: Run, postgres_server_url: str
) -> None:
    written_for_postgres(project)
    run("generate")
    run("check", "--url", f"postgres={postgres_server_url}")
    run("generate")
    for _ in range(2):
        assert run("check", "--offline").exit_code == 0
    entry = project / ".sqlwright" / "shop" / "postgres" / "compare_users.json"
    text = entry.read_text()
    entry.write_text(text.replace("bool", "text"))
    assert run("check", "--offline").exit_code == 1
    entry.write_text(text)
    assert run("check", "--offline").exit_code == 0
    module = project / "generated" / "shop" / "users.py"
    module.write_text(module.read_text() + "\n")
    assert run("check", "--offline").exit_code == 1
