-- name: last_user :execlastid
select id from users;
