"""Schemas written for MySQL or MariaDB, on both: for its own database as it was written, for the other one the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlwright.runtime import errors

from tests.ddl.read_back import facts_of_script, facts_of_server
from tests.ddl.scripts import MysqlDatabase, clean_script

SCHEMA = """
-- Who buys.
create table customers (
    id bigint unsigned not null auto_increment,
    email varchar(190) not null comment 'Where it''s sent',
    nick varchar(30) collate utf8mb4_unicode_ci,
    role enum('admin', 'it''s', 'guest') not null default 'guest',
    flags set('a', 'b') default 'a,b',
    active tinyint(1) not null default 1,
    age tinyint unsigned,
    steps mediumint default -5,
    born year,
    balance decimal(10, 2) unsigned not null default 9.5,
    bits bit(8) default b'101',
    hash binary(4),
    photo varbinary(8) default x'0041',
    settings json default ('{"a": 1}'),
    note text,
    story longtext default ('it''s \\\\ new'),
    score double default 0.5,
    seen time(3) default '10:00:00',
    created_at datetime not null default current_timestamp,
    updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
    primary key (id),
    unique key email (email),
    unique key nick (nick),
    key note (note(20), age desc),
    unique key beginnings (story(5), age),
    fulltext key words (note, story),
    constraint aged check (age >= 7)
) engine = InnoDB default charset = utf8mb4 collate = BINARY comment = 'Who buys, all of them';
create table orders (
    id int not null auto_increment primary key,
    customer_id bigint unsigned not null,
    role enum('x', 'y'),
    total decimal(10, 2) not null default 0,
    dear tinyint(1) generated always as (total > 2) stored,
    constraint AGED check (total >= 0),
    day date, -- on update: now()
    key email (customer_id, id),
    constraint fk_c foreign key (customer_id) references customers (id) on delete cascade on update restrict
) collate BINARY;
create table heads (id int primary key, order_id int);
create table tails (id int primary key, head_id int, constraint tail_head foreign key (head_id) references heads (id));
alter table heads add constraint head_tail foreign key (id) references tails (id);
create view guests as select id, email from customers where steps < 0;
"""
BINARY = {"mysql": "utf8mb4_0900_bin", "mariadb": "utf8mb4_nopad_bin"}
ADA = "insert into customers (email, nick) values ('ada@example.org', 'Ada')"
REFUSED = [
    "insert into customers (email) values ('ada@example.org')",
    "insert into customers (email, nick) values ('b', 'ADA')",
    "insert into customers (email, role) values ('b', 'lost')",
    "insert into customers (email, flags) values ('b', 'c')",
    "insert into customers (email, age) values ('b', -1)",
    "insert into customers (email, age) values ('b', 256)",
    "insert into customers (email, age) values ('b', 6)",
    "insert into customers (email, steps) values ('b', 8388608)",
    "insert into customers (email, born) values ('b', 1900)",
    "insert into customers (email, balance) values ('b', -1)",
    "insert into customers (email, hash) values ('b', '12345')",
    "insert into customers (email, age, story) values ('b', 7, 'abcde1'), ('c', 7, 'abcde2')",
    "insert into customers (email, settings) values ('b', '{bad')",
    "insert into customers (email) values (null)",
    "insert into orders (customer_id) values (99)",
    "insert into orders (customer_id, total) values (1, -1)",
]


class Made:
    """What holds of a schema that was made on a database, whichever of the two it was written for."""

    def test_constraints_hold(self, database: MysqlDatabase) -> None:
        database.run("insert into customers (email) values ('ADA@example.org')")
        for statement in REFUSED:
            with pytest.raises(errors.Error):
                database.run(statement)

    def test_defaults(self, database: MysqlDatabase) -> None:
        (row,) = database.run(
            "select id, role, flags, active, steps, bits, photo, story, score, hour(seen), microsecond(created_at) "
            "from customers"
        )
        story = "it's \\ new"
        assert row == (1, "guest", "a,b", 1, -5, b"\x05", b"\x00A", story, 0.5, 10, 0)

    def test_updates_move_the_times(self, database: MysqlDatabase) -> None:
        database.run("update customers set created_at = '2000-01-01', updated_at = '2000-01-01'")
        database.run("update customers set age = 8")
        assert database.run("select year(created_at), year(updated_at) > 2000 from customers") == [(2000, 1)]
        database.run("insert into orders (customer_id, total) values (1, 2.5)")
        database.run("update orders set role = 'x'")
        assert database.run("select dear, day = current_date from orders") == [(1, 1)]
        database.run("update orders set day = '2000-01-01'")
        assert database.run("select year(day) from orders") == [(2000,)]

    def test_views(self, database: MysqlDatabase) -> None:
        assert database.run("select * from guests") == [(1, "ada@example.org")]


class TestMysqlAsWritten(Made):
    @pytest.fixture
    def database(self, mysql_url: str) -> Iterator[MysqlDatabase]:
        yield from made(MysqlDatabase(mysql_url, "mysql"), "mysql")


class TestMariadbAsWritten(Made):
    @pytest.fixture
    def database(self, mariadb_url: str) -> Iterator[MysqlDatabase]:
        yield from made(MysqlDatabase(mariadb_url, "mariadb"), "mariadb")


class TestMysqlOnMariadb(Made):
    @pytest.fixture
    def database(self, mariadb_url: str) -> Iterator[MysqlDatabase]:
        yield from made(MysqlDatabase(mariadb_url, "mariadb"), "mysql")


class TestMariadbOnMysql(Made):
    @pytest.fixture
    def database(self, mysql_url: str) -> Iterator[MysqlDatabase]:
        yield from made(MysqlDatabase(mysql_url, "mysql"), "mariadb")


def made(database: MysqlDatabase, written: str) -> Iterator[MysqlDatabase]:
    text = SCHEMA.replace("BINARY", BINARY[written]).replace("AGED", "aged" if written == "mariadb" else "cheap")
    script = clean_script(text, written, database.name)
    database.run_script(script.up)
    assert facts_of_server(database) == facts_of_script(script.up, database)
    database.run(ADA)
    yield database
    database.run_script(script.down)
    assert database.objects() == []
    database.close()
