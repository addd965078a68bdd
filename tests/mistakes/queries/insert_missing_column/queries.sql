-- name: create_user :exec
insert into users (name) values (:name);
