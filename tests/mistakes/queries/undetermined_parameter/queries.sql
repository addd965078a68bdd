-- name: echo :one
select :value as value;
