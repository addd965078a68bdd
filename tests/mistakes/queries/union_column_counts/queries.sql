-- name: everything :many
select id, name from users
union all
select id from orders;
