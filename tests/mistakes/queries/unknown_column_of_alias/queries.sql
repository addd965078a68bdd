-- name: list_orders :many
select o.id, o.totl from orders as o;
