-- name: count_orders :many
select user_id, total, count(*) from orders group by user_id;
