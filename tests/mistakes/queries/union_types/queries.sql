-- name: everything :many
select id from users
union
select name from users;
