-- name: list_users :many
select id from users;

-- name: ListUsers :many
select name from users;
