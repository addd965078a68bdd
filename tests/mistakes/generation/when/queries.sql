-- name: find_users :many
select id, name from users
where age > 17
  and name = :name -- when :name
;
