-- name: find_users :many
select id from users where id = :it or name = :it;
