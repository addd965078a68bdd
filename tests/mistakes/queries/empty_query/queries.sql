-- name: list_users :many

-- name: list_orders :many
select id from orders;
