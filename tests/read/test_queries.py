"""Query files: names, commands, notes and statements, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.model.query import Command, NamedQuery

from tests.read.reading import messages, queries, query, read

COMMANDS = (
    "one opt many stream exec execrows execlastid batch copy copyfrom batchexec batchone batchmany execresult".split()
)
SEVERAL = """\
-- Of users.

-- name: get_user :one
-- Look a user up.
--
--   By id.
select * from users where id = :id;  -- behind it

/* name: list_users :many */
/* All of them,
 * in no order. */
SELECT id, ';' AS "semi;colon" /* ; */ FROM users -- ;
;

-- name: touch :exec
update users set seen = now()
where id = :id;
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_known(command: str) -> None:
    assert query(f"-- name: q :{command}\nselect 1;").command is Command(command)


def test_statements_are_the_users_text() -> None:
    found = read(SEVERAL).file.queries
    assert [(item.name, item.command.value, item.text, item.name_span.line) for item in found] == [
        ("get_user", "one", "select * from users where id = :id", 3),
        ("list_users", "many", "SELECT id, ';' AS \"semi;colon\" /* ; */ FROM users", 9),
        ("touch", "exec", "update users set seen = now()\nwhere id = :id", 15),
    ]
    assert [item.doc for item in found] == [
        ("Look a user up.", "", "  By id."),
        ("All of them,", "in no order."),
        (),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "-- name: get_user :one",
        "--name: get_user :one",
        "--  name :get_user   :one  ",
        "/* name: get_user :one */",
        "-- NAME: get_user :one",
        "  -- name: get_user :one",
        "--\tname:\tget_user\t:one",
    ],
)
def test_forms_of_a_name_line(line: str) -> None:
    found = query(f"{line}\nselect 1;")
    assert (found.name, found.command.value) == ("get_user", "one")
    assert (found.name_span.text, found.command_span.text) == ("get_user", ":one")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-- name: :one\nselect 1;", [("bad-annotation", 1, "-- name: :one")]),
        ("-- name: a-b :one\nselect 1;", [("bad-annotation", 1, "a-b")]),
        ("-- name: a\nselect 1;", [("bad-annotation", 1, "a")]),
        ("-- name: a :on\nselect 1;", [("unknown-command", 1, ":on")]),
        ("-- name: a one\nselect 1;", [("unknown-command", 1, "one")]),
        ("-- name: a :one two\nselect 1;", [("bad-annotation", 1, "two")]),
        ("-- name: a :one", [("empty-query", 1, "a")]),
        ("-- name: a :one\n-- name: b :one\nselect 1;", [("empty-query", 1, "a")]),
        ("-- name: a :one\n;", [("empty-query", 1, "a")]),
        ("-- name: a :one\nselect 1", [("missing-semicolon", 2, "1")]),
        ("-- name: a :one\nselect 1\n-- name: b :one\nselect 2;", [("missing-semicolon", 2, "1")]),
        ("-- name: a :one\nselect 1; select 2;", [("two-statements", 2, "select")]),
        ("-- name: a :one\nselect 1; create table t (a int);", [("unnamed-statement", 2, "create")]),
        ("select 1;\n-- name: a :one\nselect 1;", [("unnamed-statement", 1, "select")]),
        ("-- name: a :one\nselect 1 from;", [("syntax", 2, ";")]),
        ("-- name: a :one\nselekt 1;", [("syntax", 2, "selekt")]),
        ("-- name: a :one\nselect 'x;\n-- name: b :one\nselect 2;", [("unterminated-string", 2, "'")]),
        ("-- name: a :one\nselect 1 /* ;\n-- name: b :one\nselect 2;", [("unterminated-comment", 2, "/*")]),
        ("-- nane: a :one\nselect 1;", [("bad-annotation", 1, "-- nane: a :one"), ("unnamed-statement", 2, "select")]),
        (
            "-- name: a :many\nselect 1 from t\n-- sort by: x (a), x (b)\n;",
            [("bad-annotation", 3, "x (b)")],
        ),
        ("-- name: a :many\nselect 1 from t\n-- sort by: x (a\n;", [("bad-annotation", 3, "-- sort by: x (a")]),
        ("-- name: a :many\nselect 1 from t\n-- sort by:\n;", [("bad-annotation", 3, "-- sort by:")]),
        ("-- name: a :many\nselect 1 from t\n-- sort by: x (), y (b)\n;", [("bad-annotation", 3, "x ()")]),
        ("-- name: a :many\nselect 1 from t\n-- when :a\n;", [("bad-annotation", 3, "-- when :a")]),
    ],
)
def test_what_is_wrong_has_its_place(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert messages(text) == expected


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "-- nothing\n/* here */\n", ";;;", "-- name of the file: x\n"])
def test_files_without_queries(text: str) -> None:
    assert queries(text) == ()


