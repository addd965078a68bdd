-- name: list_users :many
select id, name from users order by 3;
