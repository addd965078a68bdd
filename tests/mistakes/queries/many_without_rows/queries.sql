-- name: delete_users :many
delete from users;
