-- name: get_user :opt
select id from users where id = :id;

-- name: get_user :opt
select name from users where id = :id;
