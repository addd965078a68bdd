-- name: list_customers :many
select * from user;
