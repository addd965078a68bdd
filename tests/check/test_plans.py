"""`check --plans`: advice about indexes where it helps, on the line that asks for it, and none elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.check.running import Found, run

_CONFIGURATION = """
[[package]]
name = "shop"
dialect = "{dialect}"
"""
_SCHEMAS: Mapping[str, str] = {
    "postgres": """
create table users (id bigint primary key generated always as identity, email text not null unique, city text);
create table orders (
    id bigint primary key generated always as identity,
    user_id bigint not null references users (id),
    state integer not null,
    note text
);
create index orders_by_user on orders (user_id);
create table colours (id integer primary key, name text not null);
""",
    "sqlite": """
create table users (id integer primary key, email text not null unique, city text);
create table orders (
    id integer primary key,
    user_id integer not null references users (id),
    state integer not null,
    note text
);
create index orders_by_user on orders (user_id);
create table colours (id integer primary key, name text not null);
""",
    "mysql": """
create table users (id bigint auto_increment primary key, email varchar(100) not null unique, city varchar(100));
create table orders (
    id bigint auto_increment primary key,
    user_id bigint not null,
    state integer not null,
    note text,
    key orders_by_user (user_id),
    foreign key (user_id) references users (id)
);
create table colours (id integer primary key, name varchar(100) not null);
""",
}
_GOOD = """\
-- name: get_user :opt
select * from users where id = :id;

-- name: by_email :opt
select * from users where email = :email;

-- name: orders_of :many
select o.id, o.note, u.email from users u join orders o on o.user_id = u.id where u.id = :id;

-- name: users_with_orders :many
select o.id, u.email from orders o join users u on u.id = o.user_id where o.user_id = :id order by o.id;

-- name: optional :many
select u.id, o.id as order_id from users u left join orders o on o.user_id = u.id where u.email = :email;

-- name: colours :many
select * from colours;

-- name: all_orders :many
select o.id, c.name from orders o cross join colours c;

-- name: how_many :one
select count(*) from orders;

-- name: rename :exec
update users set city = :city where id = :id;

-- name: forget :exec
delete from orders where user_id = :user_id;

