-- name: list_users :many
select id, emial from users;
