-- name: list_users :many
select id, emial from users;

-- name: list_orders :mny
select id from orders;

-- name: find_order :opt
select total from order_items where id = :id;

-- name: count_orders :one
select cuont(*) from orders;

-- name: good :one
select count(*) from users;
