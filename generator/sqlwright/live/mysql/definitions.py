"""What SHOW CREATE writes, without what goes without saying, and in other places where it could not stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ...model.values import value

_NAME: Final = r"`(?:[^`]|``)+`"
_STRING: Final = r"'(?:[^'\\]|\\.|'')*'"
_COLLATED: Final = re.compile(
    r" CHARACTER SET (?P<charset>\w+)(?: COLLATE (?P<collation>\w+))?| COLLATE (?P<alone>\w+)"
)
_JSON: Final = re.compile(
    rf"(?P<name>{_NAME}) longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin(?P<rest>.*)"
    r" CHECK \(json_valid\((?P=name)\)\)$"
)
"""What MariaDB makes of a column of type JSON."""
_GENERATED: Final = re.compile(r"CONSTRAINT `(?:(?:[^`]|``)+_(?:ibfk|chk)_\d+|CONSTRAINT_\d+)` (?=FOREIGN|CHECK)")
"""Names that the servers give."""
_REFERENCE: Final = re.compile(rf"(?:CONSTRAINT {_NAME} )?FOREIGN KEY .*? REFERENCES (?P<table>{_NAME}) ")
_NO_DEFAULT: Final = re.compile(r" DEFAULT NULL\b")
_COUNTER: Final = re.compile(r" AUTO_INCREMENT=\d+")
_ENGINE: Final = re.compile(r" ENGINE=InnoDB\b")
_OWN_ENGINE: Final = re.compile(r"(?<=CYCLE) ENGINE=InnoDB\Z", re.IGNORECASE)
"""What stands behind a sequence."""
_CHARSET: Final = re.compile(r" DEFAULT CHARSET=(?P<charset>\w+)(?: COLLATE=(?P<collation>\w+))?")
_HEAD: Final = re.compile(
    rf"CREATE (?:OR REPLACE )?(?:ALGORITHM=\w+ )?(?:DEFINER=(?:{_NAME}|\w+)(?:@(?:{_NAME}|[\w%.]+))? )?"
    r"(?:SQL SECURITY (?:DEFINER|INVOKER) )?(?=VIEW|TRIGGER|FUNCTION|PROCEDURE|AGGREGATE|EVENT)",
    re.IGNORECASE,
)
_VERSIONED: Final = re.compile(r"/\*!\d{5,6} ?(.*?) ?\*/", re.DOTALL)
"""What MySQL hides from servers that are older than it."""
_NAMED: Final = re.compile(rf"{_STRING}|(?:\bAS |\.){_NAME}|(?P<name>{_NAME})")
"""Names, and what else may hold their quotes: texts, aliases and columns with their tables."""
_OUTSIDE_TEXT: Final = re.compile(rf"{_STRING}|[^']+|'")


@value
class Definition:
    """A statement that makes something, and the names of what has to be there before."""

    name: str
    text: str
    needs: frozenset[str] = frozenset()


@value
class TableDefinition:
    """A table. Foreign keys are apart, each with the name of the table that it refers to."""

    name: str
    head: str
    items: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    tail: str

    def text(self, without: Sequence[str] = ()) -> str:
        """The statement, but for the foreign keys to some tables."""
        kept = [item for item, table in self.references if table not in without]
        return self.head + "\n" + ",\n".join(f"  {item}" for item in (*self.items, *kept)) + "\n" + self.tail + ";"

    def later(self, tables: Sequence[str]) -> str:
        """The foreign keys to some tables, as they are added afterwards."""
        items = [f"  ADD {item}" for item, table in self.references if table in tables]
        return f"ALTER TABLE {quoted(self.name)}\n" + ",\n".join(items) + ";"


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def table_definition(name: str, text: str, collation: str, default: str) -> TableDefinition:
    """What SHOW CREATE TABLE gives, an item on each line; texts in it hold no line breaks. `collation` is the table's,
    and `default` the database's."""
    head, *lines = _outside_texts(text, lambda part: _VERSIONED.sub(r"\1", part)).split("\n")
    last = next(number for number, line in enumerate(lines) if line.startswith(")"))
    items = [_item(line.strip().removesuffix(","), collation) for line in lines[:last]]
    found = [(item, _REFERENCE.match(item)) for item in items]
    references = tuple((item, unquoted(match["table"])) for item, match in found if match)
    options = _outside_texts(lines[last], lambda part: _options(part, collation == default))
    tail = "\n".join([options, *lines[last + 1 :]])
    return TableDefinition(name, head, tuple(item for item, match in found if not match), references, tail)


def unquoted(name: str) -> str:
    return name[1:-1].replace("``", "`")


def module_definition(name: str, text: str) -> Definition:
    """What SHOW CREATE gives of a view, a trigger, a function or the like, without who made it; it may need all that it
    names."""
    needs = frozenset(unquoted(match["name"]) for match in _NAMED.finditer(text) if match["name"]) - {name}
    made = _OWN_ENGINE.sub("", _HEAD.sub("CREATE ", text, count=1).rstrip().rstrip(";"))
    return Definition(name, f"{made};", needs)


def in_order(definitions: Sequence[Definition]) -> list[Definition]:
    """Each behind what it needs; by name where that leaves a choice, and where each needs the other."""
    waiting = sorted(definitions, key=lambda one: one.name)
    done: list[Definition] = []
    while waiting:
        names = {one.name for one in waiting}
        ready = next((one for one in waiting if names.isdisjoint(one.needs)), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return done


def _item(line: str, collation: str) -> str:
    line = _JSON.sub(lambda found: f"{found['name']} json{found['rest']}", _GENERATED.sub("", line, count=1))
    if not line.startswith("`"):
        return line
    line = _outside_texts(line, lambda part: _COLLATED.sub(lambda match: _collated(match, collation), part))
    return _outside_texts(line, lambda part: _NO_DEFAULT.sub("", part))


def _collated(match: re.Match[str], collation: str) -> str:
    """What a column says of its collation, unless it is the table's."""
    said = match["collation"] or match["alone"]
    return "" if said == collation else match[0]


def _options(part: str, is_default: bool) -> str:
    part = _ENGINE.sub("", _COUNTER.sub("", part))
    return _CHARSET.sub("", part) if is_default else part


def _outside_texts(line: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith("'") else change(part) for part in _OUTSIDE_TEXT.findall(line))
