-- name: now :one
select 1 as one;
