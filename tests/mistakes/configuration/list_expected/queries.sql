-- name: list_users :many
select * from users;
