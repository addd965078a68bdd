-- name: touch :exec
update users set age = name where id = :id;
