-- name: count_users :one
select count(* from users;
