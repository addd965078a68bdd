-- name: list_credits :many
select credit from customers;

-- name: list_credits :one
-- dialect: sqlite
select credit from customers;
