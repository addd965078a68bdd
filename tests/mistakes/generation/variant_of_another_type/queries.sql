-- name: list_credits :many
select credit from customers;

-- name: list_credits :many
-- dialect: sqlite
select name as credit from customers;
