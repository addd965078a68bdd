-- name: touch :exec
-- dialect: sqllite
update users set age = 1;
