-- name: big_orders :one
select max(sum(total)) from orders;
