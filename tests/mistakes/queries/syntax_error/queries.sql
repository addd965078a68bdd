-- name: list_users :many
select id, from users;
