-- name: list_codes :many
select code from customers;
