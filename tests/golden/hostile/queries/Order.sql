-- name: get :one
select * from "order" where id = :id;
-- name: async :exec
delete from "order" where id = :await;
