-- name: list_users :many
-- allow full-scan a dozen users
select id, name from users where age = :age;

-- name: list_tags :many
-- allow full-scan:
select label from tags;
