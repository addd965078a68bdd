-- name: q :many
select b from a;
