-- name: list_users :rows
select id from users;
