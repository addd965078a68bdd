-- name: list_users :many
select u.id, o.id from users as u join orders as o on o.user_id = u.id;
