-- name: everything :many
select id from users union select user_id from orders order by total;
