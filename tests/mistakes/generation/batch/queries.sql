-- name: add_users :batch
insert into users (email, name) values (:email, :name);
