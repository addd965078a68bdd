-- name: class :one
-- A doc with """ and \ and "
select * from class where id = :id;
-- name: import :many
select import, self, "quoted ""name""", "Ünïcode" from class where "from" = :from and self = :self;
-- name: conn :one
insert into class (import, date, str, "Decimal", "UUID") values (:conn, :date, :str, :decimal, :uuid) returning *;
-- name: list :many
select list from class where str = any(:list);
-- name: str :many
select str, date from class where id in (:int) and date = :datetime;
-- name: session :exec
update class set "a%s{0}b" = 'x%s{0}\' || :session where "; import os" = :params;
-- name: Uuid :opt
select "UUID" from class where id = :item and 'a
b"""\' <> :value;
-- name: final :many
select sqlc.embed("order"), sqlc.embed(class) from "order" left join class on class.id = "order".class_id where kind = :kind;
-- name: make_order :execlastid
insert into "order" (kind, kinds) values (:kind, :kinds);
-- name: user :one
select kind from "order" where id = :None;
