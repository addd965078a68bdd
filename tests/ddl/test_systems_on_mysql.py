"""The schemas of the example services on MySQL and MariaDB, where the servers say of them what the scripts say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ddl.read_back import facts_of_script, facts_of_server
from tests.ddl.scripts import MysqlDatabase, clean_script

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ["gate", "torii", "gateway", "proxy"]


@pytest.mark.parametrize("package", SCHEMAS)
def test_on_mysql(mysql_url: str, package: str) -> None:
    holds(MysqlDatabase(mysql_url, "mysql"), schema(package))


@pytest.mark.parametrize("package", SCHEMAS)
def test_on_mariadb(mariadb_url: str, package: str) -> None:
    holds(MysqlDatabase(mariadb_url, "mariadb"), schema(package))


def test_the_shop_on_mysql(mysql_url: str) -> None:
    holds(MysqlDatabase(mysql_url, "mysql"), (ROOT / "tests" / "ddl" / "shop.postgres.sql").read_text("utf-8"))


def test_the_shop_on_mariadb(mariadb_url: str) -> None:
    holds(MysqlDatabase(mariadb_url, "mariadb"), (ROOT / "tests" / "ddl" / "shop.postgres.sql").read_text("utf-8"))


def holds(database: MysqlDatabase, text: str) -> None:
    script = clean_script(text, "postgres", database.name)
    database.run_script(script.up)
    assert facts_of_server(database) == facts_of_script(script.up, database)
    database.run_script(script.down)
    assert database.objects() == []
    database.close()


def schema(package: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "schema" / package).glob("*.sql")))
