-- name: shout :many
select shout(name) from users;
