-- name: newest_orders :many
select distinct on (user_id) user_id, total from orders order by user_id, id desc;
