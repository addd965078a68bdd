-- name: create_user :exec
insert into users (email, name) values (:email, :name, :age);
