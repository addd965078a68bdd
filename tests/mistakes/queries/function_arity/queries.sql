-- name: shout :many
select upper(name, 'loud') from users;
