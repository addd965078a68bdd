-- name: touch :exec
update users set age = 1;
update orders set total = 1;
