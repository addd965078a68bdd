"""No password is shown or written, whatever is in it, wherever it comes from, and whatever a server says."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import psycopg
import pymysql
import pytest
from click.testing import CliRunner, Result
from psycopg import sql
from sqlwright.cli.main import command

from tests.check.fake_servers import as_mysql, as_postgres, refusing

PASSWORDS = ("p@ss:w/ö%rd", 'it\'s "quoted"\\', "plain-secret", "a+b &c=d;e#f?g", "%7Auzu%7A")
FORMATS = ("text", "json", "github", "sarif", "junit")
SCHEMES = {"postgres": "postgresql", "mysql": "mysql", "mariadb": "mariadb"}
_USER = "sqlwright_odd"


def spellings(password: str) -> set[str]:
    """How a password may be written where it is shown."""
    plain = {password, quote(password, safe=""), quote(password), quote_plus(password), unquote(password)}
    plain |= {one.lower() for one in plain}
    return plain | {repr(one)[1:-1] for one in plain}


def check(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(command, ["check", "--project", str(root), "--timeout", "2", *arguments])
    assert isinstance(result.exception, SystemExit | None), result.output
    return result


def assert_secret(root: Path, password: str, result: Result) -> None:
    configuration = root / "sqlwright.toml"
    files = [path for path in root.rglob("*") if path.is_file() and path != configuration]
    texts = [result.stdout, result.stderr, *(path.read_bytes().decode("utf-8", "replace") for path in files)]
    shown = {one for one in spellings(password) for text in texts if one in text}
    assert shown == set(), result.output


def url(dialect: str, password: str, port: int, *, written: str | None = None) -> str:
    return f"{SCHEMES[dialect]}://{_USER}:{written or quote(password, safe='')}@127.0.0.1:{port}/x"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("dialect", list(SCHEMES))
def test_a_server_that_repeats_the_password(shop: Path, dialect: str, form: str) -> None:
    speak = as_postgres if dialect == "postgres" else as_mysql
    for password in PASSWORDS:
        encoded = quote(password, safe="")
        with refusing(speak, f"no: {password}, {encoded}, {quote_plus(password)}!") as port:
            result = check(
                shop, "--dialect", dialect, "--url", f"{dialect}={url(dialect, password, port)}", "--format", form
            )
        assert result.exit_code == 2, result.output
        assert "no: " in result.output
        assert_secret(shop, password, result)


@pytest.mark.parametrize("dialect", list(SCHEMES))
def test_a_port_where_nobody_listens(shop: Path, dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for password in PASSWORDS:
        for written in (None, password):
            found = url(dialect, password, 1, written=written)
            results = [check(shop, "--dialect", dialect, "--url", f"{dialect}={found}", "--format", "json")]
            with monkeypatch.context() as patch:
                patch.setenv(f"SQLWRIGHT_{dialect.upper()}_URL", found)
                results.append(check(shop, "--dialect", dialect))
            with monkeypatch.context() as patch, configured(shop, dialect, found):
                patch.delenv(f"SQLWRIGHT_{dialect.upper()}_URL")
                results.append(check(shop, "--dialect", dialect, "--format", "github"))
            for result in results:
                assert result.exit_code == 2, result.output
                assert_secret(shop, password, result)


@pytest.mark.parametrize("dialect", list(SCHEMES))
def test_a_role_with_such_a_password(
    shop: Path, dialect: str, servers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"SQLWRIGHT_{dialect.upper()}_URL"
    server = servers[variable]
    address = server.partition("://")[2].rpartition("@")[2].split("/")[0]
    monkeypatch.delenv(variable)
    for password in PASSWORDS[:3]:
        with role(dialect, server, password):
            base = f"{SCHEMES[dialect]}://{_USER}:{{}}@{address}/" + ("postgres" if dialect == "postgres" else "")
            right = base.format(quote(password, safe=""))
            result = check(shop, "--dialect", dialect, "--url", f"{dialect}={right}", "--format", "json")
            assert result.exit_code == 0, result.output
            assert_secret(shop, password, result)
            with configured(shop, dialect, right):
                result = check(shop, "--dialect", dialect)
            assert result.exit_code == 0, result.output
            assert_secret(shop, password, result)
        result = check(shop, "--dialect", dialect, "--url", f"{dialect}={right}")
        assert "correct the user, the password or the database of the URL given with --url" in result.output
        assert "start the server" not in result.output
        for form in FORMATS:  # the role is gone
            result = check(shop, "--dialect", dialect, "--url", f"{dialect}={right}", "--format", form)
            assert result.exit_code == 2, result.output
            assert_secret(shop, password, result)


def test_a_database_that_there_is_not(shop: Path, servers: Mapping[str, str]) -> None:
    """The server answers: to start it would not help."""
    server = servers["SQLWRIGHT_POSTGRES_URL"]
    missing = f"{server.rpartition('/')[0]}/sqlwright_there_is_none"
    result = check(shop, "--package", "desk", "--url", f"postgres={missing}")
    assert (result.exit_code, "start the server" in result.output) == (2, False)
    assert "correct the user, the password or the database of the URL given with --url" in result.output


@pytest.mark.parametrize("given", ["--url", "--scratch"])
def test_what_is_not_understood_is_not_repeated(shop: Path, given: str) -> None:
    result = check(shop, given, "postgresql://me:hush-hush@127.0.0.1/x")
    assert (result.exit_code, "hush" in result.output) == (2, False)


@contextmanager
def configured(root: Path, dialect: str, found: str) -> Generator[None, None, None]:
    """A project whose configuration names a server."""
    path = root / "sqlwright.toml"
    text = path.read_text("utf-8")
    quoted = found.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(f'{text}\n[servers]\n{dialect} = "{quoted}"\n', "utf-8")
    yield
    path.write_text(text, "utf-8")


@contextmanager
def role(dialect: str, server: str, password: str) -> Generator[None, None, None]:
    """A role that may make databases."""
    with postgres_role(server, password) if dialect == "postgres" else mysql_role(server, password):
        yield


@contextmanager
def postgres_role(server: str, password: str) -> Generator[None, None, None]:
    with psycopg.connect(server, autocommit=True) as connection:
        name = sql.Identifier(_USER)
        connection.execute(sql.SQL("drop role if exists {}").format(name))
        connection.execute(sql.SQL("create role {} login createdb password {}").format(name, sql.Literal(password)))
        yield
        connection.execute(sql.SQL("drop role {}").format(name))


@contextmanager
def mysql_role(server: str, password: str) -> Generator[None, None, None]:
    credentials, _, address = server.partition("://")[2].partition("/")[0].rpartition("@")
    user, _, secret = credentials.partition(":")
    host, _, port = address.partition(":")
    with (
        pymysql.connect(host=host, port=int(port or 3306), user=user, password=unquote(secret)) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f"drop user if exists '{_USER}'@'%%'", ())
        cursor.execute(f"create user '{_USER}'@'%%' identified by %s", (password,))
        cursor.execute(f"grant all on *.* to '{_USER}'@'%%'", ())
        yield
        cursor.execute(f"drop user '{_USER}'@'%%'", ())