def test_a_query_that_cannot_be_read_hides_no_other() -> None:
    found = read("-- name: a :one\nselect (1;\n-- name: b :one\nselect 2;\n-- name: c :on\nselect 3;")
    assert [item.name for item in found.file.queries] == ["b"]
    assert [finding.code for finding in found.diagnostics] == ["syntax", "unknown-command"]


def test_a_variant_is_marked() -> None:
    first, second = queries("-- name: a :one\nselect 1;\n-- name: a :one\n-- dialect: sqlite\n-- Why.\nselect 2;")
    assert (first.dialect, second.dialect, second.doc) == (None, "sqlite", ("Why.",))
    assert second.dialect_span is not None
    assert second.dialect_span.text == "-- dialect: sqlite"


def test_notes_about_columns() -> None:
    found = query('-- name: a :one\n-- column total: not null\nselect 1 as total,\n-- column "a b": Money\n2 as "a b";')
    assert [(note.column, note.text) for note in found.column_notes] == [("total", "not null"), ("a b", "Money")]
    assert found.doc == ()


def test_optional_lines_and_sort_orders() -> None:
    found = query(
        "-- name: a :many\n"
        "select id from users\n"
        "where org = :org\n"
        "  and name like :pattern    -- when :pattern\n"
        "  and id in (:ids)  /* when @ids */\n"
        "-- sort by: newest (created_at desc, id), name (lower(name)), by_id(id)\n"
        "limit :n;"
    )
    lines = [(line.parameter, found.source.text[line.start : line.end]) for line in found.optional_lines]
    assert lines == [("pattern", "and name like :pattern"), ("ids", "and id in (:ids)")]
    assert found.sort is not None
    choices = [(choice.name, choice.sql, choice.span.text) for choice in found.sort.choices]
    assert choices == [
        ("newest", "created_at desc, id", "newest (created_at desc, id)"),
        ("name", "lower(name)", "name (lower(name))"),
        ("by_id", "id", "by_id(id)"),
    ]
    assert found.text[found.sort.start - found.start :].startswith("-- sort by")


PIECES = st.sampled_from(
    (
        "-- name: a :one\n·-- name: b :many\n·-- name: c\n·-- name: d :on\n·-- a doc\n·"
        "/* two\nlines */\n·select ·1·, ·x· from t· where ·id = :id· and ·a in (:ids)·(·)·;\n·;·\n·"
        "  -- when :id\n·-- sort by: a (b)\n·-- column x: not null\n·-- dialect: sqlite\n·'a\nb'·'·\"·"
        "insert into t values (·update t set a = ·delete from t· returning *·with x as (·"
        "case when ·$1·cast(· as int·::int· join u on · order by ·$$·/*·[·]·?·@x·sqlc.embed(t)·\\"
    ).split("·")
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40).map("-- name: a :one\n{}".format))
WRITTEN = st.sampled_from(["postgres", "sqlite"])


@given(TEXTS, WRITTEN)
def test_no_text_breaks_reading(text: str, written: str) -> None:
    """Whatever stands in a file, what is wrong is said, with a place inside the text."""
    found = read(text, written)
    for finding in found.diagnostics:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    for item in found.file.queries:
        assert item.text == item.text.strip(" \t\r\n\f\v;")
        assert [
            item.source.text[place.start : place.end] for place in item.placeholders if not _is_macro(place.text)
        ] == [place.text for place in item.placeholders if not _is_macro(place.text)]


@given(TEXTS, WRITTEN)
def test_line_endings_change_nothing(text: str, written: str) -> None:
    text = text.replace("\r", "")
    unix, windows = (read(each, written) for each in (text, text.replace("\n", "\r\n")))
    assert [finding.code for finding in windows.diagnostics] == [finding.code for finding in unix.diagnostics]
    assert [_facts(item) for item in windows.file.queries] == [_facts(item) for item in unix.file.queries]


def _is_macro(text: str) -> bool:
    return text.startswith("sqlc.")


def _facts(item: NamedQuery) -> object:
    return (
        item.name,
        item.command,
        item.text.replace("\r\n", "\n"),
        item.doc,
        item.dialect,
        [(note.column, note.text) for note in item.column_notes],
        [
            (line.parameter, item.source.text[line.start : line.end].replace("\r\n", "\n"))
            for line in item.optional_lines
        ],
        [] if item.sort is None else [(choice.name, choice.sql) for choice in item.sort.choices],
        [(place.text, place.key) for place in item.placeholders],
    )
