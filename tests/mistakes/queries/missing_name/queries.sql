-- name: :many
select id from users;
