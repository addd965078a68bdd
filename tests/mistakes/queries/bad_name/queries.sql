-- name: list-users :many
select id from users;
