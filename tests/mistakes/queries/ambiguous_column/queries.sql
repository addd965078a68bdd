-- name: list_orders :many
select id, total
from orders
join users on users.id = orders.user_id;
