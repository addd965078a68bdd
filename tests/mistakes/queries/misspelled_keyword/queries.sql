-- name: list_users :many
select id form users where id = :id;
