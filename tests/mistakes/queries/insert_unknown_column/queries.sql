-- name: create_user :exec
insert into users (emial, name) values (:email, :name);
