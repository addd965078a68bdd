"""Prepared statements over PyMySQL's connections, which have none: the part of the protocol that describes them.

It follows "COM_STMT_PREPARE" and "COM_STMT_EXECUTE" of the manual of MySQL's protocol, which MariaDB shares.
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Sequence
from typing import Final, Protocol, cast

import pymysql
from pymysql.err import MySQLError

from ...model.values import value

LOST: Final = range(2000, 3000)
"""Numbers of errors that arise at our end: the connection is lost."""
_READ: Final = "_read_packet"
_PREPARE: Final = 0x16
_EXECUTE: Final = 0x17
_CLOSE: Final = 0x19
_NULL_TYPE: Final = 6
_END: Final = 0xFE
_END_SIZE: Final = 9
"""What begins like the packet that ends rows, and is longer, is a row."""
_SENT_TOGETHER: Final = 16 * 1024
"""Bytes that are sent before an answer is read: what waits in the buffers of both sides, whatever they are."""


@value
class Field:
    """How the server describes a column of a result, or a parameter."""

    name: str
    table: str
    """The table that it is of, and its name there. Empty for what is computed."""
    column: str
    charset: int
    length: int
    type: int
    flags: int
    decimals: int


@value
class Prepared:
    """What the server says of a statement that it has prepared."""

    parameters: tuple[Field, ...]
    columns: tuple[Field, ...]


class Wire(pymysql.Connection):
    """A connection that prepares statements and does not keep them."""

    _next_seq_id: int

    def prepared(self, statements: Sequence[str]) -> list[Prepared | MySQLError]:
        """What the server says of each, or why it does not prepare it. Many are sent before the first answer is read.

        Raises what PyMySQL does when the connection is lost.
        """
        found: list[Prepared | MySQLError] = []
        for group in _groups([statement.encode() for statement in statements]):
            for statement in group:
                self._send(_PREPARE, statement)
            answers = [self._answer() for _ in group]
            for number, answer in answers:
                found.append(answer)
                if number is not None:
                    self._send(_CLOSE, struct.pack("<I", number))
        return found

    def run_with_nulls(self, statement: str) -> list[bytes]:
        """Run a statement with NULL for each parameter: the first value of each row. Raises MySQLError."""
        self._send(_PREPARE, statement.encode())
        number, answer = self._answer()
        if isinstance(answer, MySQLError):
            raise answer
        count = len(answer.parameters)
        nulls = b"\xff" * ((count + 7) // 8) + b"\x01" + bytes((_NULL_TYPE, 0)) * count if count else b""
        try:
            self._send(_EXECUTE, struct.pack("<IBI", number, 0, 1) + nulls)
            return list(self._rows())
        finally:
            if self.open:
                self._send(_CLOSE, struct.pack("<I", number))

    def _send(self, command: int, payload: bytes) -> None:
        self._next_seq_id = 0
        cast("_Writes", self).write_packet(bytes((command,)) + payload)

    def _answer(self) -> tuple[int | None, Prepared | MySQLError]:
        """The number by which the server knows a statement, and what it says of it."""
        self._next_seq_id = 1
        try:
            number, columns, parameters = struct.unpack_from("<xIHH", self._packet())
        except MySQLError as error:
            if _is_lost(error):
                raise
            return None, error
        found = self._fields(parameters)
        return number, Prepared(found, self._fields(columns))

    def _fields(self, count: int) -> tuple[Field, ...]:
        found = tuple(_field(self._packet()) for _ in range(count))
        if count:
            self._packet()
        return found

    def _rows(self) -> Generator[bytes, None, None]:
        """The first value of each row of a result; nothing where there is none."""
        count, _ = _number(self._packet(), 0)
        if count == 0:
            return
        self._fields(count)
        while not (len(packet := self._packet()) < _END_SIZE and packet[0] == _END):
            yield _text(packet, 1 + (count + 9) // 8)[0]

    def _packet(self) -> bytes:
        packet: _Packet = getattr(self, _READ)()
        return packet.get_all_data()


class _Writes(Protocol):
    def write_packet(self, payload: bytes) -> None: ...


class _Packet(Protocol):
    """What is used of PyMySQL's packets, which have few types of their own."""

    def get_all_data(self) -> bytes: ...


def _is_lost(error: MySQLError) -> bool:
    number: object = error.args[0] if error.args else None
    return not isinstance(number, int) or number == 0 or number in LOST


def _groups(statements: Sequence[bytes]) -> Generator[list[bytes], None, None]:
    """The statements in their order, as many at a time as may be sent together."""
    group: list[bytes] = []
    size = 0
    for statement in statements:
        if group and size + len(statement) > _SENT_TOGETHER:
            yield group
            group, size = [], 0
        group.append(statement)
        size += len(statement)
    if group:
        yield group


def _field(packet: bytes) -> Field:
    """A column definition: its catalog, schema, table and the table it is of; its name and the one it has there."""
    texts: list[str] = []
    position = 0
    for _ in range(6):
        text, position = _text(packet, position)
        texts.append(text.decode())
    charset, length, type, flags, decimals = struct.unpack_from("<xHIBHB", packet, position)
    return Field(texts[4], texts[3], texts[5], charset, length, type, flags, decimals)


def _text(packet: bytes, position: int) -> tuple[bytes, int]:
    size, begin = _number(packet, position)
    return packet[begin : begin + size], begin + size


def _number(packet: bytes, position: int) -> tuple[int, int]:
    """A number whose first byte tells how many there are, and where it ends."""
    width = {0xFC: 2, 0xFD: 3, 0xFE: 8}.get(packet[position], 0)
    if width == 0:
        return packet[position], position + 1
    end = position + 1 + width
    return int.from_bytes(packet[position + 1 : end], "little"), end
