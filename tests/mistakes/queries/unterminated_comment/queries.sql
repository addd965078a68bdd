-- name: find_user :opt
select id from users; /* the rest
