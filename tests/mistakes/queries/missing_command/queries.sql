-- name: list_users
select id from users;
