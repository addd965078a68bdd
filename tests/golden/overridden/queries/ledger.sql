-- name: add_entry :execlastid
insert into entries (amount, detail) values (:amount, :detail);

-- name: get_entry :one
select * from entries where id = :id;

-- name: get_detail :one
select detail from entries where id = :id;

-- name: list_entries :many
select id, amount from entries where id in (:ids) order by id;
