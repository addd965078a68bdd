-- name: get_user :opt
-- Look a user up.
select * from users where id = :id;

-- name: create_user :one
insert into users (email, name) values (:email, :name) returning *;

-- name: upsert_user :exec
insert into users (email, name) values (:email, :name)
on conflict (email) do update set name = excluded.name;

-- name: users_of :many
select id, email, name from users where id in (:ids) order by id;

-- name: rename_user :execrows
update users set name = :name where id = :id;
