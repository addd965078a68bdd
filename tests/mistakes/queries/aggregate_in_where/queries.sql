-- name: big_orders :many
select user_id from orders where sum(total) > 100 group by user_id;
