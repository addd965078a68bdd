-- name: add :exec
insert into usres (name) values (:name);
