-- name: find_users :many
select id from users where id = $1 and name = :name;
