"""Faults in the committed cache and in generated code, which are found without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlwright.check.entries import Entry, read_entry
from sqlwright.check.entries import written as entry_text

from tests.check.planting import Fault, Plant, deleted, offline, renamed, replaced, several, written

_CACHE = ".sqlwright/shop/postgres"
_GET = f"{_CACHE}/get_user.json"
_USERS = "queries/shop/users.sql"
_NAME = "-- name: get_user"
_MODULE = "generated/shop/users.py"


def cache_faults() -> Iterator[Fault]:
    damaged = offline("damaged-entry")
    yield Fault("an entry edited", damaged, replaced(_GET, '"email"', '"mail"'), _GET, '"sum"')
    yield Fault("an entry deleted", offline("not-proved"), deleted(_GET), _USERS, _NAME)
    conflict = _edited(lambda text: text.replace('  "name": "get', '<<<<<<< ours\n  "name": "get'))
    yield Fault("a merge unfinished", damaged, conflict, _GET, "<<<<<<<")
    yield Fault("an entry cut off", damaged, _edited(lambda text: text[:200]), _GET, "")
    yield Fault("an entry that is empty", damaged, written(_GET, ""), _GET, "")
    yield Fault("an entry of bytes", damaged, lambda root: (root / _GET).write_bytes(b"\xff\xfe{}"), _GET, "")
    yield Fault("an entry of a list", damaged, written(_GET, "[]\n"), _GET, "[]")
    yield Fault("an entry of text", damaged, written(_GET, "proved\n"), _GET, "proved")
    yield Fault("an entry of numbers", damaged, written(_GET, '{"format": 1, "name": 5}\n'), _GET, "5")
    later = replaced(_GET, '"format": 1', '"format": 2')
    yield Fault("an entry of the future", damaged, later, _GET, '"format"')
    other = f"{_CACHE}/rename_user.json"
    yield Fault("an entry of another", damaged, renamed(_GET, other), other, '"name": "get_user"')
    left = f"{_CACHE}/gone.json"
    copied = _copied(_GET, left)
    yield Fault("an entry of none", offline("left-over-entry"), copied, left, "{")
    stale = offline("stale-entry")
    yield Fault(
        "another query",
        stale,
        replaced(_USERS, "select * from users where id = :id", "select * from users where :id = id"),
        _USERS,
        _NAME,
    )
    schema = "schema/shop/tables.sql"
    wider = replaced(schema, "email varchar(200)", "email varchar(300)")
    yield Fault("another schema", stale, wider, _USERS, _NAME)
    sent = _of_entry(lambda entry: replace(entry, statement="0" * 32))
    yield Fault("another statement", stale, sent, _USERS, _NAME)
    null = _of_entry(lambda entry: replace(entry, columns=tuple(replace(one, nullable=True) for one in entry.columns)))
    yield Fault("another column", offline("entry-differs"), null, _USERS, _NAME)
    parted = replaced("sqlwright.toml", ', "mariadb"]', "]")
    gone = ".sqlwright/shop/mariadb/add_tag.json"
    yield Fault("a target removed", offline("left-over-entry"), parted, gone, "{")
    renamed_package = several(replaced("sqlwright.toml", '"desk"', '"bench"'), _moved("schema"), _moved("queries"))
    yield Fault(
        "a package renamed",
        offline("left-over-entry"),
        renamed_package,
        ".sqlwright/desk/postgres/discounted.json",
        "{",
    )
    stale_module = offline("out-of-date")
    edited = replaced(_MODULE, "class UsersSync(", "class UsersSync2(")
    yield Fault("a module edited", stale_module, edited, _MODULE, "class UsersSync2(")
    yield Fault("a module deleted", stale_module, deleted(_MODULE), _MODULE, "")
    yield Fault("a file of queries removed", stale_module, deleted(_USERS), _MODULE, "")
    foreign = written(_MODULE, "mine = 1\n")
    yield Fault("a module of others", offline("foreign-file"), foreign, _MODULE, "mine")


def _edited(change: Callable[[str], str]) -> Plant:
    return lambda root: (root / _GET).write_text(change((root / _GET).read_text(encoding="utf-8")), encoding="utf-8")


def _of_entry(change: Callable[[Entry], Entry]) -> Plant:
    return _edited(lambda text: entry_text(change(read_entry(text))))


def _copied(path: str, other: str) -> Plant:
    return lambda root: (root / other).write_bytes((root / path).read_bytes())


def _moved(kind: str) -> Plant:
    return renamed(f"{kind}/desk", f"{kind}/bench")
