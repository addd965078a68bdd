-- name: find_users :many
select id from users where name;
