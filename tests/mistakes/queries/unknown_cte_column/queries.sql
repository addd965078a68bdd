-- name: recent :many
with recent as (select id, total from orders)
select id, amount from recent;
