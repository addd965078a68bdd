-- name: list_users :manny
select id from users;
