"""Faults in queries: what the analysis lets pass and only a server refuses, and what both modes find."""

from __future__ import annotations

from collections.abc import Iterator

from tests.check.planting import Fault, both, live, written

_REFUSED = "refused"
_ONLY_SERVERS = (
    # name, command, statement, the line it is found on (0 is that of the name)
    ("a full join without a key", "many", "select a.id from docs a\nfull join docs b on a.id < b.id", 0),
    ("a division by zero", "many", "select 1 / 0 as share\nfrom docs", 0),
    ("a pattern that is none", "many", "select id from docs\nwhere 'a' ~ '('", 0),
    ("a path that is none", "many", "select id from docs\nwhere data @? '$.[['", 2),
    ("a collation that is none", "many", "select id from docs\norder by title collate nothing", 2),
    ("a date that is none", "many", "select id from docs\nwhere written_at > '2024-13-41'", 2),
    ("a range that is none", "many", "select id from docs\nwhere pages && '[1'", 2),
    ("a conflict without a key", "exec", "insert into docs (title) values ('a')\non conflict (title) do nothing", 0),
)
_BOTH_MODES = (
    # name, package, code, command, statement, the line it is found on
    ("a lock of groups", "shop", "locked-groups", "many", "select state from orders\ngroup by state\nfor update", 3),
    ("a number for an identity", "desk", "made-column", "exec", "insert into docs\n(id, title) values (1, 'a')", 2),
    ("a view that takes no rows", "desk", "fixed-view", "exec", "update titles\nset title = 'a'", 1),
    ("an operator of others", "desk", "no-operator", "many", "select id from docs\nwhere labels <@ 3", 2),
    ("an operator that is none", "desk", "unknown-operator", "many", "select id from docs\nwhere pages ### :x", 2),
    ("a function of others", "desk", "no-function", "many", "select id from docs\nwhere discount(title, 1) > 0", 2),
    ("a function of fewer", "desk", "no-function", "many", "select id from docs\nwhere discount(1, 2, 3) > 0", 2),
    ("a function that is none", "desk", "unknown-function", "many", "select id from docs\nwhere discounts(1) > 0", 2),
    ("a label that is none", "shop", "bad-literal", "many", "select id from orders\nwhere state = 'gone'", 2),
    ("a column that is none", "shop", "unknown-column", "many", "select id,\nemial from users", 2),
    (
        "a union of other columns",
        "shop",
        "wrong-arity",
        "many",
        "select id from users\nunion select id, 1 from users",
        2,
    ),
    ("a word misspelt", "shop", "syntax", "many", "select id\nfrom users whre id = 1", 2),
    ("no equivalent elsewhere", "shop", "not-translatable", "many", "select id from orders\nwhere note ~ 'a'", 2),
)
_SELECT = "select id from users"
_INSERT = "insert into tags (name, product_id) values ('a', 1)"
_VARIANTS = (
    # name, dialect, code (of both modes, when it is not the server's), command, query, variant, line
    ("an index that is none", "sqlite", "", "many", _SELECT, f"{_SELECT}\nindexed by users_by_name", 2),
    ("a row as a number", "sqlite", "", "many", _SELECT, f"{_SELECT}\nwhere (id, name) > 1", 0),
    (
        "a conflict without a key",
        "sqlite",
        "no-conflict-key",
        "exec",
        _INSERT,
        f"{_INSERT}\non conflict (name) do nothing",
        2,
    ),
    (
        "a table from itself",
        "mysql",
        "reads-target",
        "exec",
        "delete from users",
        "delete from users\nwhere id in (select id from users)",
        2,
    ),
    ("texts without an index", "mysql", "", "many", _SELECT, f"{_SELECT}\nwhere match (name) against ('a')", 0),
    ("a collation that is none", "mysql", "", "many", _SELECT, f"{_SELECT}\norder by name collate nothing", 2),
    ("an index that is none", "mysql", "", "many", _SELECT, f"{_SELECT}\nuse index (users_by_name)", 2),
    (
        "a limit behind in",
        "mysql",
        "no-such-construct",
        "many",
        _SELECT,
        f"{_SELECT} where id in\n(select id from orders limit 1)",
        2,
    ),
    ("an index that is none", "mariadb", "", "many", _SELECT, f"{_SELECT}\nforce index (users_by_name)", 2),
    ("letters that are none", "mariadb", "", "many", _SELECT, f"{_SELECT}\norder by convert(name using nothing)", 0),
    ("a collation that is none", "mariadb", "", "many", _SELECT, f"{_SELECT}\norder by name collate nothing", 2),
    (
        "columns that are none",
        "mariadb",
        "unknown-column",
        "exec",
        _INSERT,
        "insert into tags (name, product_id)\nselect name, nothing from users",
        2,
    ),
)


def query_faults() -> Iterator[Fault]:
    for name, command, statement, line in _ONLY_SERVERS:
        text = f"-- name: wrong :{command}\n{statement};\n"
        yield _fault(name, "desk", "postgres", text, line, _REFUSED, True)
    for name, package, code, command, statement, line in _BOTH_MODES:
        text = f"-- name: wrong :{command}\n{statement};\n"
        yield _fault(name, package, "postgres", text, line, code, False)
    for name, dialect, code, command, statement, variant, line in _VARIANTS:
        text = (
            f"-- name: wrong :{command}\n{statement};\n-- name: wrong :{command}\n-- dialect: {dialect}\n{variant};\n"
        )
        begin = len(statement.splitlines()) + 1
        shown = begin + (line + 1 if line else 0)
        found = _fault(f"{dialect}: {name}", "shop", dialect, text, shown, code or _REFUSED, not code)
        yield found


def _fault(name: str, package: str, dialect: str, text: str, line: int, code: str, by_server: bool) -> Fault:
    file = f"queries/{package}/wrong.sql"
    codes = live(code) if by_server else both(code)
    return Fault(
        name, codes, written(file, text), file, text.splitlines()[line], ("--package", package, "--dialect", dialect)
    )
