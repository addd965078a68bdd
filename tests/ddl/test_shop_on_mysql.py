"""The shop's schema, written for PostgreSQL, on MySQL and MariaDB: it is made, it holds, and it is taken away again."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, render_all
from sqlwright.dialects import dialect
from sqlwright.model.types import Kind
from sqlwright.runtime import errors

from tests.ddl.scripts import MysqlDatabase, clean_script

HERE = Path(__file__).parent
SCHEMA = (HERE / "shop.postgres.sql").read_text(encoding="utf-8")
ADA = "insert into customers (email, name) values ('ada@example.org', 'Ada')"
ORDER = "insert into orders (customer_id) select id from customers"
REFUSED: list[tuple[str, type[errors.Error]]] = [
    ("insert into customers (email, name) values ('b@b', 'a name of more than 20 characters')", errors.Error),
    ("insert into customers (email, name) values (null, 'B')", errors.NotNullViolation),
    ("insert into customers (email, name) values ('no address', 'B')", errors.CheckViolation),
    ("insert into customers (email, name, discount) values ('b@b', 'B', 101)", errors.CheckViolation),
    ("insert into customers (email, name, settings) values ('b@b', 'B', '{bad')", errors.Error),
    ("insert into customers (email, name) values ('ada@example.org', 'B')", errors.UniqueViolation),
    ("insert into customers (email, name) values ('b@b', 'ADA')", errors.UniqueViolation),
    ("insert into products (sku, price) values ('A1', -1)", errors.CheckViolation),
    ("insert into products (sku, price) values ('A1', 100000)", errors.CheckViolation),
    ("insert into products (sku) values ('A1'), ('A1')", errors.UniqueViolation),
    ("insert into orders (customer_id) select max(id) + 1 from products", errors.Error),
    ("insert into orders (customer_id, status) select id, 'lost' from customers", errors.Error),
    ("insert into order_lines (order_id, product_id) values (99, 99)", errors.ForeignKeyViolation),
    ("insert into departments (name, head) values ('all', 7)", errors.ForeignKeyViolation),
]


class Shop:
    """What holds on both."""

    def test_script_is_the_expected_one(self, database: MysqlDatabase, update_goldens: bool) -> None:
        script = clean_script(SCHEMA, "postgres", database.name)
        for path, text in (
            (HERE / f"shop.{database.name}.up.sql", script.up),
            (HERE / f"shop.{database.name}.down.sql", script.down),
        ):
            if update_goldens:
                path.write_text(text, encoding="utf-8")
            assert text == path.read_text(encoding="utf-8")

    def test_nothing_is_left_behind(self, database: MysqlDatabase) -> None:
        database.run("insert into departments (id, name) values (1, 'all')")
        database.run("insert into employees (id, department_id, manager_id) values (1, 1, 1)")
        database.run("update departments set head = 1")
        database.run_script(clean_script(SCHEMA, "postgres", database.name).down)
        assert database.objects() == []

    def test_script_is_read_back_without_errors(self, database: MysqlDatabase) -> None:
        script = clean_script(SCHEMA, "postgres", database.name)
        built = build_schema([Source("0001_initial.up.sql", script.up)], dialect(database.name))
        assert render_all(built.diagnostics) == ""
        types = dialect(database.name).types(built.catalog)
        orders = built.catalog.tables[("", "orders")]
        kinds = [types.neutral(column.type).kind for column in orders.columns]
        key = Kind.BYTES if database.name == "mysql" else Kind.UUID
        assert kinds == [Kind.INT64, key, Kind.ENUM, Kind.TIMESTAMP, Kind.TIME]
        assert built.catalog.tables[("", "customers")].comment == "Who buys here."

    def test_comments_are_the_server_s(self, database: MysqlDatabase) -> None:
        rows = database.run(
            "select table_comment from information_schema.tables "
            "where table_schema = database() and table_name = 'orders'"
        )
        assert rows == [("Orders -- with dashes\nand lines",)]

    def test_texts_are_compared_by_code_point(self, database: MysqlDatabase) -> None:
        rows = database.run(
            "select distinct collation_name from information_schema.columns where table_schema = database() "
            "and table_name in ('customers', 'products', 'audit_log') and data_type in ('varchar', 'longtext') "
            "and column_name not in ('tags', 'settings')"
        )
        assert rows == [("utf8mb4_0900_bin" if database.name == "mysql" else "utf8mb4_nopad_bin",)]

    def test_defaults(self, database: MysqlDatabase) -> None:
        database.run("insert into products (sku) values ('A1')")
        database.run(ORDER)
        (customer,) = database.run(
            "select id, discount, active, tags, settings, photo, patience, seen_at, created_at = updated_at "
            "from customers"
        )
        key = customer[0]
        assert len(key if isinstance(key, bytes) else uuid.UUID(str(key)).bytes) == 16
        assert customer[1:3] == (10, 1)
        assert [json.loads(str(text)) for text in customer[3:5]] == [[], {"theme": "dark"}]
        assert customer[5:7] == (b"\x00\xff", 5_400_000_000)
        assert isinstance(customer[7], datetime)
        assert customer[8] == 1
        (product,) = database.run("select id, title, price, weight, stock, sellable from products")
        assert product == (1, "it's new", Decimal("9.50"), 1.5, -1, 0)
        (order,) = database.run("select id, status, opened from orders")
        assert order == (1, "new", timedelta(hours=9))

    @pytest.mark.parametrize(("statement", "refusal"), REFUSED)
    def test_constraints_hold(self, database: MysqlDatabase, statement: str, refusal: type[errors.Error]) -> None:
        with pytest.raises(refusal):
            database.run(statement)

    def test_a_partial_index_leaves_the_other_rows_alone(self, database: MysqlDatabase) -> None:
        database.run("insert into customers (email, name, active) values ('b@b', 'ADA', false), ('c@c', 'ada', false)")
        with pytest.raises(errors.UniqueViolation):
            database.run("update customers set active = true where name = 'ada'")

    def test_keys_cascade(self, database: MysqlDatabase) -> None:
        database.run(ORDER)
        database.run("delete from customers")
        assert database.run("select count(*) from orders") == [(0,)]

    def test_an_update_moves_the_time(self, database: MysqlDatabase) -> None:
        ((before,),) = database.run("select updated_at from customers")
        time.sleep(0.01)
        database.run("update customers set name = 'Ada L.'")
        ((after, created),) = database.run("select updated_at, created_at from customers")
        assert isinstance(after, datetime)
        assert created == before
        assert after > created
        database.run("update customers set updated_at = '2100-01-01 00:00:00', name = 'Ada'")
        assert database.run("select updated_at from customers") == [(datetime(2100, 1, 1),)]

    def test_views(self, database: MysqlDatabase) -> None:
        database.run(ORDER)
        assert database.run("select id, status, `lines` from order_totals") == [(1, "new", 0)]


class TestMysql(Shop):
    @pytest.fixture
    def database(self, mysql_url: str) -> Iterator[MysqlDatabase]:
        yield from shop(mysql_url, "mysql")


class TestMariadb(Shop):
    @pytest.fixture
    def database(self, mariadb_url: str) -> Iterator[MysqlDatabase]:
        yield from shop(mariadb_url, "mariadb")


def shop(url: str, name: str) -> Iterator[MysqlDatabase]:
    database = MysqlDatabase(url, name)
    database.run_script(clean_script(SCHEMA, "postgres", name).up)
    database.run(ADA)
    yield database
    database.close()
