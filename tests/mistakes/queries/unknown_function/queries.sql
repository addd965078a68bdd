-- name: shout :many
select uper(name) from users;
