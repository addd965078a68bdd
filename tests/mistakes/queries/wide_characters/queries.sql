-- name: list_users :many
select '名前', nmae from users;
