-- name: find_user :opt
select id from users where name = 'Zoë';
