-- name: list_users :many
select (select id, total from orders) as x from users;
