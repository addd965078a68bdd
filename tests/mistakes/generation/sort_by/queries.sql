-- name: list_users :many
select id, name from users
-- sort by: newest (id desc), name (name)
;
