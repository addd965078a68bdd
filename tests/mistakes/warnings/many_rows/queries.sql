-- name: find_user :opt
select id, name from users where name = :name;
