"""What migration scripts make otherwise than the schema says, told of everything that a server tells of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.check.moves import SAME, Move, moves
from tests.check.planting import CHECK
from tests.check.running import Ran, run

MOVES: Final = list(moves())
_CODE: Final = "migrations-differ"
_SAME: Final = [(name, dialect, *rest) for name, dialects, *rest in SAME for dialect in dialects]
_TYPES: Final = {"postgres": ("bigint", "text"), "sqlite": ("integer", "text")}
_ELSEWHERE: Final = ("bigint", "varchar(100)")
_MY_TRIGGER: Final = "create trigger noted before insert on items for each row set new.weight = 1;\n"
_NAMES: Final = "-- name: names :many\nselect name from items;\n"


@pytest.fixture
def project(tmp_path: Path, servers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, url in servers.items():
        monkeypatch.setenv(name, url)
    for folder in ("schema", "queries"):
        (tmp_path / folder).mkdir()
    return tmp_path


def made(root: Path, dialect: str, first: str = "", queries: str = _NAMES, targets: str = "") -> None:
    """A project of one table, and what else there is at first, with its first migration."""
    number, text = _TYPES.get(dialect, _ELSEWHERE)
    table = f"create table items (\n    id {number} primary key,\n    name {text} not null,\n    weight integer\n);\n"
    package = f'[[package]]\nname = "all"\ndialect = "{dialect}"\n'
    folders = 'schema = ["schema"]\nqueries = ["queries"]\n'
    (root / "sqlwright.toml").write_text(package + folders + targets, encoding="utf-8")
    (root / "schema/all.sql").write_text(table + first, encoding="utf-8")
    (root / "queries/all.sql").write_text(queries, encoding="utf-8")
    assert run(root, "generate").status == 0


def parted(root: Path, dialect: str, schema: str, script: str) -> Ran:
    """What is found when the schema and the migrations go on, each by itself."""
    with (root / "schema/all.sql").open("a", encoding="utf-8") as file:
        file.write(schema)
    if script:
        folder = root / f"generated/all/migrations/{dialect}"
        (folder / "0002_more.up.sql").write_text(script, encoding="utf-8")
    return run(root, CHECK, "--dialect", dialect)


@pytest.mark.parametrize("move", MOVES, ids=[move.name for move in MOVES])
def test_what_the_migrations_make_otherwise_is_found(project: Path, move: Move) -> None:
    made(project, move.dialect, move.first)
    ran = parted(project, move.dialect, move.schema, move.script)
    assert ran.status == 1
    assert {one.code for one in ran.errors} == {_CODE}, ran.found
    for words, file, line in move.told:
        there = [one for one in ran.errors if words in one.message and str(one.file).endswith(file)]
        assert there, ran.found
        assert any(one.text.strip() == line.strip() for one in there) or not line, ran.found


@pytest.mark.parametrize(("name", "dialect", "first", "schema", "script"), _SAME)
def test_what_is_the_same_is_not(project: Path, name: str, dialect: str, first: str, schema: str, script: str) -> None:
    made(project, dialect, first)
    ran = parted(project, dialect, schema, script)
    assert (ran.status, ran.errors) == (0, []), name


@pytest.mark.parametrize("dialect", ["postgres", "sqlite", "mysql", "mariadb"])
def test_queries_that_follow_are_told_in_one_line(project: Path, dialect: str) -> None:
    lots = "-- name: lots :many\nselect id from lots;\n"
    extra = "-- name: extras :many\nselect extra from items;\n"
    made(project, dialect)
    (project / "queries/more.sql").write_text(lots + extra, encoding="utf-8")
    ran = parted(project, dialect, "alter table items add column extra integer;\ncreate table lots (id integer);\n", "")
    assert [(one.code, one.text) for one in ran.errors] == [
        (_CODE, "alter table items add column extra integer;"),
        (_CODE, "create table lots (id integer);"),
    ]
    (told,) = [one for one in ran.found if one.severity == "note"]
    assert told.message.startswith("2 queries that use what the migrations make otherwise are refused by ")
    assert told.message.endswith(": `lots`, `extras`")


def test_what_the_schema_would_not_serve_either_is_refused(project: Path) -> None:
    wrong = "-- name: wrong :many\nselect name from items, lots where items.id = lots.id and items.name ~ '(';\n"
    made(project, "postgres")
    (project / "queries/more.sql").write_text(wrong, encoding="utf-8")
    ran = parted(project, "postgres", "create table lots (id bigint);\n", "")
    assert [one.code for one in ran.errors] == ["refused", _CODE]


def test_a_function_that_gives_something_else_is_told_as_that(project: Path) -> None:
    twice = "create function twice(x integer) returns integer language sql as $$ select x * 2 $$;\n"
    made(project, "postgres", twice, "-- name: doubled :many\nselect twice(weight) as weight from items;\n")
    schema = project / "schema/all.sql"
    text = schema.read_text("utf-8").replace("returns integer", "returns bigint").replace("* 2", "* 2::bigint")
    schema.write_text(text, encoding="utf-8")
    ran = parted(project, "postgres", "", "")
    (found,) = ran.found
    assert (found.code, found.file) == (_CODE, "generated/all/migrations/postgres/0001_initial.up.sql")
    assert found.text.startswith("create function twice(x integer)")
    assert "is `…) RETURNS bigint LANGUAGE sql…` in the schema" in found.message


def test_what_is_of_a_missing_table_is_not_told_beside_it(project: Path) -> None:
    made(project, "postgres")
    more = (
        "create table lots (id bigint primary key, name text unique deferrable);\ncomment on table lots is 'many';\n"
        "comment on column lots.name is 'one';\ncreate index lots_by_name on lots (name);\n"
        "create rule kept as on delete to lots do instead nothing;\ncreate view seen as select id from lots;\n"
        "comment on view seen is 'those';\n"
    )
    ran = parted(project, "postgres", more, "")
    assert [one.message.split(" is ")[0] for one in ran.errors] == ["table `lots`", "view `seen`"]


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "mariadb"])
def test_what_is_of_a_missing_column_is_not_told_beside_it(project: Path, dialect: str) -> None:
    made(project, dialect)
    column = "alter table items add column code integer unique check (code > 1);\n"
    ran = parted(project, dialect, column, "")
    assert [one.message.split(" is ")[0] for one in ran.errors] == ["column code of `items`"]


def test_what_the_migrations_have_more_is_allowed_with_a_reason(project: Path) -> None:
    """The schema, which is written for another database, has no words for it."""
    trigger = _MY_TRIGGER
    made(project, "postgres", targets='targets = ["postgres", "mysql"]\n')
    (found,) = parted(project, "mysql", "", trigger).errors
    assert "trigger `noted` of `items` is in the migrations on MySQL" in found.message
    assert "`-- allow migrations-differ: ` and the reason" in found.help
    assert "`-- allow migrations-differ noted: ` and the reason in a later one" in found.help
    allowed = f"-- allow migrations-differ: the service does it elsewhere\n{trigger}"
    assert parted(project, "mysql", "", allowed).errors == []


_FUNCTION: Final = "create function twice(x integer) returns integer deterministic return x * 2;\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [(_MY_TRIGGER, "noted"), (_FUNCTION, "twice(integer)"), ("alter table items comment 'mine';\n", "items")],
)
def test_what_an_applied_script_has_more_is_allowed_in_a_later_one(project: Path, text: str, name: str) -> None:
    made(project, "postgres", targets='targets = ["postgres", "mysql"]\n')
    (found,) = parted(project, "mysql", "", text).errors
    assert f"`-- allow migrations-differ {name}: `" in found.help
    assert run(project, "generate").status == 0
    later = project / "generated/all/migrations/mysql/0003_why.up.sql"
    for said in (f"{name}:", "other: the service does it"):
        later.write_text(f"-- allow migrations-differ {said}\nselect 1;\n", encoding="utf-8")
        assert run(project, CHECK, "--dialect", "mysql").status == 1
    later.write_text(f"-- allow migrations-differ {name}: the service does it\nselect 1;\n", encoding="utf-8")
    assert run(project, CHECK, "--dialect", "mysql").errors == []
    assert run(project, "generate").status == 0
    assert run(project, f"{CHECK} --offline", "--dialect", "mysql").errors == []


@pytest.mark.parametrize(
    ("dialect", "schema"),
    [("postgres", "postgres.schema.sql"), ("mysql", "hard.mysql.sql"), ("mariadb", "hard.mysql.sql")],
)
def test_nothing_is_otherwise_in_a_schema_that_is_made_in_two_steps(project: Path, dialect: str, schema: str) -> None:
    text = (Path(__file__).parent.parent / "live" / schema).read_text("utf-8")
    made(project, dialect, f"{text.rstrip().removesuffix(';')};\n")
    ran = parted(project, dialect, "create table steps (id integer);\n", "create table steps (id integer);\n")
    assert (ran.status, ran.errors) == (0, [])


_LATER: Final = (
    "    lang integer unique,\n    code integer references items (id),\n    check (lang > 2)\n);\n"
    "create index by_name on items (name);\ncreate unique index once on items (weight) where weight > 1;\n"
)
_PLACES: Final = {
    "unique key (lang)": "    lang integer unique,",
    "foreign key (code)": "    code integer references items (id),",
    "check (lang > 2)": "    check (lang > 2)",
    "index (name)": "create index by_name on items (name);",
    "index once": "create unique index once on items (weight) where weight > 1;",
}


@pytest.mark.parametrize("mode", [CHECK, f"{CHECK} --offline"])
@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_what_no_script_makes_is_told_where_the_schema_has_it(project: Path, dialect: str, mode: str) -> None:
    """And at no script that merely names the table, or takes away another thing of it."""
    made(project, dialect, "create index by_weight on items (weight);\n")
    schema = project / "schema/all.sql"
    text = schema.read_text("utf-8").replace("create index by_weight on items (weight);\n", "")
    schema.write_text(text.replace("    weight integer\n);\n", f"    weight integer,\n{_LATER}"), encoding="utf-8")
    columns = "".join(f"alter table items add column {name} integer;\n" for name in ("lang", "code"))
    folder = project / f"generated/all/migrations/{dialect}"
    (folder / "0002_more.up.sql").write_text(f"{columns}drop index by_weight;\n", encoding="utf-8")
    assert run(project, "generate").status == 0
    told = [one for one in run(project, mode).errors if one.code == _CODE]
    places = {one.message.split(" of `items`")[0]: (one.file, one.text) for one in told}
    assert places == {part: ("schema/all.sql", line) for part, line in _PLACES.items()}


def test_what_a_script_takes_away_is_told_there(project: Path) -> None:
    made(project, "sqlite", "create index by_weight on items (weight);\n")
    (found,) = parted(project, "sqlite", "", "drop index by_weight;\n").errors
    assert (found.file, found.text) == ("generated/all/migrations/sqlite/0002_more.up.sql", "drop index by_weight;")


def test_an_enum_that_is_missing_is_not_told_at_a_column_of_its_name(project: Path) -> None:
    made(project, "postgres")
    ran = parted(
        project,
        "postgres",
        "alter table items add column state text;\ncreate type state as enum ('on', 'off');\n",
        "alter table items add column state text;\n",
    )
    (found,) = ran.errors
    assert (found.file, found.text) == ("schema/all.sql", "create type state as enum ('on', 'off');")
