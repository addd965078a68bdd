-- name: list_users :many
select id from users

-- name: list_orders :many
select id from orders;
