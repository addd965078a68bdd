"""For the database that it was written for, a schema stays as its author wrote it."""

from __future__ import annotations

import psycopg
import pytest

from tests.ddl.scripts import (
    MysqlDatabase,
    clean_script,
    objects_of_postgres,
    objects_of_sqlite,
    run_on_postgres,
    run_on_sqlite,
    sqlite_with,
)

DUMP = """
-- PostgreSQL database dump
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA public;

-- What a user may do.
CREATE TYPE public.role AS ENUM ('admin', 'guest');
ALTER TYPE public.role OWNER TO somebody;

CREATE FUNCTION public.shout(t text) RETURNS text
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN upper(t); -- loudly;
END;
$$;
ALTER FUNCTION public.shout(t text) OWNER TO somebody;

CREATE TABLE public.users (
    id bigint NOT NULL,
    role public.role DEFAULT 'guest'::public.role NOT NULL,
    name text CHECK (shout(name) <> 'NO')
);
ALTER TABLE public.users OWNER TO somebody;
CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
COPY public.users (id, role, name) FROM stdin;
1	admin	Ada; the first
\\.
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX CONCURRENTLY users_name ON public.users (name);
CREATE POLICY own ON public.users USING (true);
CREATE VIEW public.admins AS SELECT users.id FROM public.users WHERE users.role = 'admin'::public.role;
GRANT SELECT ON public.users TO somebody;
"""
KEPT = """\
-- What a user may do.
CREATE TYPE public.role AS ENUM ('admin', 'guest');
"""
SQLITE_SHELL = """
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT, -- what; and why
    changed TEXT NOT NULL DEFAULT (datetime('now')) -- on update: now()
);
INSERT INTO notes VALUES (1, 'first', '2000-01-01 00:00:00');
DELETE FROM sqlite_sequence;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE tags (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE, tag TEXT, PRIMARY KEY (note, tag)
) WITHOUT ROWID;
CREATE TRIGGER tags_lower AFTER INSERT ON tags BEGIN
    UPDATE tags SET tag = lower(tag) WHERE note = new.note; -- all of them;
END;
CREATE VIEW tagged AS SELECT notes.id FROM notes JOIN tags ON tags.note = notes.id;
COMMIT;
"""
MYSQL_DUMP = """
-- MySQL dump 10.13
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
DROP TABLE IF EXISTS `users`;
/*!40101 SET @saved_cs_client = @@character_set_client */;
CREATE TABLE `users` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(20) DEFAULT 'a /*! b */', -- what; and why
  `role` enum('x','y') NOT NULL DEFAULT 'x',
  `day` date DEFAULT NULL, -- on update: now()
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4
/*!50100 PARTITION BY HASH (`id`)
PARTITIONS 4 */;
LOCK TABLES `users` WRITE;
INSERT INTO `users` VALUES (1,'Ada; the first','x',NULL);
UNLOCK TABLES;
/*!50001 CREATE VIEW `admins` AS SELECT 1 AS `id`*/;
/*!50001 DROP VIEW IF EXISTS `admins`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `admins` AS select `users`.`id` AS `id` from `users` */;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `loud`
  BEFORE INSERT ON `users` FOR EACH ROW begin
  set new.name = upper(new.name); -- loudly;
end */;;
CREATE PROCEDURE nothing() BEGIN SELECT 1; END;;
DELIMITER ;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
"""


def test_a_dump_can_be_replayed(postgres_url: str) -> None:
    script = clean_script(DUMP, "postgres", "postgres")
    assert script.up.startswith(KEPT)
    for word in ("SET statement_timeout", "set_config", "SCHEMA public", "OWNER", "COPY", "GRANT", "CONCURRENTLY"):
        assert word not in script.up
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        run_on_postgres(connection, script.up)
        connection.execute("insert into users (name) values ('Ada')")
        assert connection.execute("select id, role::text from users").fetchall() == [(1, "guest")]
        run_on_postgres(connection, script.down)
        assert objects_of_postgres(connection) == []


def test_the_shell_of_sqlite_can_be_replayed() -> None:
    script = clean_script(SQLITE_SHELL, "sqlite", "sqlite")
    for word in ("PRAGMA", "TRANSACTION", "COMMIT", "INSERT INTO", "sqlite_sequence"):
        assert word not in script.up
    connection = sqlite_with(script)
    connection.execute("insert into notes (text, changed) values ('x', '2000-01-01 00:00:00')")
    connection.execute("update notes set text = 'y'")
    ((changed,),) = connection.execute("select changed from notes")
    assert len(changed) == len("2000-01-01 00:00:00")
    assert changed > "2020"
    run_on_sqlite(connection, script.down)
    assert objects_of_sqlite(connection) == []


def test_migrations_are_replayed_in_order() -> None:
    schema = """
        create table a (id integer primary key, old text);
        alter table a rename column old to new;
        create table b (id integer primary key);
        drop table b;
        alter table a rename to c;
    """
    connection = sqlite_with(clean_script(schema, "sqlite", "sqlite"))
    assert list(connection.execute("select id, new from c")) == []
    assert objects_of_sqlite(connection) == ["c"]


@pytest.mark.parametrize(
    ("columns", "options"),
    [("a text primary key", ""), ("rowid text primary key", ""), ("a text primary key", " without rowid")],
)
def test_touched_rows_are_found(columns: str, options: str) -> None:
    schema = f"create table t (\n    at datetime, -- on update: now()\n    n integer,\n    {columns}\n){options};"
    connection = sqlite_with(clean_script(schema, "sqlite", "sqlite"))
    connection.execute("insert into t values (null, 0, 'x'), (null, 0, 'y')")
    connection.execute("update t set n = 1 where n = 0")
    assert list(connection.execute("select at is not null, n from t")) == [(1, 1), (1, 1)]


def test_several_touched_columns() -> None:
    schema = """
        create table t (
            id integer primary key,
            seen timestamp, -- on update: now()
            day date, -- on update: now()
            n integer
        );
    """
    connection = sqlite_with(clean_script(schema, "sqlite", "sqlite"))
    connection.execute("insert into t (n) values (0)")
    connection.execute("update t set n = 1, day = '2000-01-01'")
    assert list(connection.execute("select seen > '2020', day from t")) == [(1, "2000-01-01")]


def test_a_dump_of_mysql_can_be_replayed(mysql_url: str) -> None:
    _replay_dump(MysqlDatabase(mysql_url, "mysql"))


def test_a_dump_of_mariadb_can_be_replayed(mariadb_url: str) -> None:
    _replay_dump(MysqlDatabase(mariadb_url, "mariadb"))


def _replay_dump(database: MysqlDatabase) -> None:
    script = clean_script(MYSQL_DUMP, database.name, database.name)
    for word in ("SET @", "FOREIGN_KEY_CHECKS", "LOCK TABLES", "INSERT INTO", "DELIMITER", "50100"):
        assert word not in script.up
    assert "-- what; and why" in script.up
    database.run_script(script.up)
    database.run("insert into users (name) values ('ada')")
    database.run("update users set role = 'y'")
    assert database.run("select id, name, role, day is not null from users") == [(5, "ADA", "y", 1)]
    assert database.run("select id from admins") == [(5,)]
    database.run_script(script.down)
    assert database.objects() == []
    database.close()
