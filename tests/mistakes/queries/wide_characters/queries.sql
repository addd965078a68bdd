-- name: list_users :many
select '名前', 😀x, nmae from users;
