-- name: echo :one
select :value is null as missing;
