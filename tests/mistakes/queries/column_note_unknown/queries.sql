-- name: list_users :many
-- column nope: not null
select id, name from users;
