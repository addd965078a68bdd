-- name: rename_user :exec
update users set nane = :name where id = :id;
