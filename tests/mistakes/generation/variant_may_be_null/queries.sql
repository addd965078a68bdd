-- name: list_names :many
select name from customers;

-- name: list_names :many
-- dialect: sqlite
select email as name from customers;
