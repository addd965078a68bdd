-- name: add :exec
insert into users (email, name) values (:email, :name) on conflict (name) do nothing;
