"""Servers that speak just enough of a protocol to refuse a login in words of the test's choosing."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress

_SSL_REQUEST = (80877103, 80877104)
"""What asks for encryption, by TLS or by GSSAPI, before the login."""

Speak = Callable[[socket.socket, str], None]


@contextmanager
def refusing(speak: Speak, words: str) -> Generator[int, None, None]:
    """The port of a server that refuses every login with these words."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threading.Thread(target=_serve, args=(listener, speak, words), daemon=True).start()
        yield int(listener.getsockname()[1])


def _serve(listener: socket.socket, speak: Speak, words: str) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError, struct.error):
                speak(connection, words)


def as_postgres(connection: socket.socket, words: str) -> None:
    while True:
        (size,) = struct.unpack("!I", connection.recv(4))
        body = connection.recv(size - 4)
        if struct.unpack("!I", body[:4])[0] not in _SSL_REQUEST:
            break
        connection.sendall(b"N")
    fields = b"SFATAL\0VFATAL\0C28P01\0M" + words.encode() + b"\0D" + words.encode() + b"\0\0"
    connection.sendall(b"E" + struct.pack("!I", len(fields) + 4) + fields)


def as_mysql(connection: socket.socket, words: str) -> None:
    greeting = (
        b"\x0a8.4.0\0" + struct.pack("<I", 1) + b"12345678\0" + struct.pack("<H", 0xFFF7 & ~0x0800) + b"\x2d\x02\0"
        b"\x0f\x80\x15" + bytes(10) + b"123456789012\0mysql_native_password\0"
    )
    connection.sendall(struct.pack("<I", len(greeting))[:3] + b"\0" + greeting)
    header = connection.recv(4)
    connection.recv(int.from_bytes(header[:3], "little"))
    refusal = b"\xff" + struct.pack("<H", 1045) + b"#28000" + words.encode()
    connection.sendall(struct.pack("<I", len(refusal))[:3] + bytes((header[3] + 1,)) + refusal)
