-- name: list_orders :many
select u.id, o.id from orders as o;
