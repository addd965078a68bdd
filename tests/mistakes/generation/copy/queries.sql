-- name: load_users :copy
insert into users (email, name) values (:email, :name);
