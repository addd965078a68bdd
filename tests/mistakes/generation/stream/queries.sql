-- name: all_users :stream
select id, name from users;
