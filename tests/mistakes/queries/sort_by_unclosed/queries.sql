-- name: list_users :many
select id from users
-- sort by: newest (id desc, name (name)
;
