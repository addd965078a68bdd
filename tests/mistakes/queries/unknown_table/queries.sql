-- name: list_customers :many
select * from ordres;
