-- name: touch :exec
update users set age = 1;

-- name: touch :exec
-- dialect: sqlite
update users set age = 2;
