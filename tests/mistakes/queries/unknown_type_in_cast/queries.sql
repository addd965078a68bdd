-- name: list_users :many
select cast(age as itn) from users;
