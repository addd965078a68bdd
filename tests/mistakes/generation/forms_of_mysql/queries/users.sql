-- name: add_user :exec
insert into users set id = :id, boss = 2, name = :name;

-- name: list_bosses :many
select b.id from users u straight_join users b on b.id = u.boss;

-- name: list_users :many
select id from users order by id limit 2, 3;
