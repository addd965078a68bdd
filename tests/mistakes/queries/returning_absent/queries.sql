-- name: create_user :one
insert into users (email, name) values (:email, :name);
