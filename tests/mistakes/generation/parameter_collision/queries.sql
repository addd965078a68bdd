-- name: find_user :opt
select id from users where name = :userName and email = :user_name;
