select 1;

-- name: list_users :many
select id from users;
