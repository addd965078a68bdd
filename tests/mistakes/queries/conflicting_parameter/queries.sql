-- name: find_user :many
select * from users where id = :wanted or email = :wanted;
