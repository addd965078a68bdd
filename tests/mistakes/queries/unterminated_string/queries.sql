-- name: find_user :opt
select id from users where name = 'ada;

-- name: list_users :many
select id from users;