-- name: some :many
select id, city from users where id in (:ids);
"""
_BAD = """
-- name: in_city :many
select id
from users
where city = :city;
"""
DIALECTS = ("postgres", "sqlite", "mysql", "mariadb")


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def project(dialect: str, shop: Path, tmp_path: Path) -> Path:
    """A project on one database; `shop` has set the servers."""
    root = tmp_path / "planned"
    (root / "schema").mkdir(parents=True)
    (root / "queries").mkdir()
    (root / "sqlwright.toml").write_text(_CONFIGURATION.format(dialect=dialect))
    (root / "schema/shop.sql").write_text(_SCHEMAS["mysql" if dialect == "mariadb" else dialect].lstrip())
    (root / "queries/shop.sql").write_text(_GOOD)
    return root


def planned(root: Path) -> list[Found]:
    """What is found of plans, after everything was generated anew."""
    for path in root.glob("generated/shop/migrations/*/*"):
        path.unlink()
    assert run(root, "generate").status == 0
    ran = run(root, "check --plans")
    assert (ran.status, ran.errors) == (0, []), ran.output
    return list(ran.found)


def test_what_reads_by_keys_is_left_alone(project: Path) -> None:
    assert planned(project) == []


def test_a_table_read_whole_is_told_with_the_index_that_is_missing(project: Path) -> None:
    queries = project / "queries/shop.sql"
    queries.write_text(_GOOD + _BAD)
    (found,) = planned(project)
    assert (found.severity, found.code, found.file, found.text) == (
        "warning",
        "full-scan",
        "queries/shop.sql",
        "where city = :city;",
    )
    assert run(project, "check --plans", "--strict").told == (1, ["full-scan"])
    statement = re.search("`(create index .*?;)`", found.help)
    assert statement is not None
    with (project / "schema/shop.sql").open("a") as file:
        file.write(f"{statement[1]}\n")
    assert planned(project) == []


def test_a_reason_silences(project: Path) -> None:
    reason = "-- allow full-scan: there are three users"
    (project / "queries/shop.sql").write_text(_GOOD + _BAD.replace(":many\n", f":many\n{reason}\n"))
    assert planned(project) == []
    (project / "queries/shop.sql").write_text(_GOOD + _BAD.replace(":many\n", ":many\n-- allow full-scan:\n"))
    assert run(project, "check --plans").told == (1, ["bad-annotation"])


def test_an_index_that_nothing_uses(project: Path) -> None:
    (project / "queries/shop.sql").write_text("-- name: note_of :opt\nselect note from orders where id = :id;\n")
    with (project / "schema/shop.sql").open("a") as file:
        file.write("create index orders_by_state on orders (state);\n")
    (found,) = planned(project)
    assert (found.code, found.file, "orders_by_state" in found.text) == ("unused-index", "schema/shop.sql", True)
    text = (project / "schema/shop.sql").read_text()
    reason = "-- allow unused-index: reports use it\ncreate index orders_by_state"
    (project / "schema/shop.sql").write_text(text.replace("create index orders_by_state", reason))
    assert planned(project) == []


def test_a_foreign_key_without_an_index(project: Path, dialect: str) -> None:
    """MySQL and MariaDB make the index themselves."""
    schema = project / "schema/shop.sql"
    text = schema.read_text()
    key = "references users (id)"
    schema.write_text(
        text.replace("create index orders_by_user on orders (user_id);\n", "").replace(
            "key orders_by_user (user_id),", ""
        )
    )
    found = [one for one in planned(project) if one.code == "unindexed-foreign-key"]
    if dialect in ("mysql", "mariadb"):
        assert found == []
        return
    assert [(one.file, key in one.text) for one in found] == [("schema/shop.sql", True)]


# Partial indexes


def with_index(project: Path, statement: str) -> None:
    """The schema with another index in the place of the one of the foreign key."""
    schema = project / "schema/shop.sql"
    text = schema.read_text()
    schema.write_text(text.replace("create index orders_by_user on orders (user_id);\n", f"{statement}\n"))


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_an_index_of_all_rows_that_a_key_can_mean_serves_it(project: Path) -> None:
    with_index(project, "create index orders_by_user on orders (user_id) where user_id is not null;")
    assert planned(project) == []


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_a_partial_index_that_does_not_serve_is_named(project: Path) -> None:
    with_index(project, "create index orders_by_user on orders (user_id) where state = 1;")
    found = planned(project)
    assert {one.code for one in found} == {"full-scan", "unindexed-foreign-key", "unused-index"}
    holds = "`orders_by_user` holds only rows with state = 1"
    (key,) = [one for one in found if one.code == "unindexed-foreign-key"]
    assert key.message == f"no index leads with (user_id) of `orders`, which refers to `users`: {holds}"
    scans = [one for one in found if one.code == "full-scan"]
    assert {one.message.partition(": ")[2] for one in scans} == {f"{holds}, which the query does not say"}
    assert all("`create index orders_user_id_idx on orders (user_id);` serves it" in one.help for one in (key, *scans))


# Proposals


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_one_index_is_proposed_for_what_begins_alike(project: Path) -> None:
    """That of the foreign key and of one query serves another; a query that is allowed wants none."""
    with_index(project, "")
    queries = project / "queries/shop.sql"
    two = "-- name: in_state :many\nselect id from orders where user_id = :user_id and state = :state;\n"
    queries.write_text(f"{_GOOD}\n{two}")
    found = planned(project)
    assert {one.code for one in found} == {"full-scan", "unindexed-foreign-key"}
    assert {re.findall("`(create index .*?;)`", one.help)[0] for one in found} == {
        "create index orders_user_id_state_idx on orders (user_id, state);"
    }
    allowed = two.replace(":many\n", ":many\n-- allow full-scan: orders of a user are few\n")
    queries.write_text(f"{_GOOD}\n{allowed}")
    assert {re.findall("`(create index .*?;)`", one.help)[0] for one in planned(project)} == {
        "create index orders_user_id_idx on orders (user_id);"
    }


# What is allowed for nothing


def test_a_reason_that_silences_nothing(project: Path) -> None:
    queries, schema = project / "queries/shop.sql", project / "schema/shop.sql"
    queries.write_text(_GOOD.replace("get_user :opt\n", "get_user :opt\n-- allow full-scan: it is small\n"))
    text = schema.read_text()
    line = next(line for line in text.splitlines(keepends=True) if "orders_by_user" in line)
    schema.write_text(text.replace(line, f"-- allow unused-index: reports\n{line}"))
    found = planned(project)
    assert [(one.code, one.file, one.text.strip()) for one in found] == [
        ("needless-allow", "queries/shop.sql", "-- allow full-scan: it is small"),
        ("needless-allow", "schema/shop.sql", "-- allow unused-index: reports"),
    ]
    assert run(project, "check").told == (0, [])
    assert run(project, "check --plans", "--changed").told == (0, [])


@pytest.mark.parametrize("dialect", ["postgres"])
def test_what_one_database_needs_is_judged_on_all(project: Path) -> None:
    configuration = project / "sqlwright.toml"
    configuration.write_text(f'{configuration.read_text()}targets = ["postgres", "sqlite"]\n')
    queries = project / "queries/shop.sql"
    queries.write_text(_GOOD.replace("get_user :opt\n", "get_user :opt\n-- allow full-scan: it is small\n"))
    assert [one.code for one in planned(project)] == ["needless-allow"]
    assert run(project, "check --plans", "--dialect", "sqlite").told == (0, [])
