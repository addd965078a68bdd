-- name: list_users :many
select id as "user id", age as user_id from users;
