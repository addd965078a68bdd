"""What a URL of MySQL says: mysql://user:password@host:port/database?ssl-mode=REQUIRED."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from ..errors import ConnectionFailure
from .products import Product

_PORT: Final = 3306
_PATIENCE: Final = 10.0
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")
_MODES: Final = ("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY")
_SETTINGS: Final = ("connect_timeout", "socket", "ssl-ca", "ssl-cert", "ssl-key", "ssl-mode")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens, and how to come in.

    Without `tls` the connection is not encrypted; unless it `needs_tls`, a server that has none is spoken to without.
    """

    host: str
    port: int
    socket: str | None
    user: str
    password: str
    database: str | None
    connect_timeout: float
    tls: ssl.SSLContext | None
    needs_tls: bool


def place(url: str, product: Product) -> Place:
    """Raises ConnectionFailure when the URL says what is not understood."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORT
    except ValueError as error:
        raise ConnectionFailure(f"the URL is not understood: {error}") from error
    if parts.scheme != product.scheme:
        raise ConnectionFailure(f"a URL of {product.name} begins with {product.scheme}://")
    settings = _settings(parts.query)
    host = unquote(parts.hostname or "localhost")
    local = "socket" in settings or host in _LOCAL
    mode = settings.get("ssl-mode", "DISABLED" if local else "PREFERRED").upper()
    return Place(
        host=host,
        port=port,
        socket=settings.get("socket"),
        user=unquote(parts.username or "root"),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.removeprefix("/")) or None,
        connect_timeout=_seconds(settings.get("connect_timeout")),
        tls=_tls(mode, settings),
        needs_tls=mode != "PREFERRED",
    )


def _settings(query: str) -> dict[str, str]:
    settings = {name.replace("ssl_", "ssl-"): value for name, value in parse_qsl(query, keep_blank_values=True)}
    for name in settings:
        if name not in _SETTINGS:
            raise ConnectionFailure(f"the URL has a setting {name!r}, and it may have {', '.join(_SETTINGS)}")
    return settings


def _seconds(text: str | None) -> float:
    try:
        return _PATIENCE if text is None else float(text)
    except ValueError as error:
        raise ConnectionFailure(f"connect_timeout in the URL is in seconds, not {text!r}") from error


def _tls(mode: str, settings: dict[str, str]) -> ssl.SSLContext | None:
    """What a mode of MySQL's own clients asks for; only the last two look at the server's certificate."""
    if mode not in _MODES:
        raise ConnectionFailure(f"ssl-mode in the URL is one of {', '.join(_MODES)}, not {mode!r}")
    if mode == "DISABLED":
        return None
    try:
        context = ssl.create_default_context(cafile=settings.get("ssl-ca"))
        if "ssl-cert" in settings:
            context.load_cert_chain(settings["ssl-cert"], settings.get("ssl-key"))
    except OSError as error:
        raise ConnectionFailure(f"a certificate that the URL names cannot be read: {error}") from error
    context.check_hostname = mode == "VERIFY_IDENTITY"
    if not mode.startswith("VERIFY"):
        context.verify_mode = ssl.CERT_NONE
    return context
