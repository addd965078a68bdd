-- name: create_user :one
-- Open an account, which waits to be approved. Raises UniqueViolation when the name is taken.
insert into users (username, password_hash)
values (:username, :password_hash)
returning *;

-- name: create_admin :one
-- Open an account that may do everything.
insert into users (username, password_hash, is_admin, is_approved)
values (:username, :password_hash, true, true)
returning *;

-- name: seed_user :exec
-- Open an account unless its name is taken.
insert into users (username, password_hash, is_admin, is_system, is_approved)
values (:username, :password_hash, :is_admin, :is_system, true)
on conflict (username) do nothing;

-- name: get_user :opt
select * from users where id = :id;

-- name: get_user_by_username :opt
select * from users where username = :username;

-- name: username_exists :one
select exists (select 1 from users where username = :username) as found;

-- name: list_users :many
-- A page of all accounts, the newest first.
select * from users
order by created_at desc, id desc
limit :limit offset :offset;

-- name: list_users_by_ids :many
select * from users where id in (:ids) order by id;

-- name: list_admins :many
select id, username from users where is_admin = 1 order by username;

-- name: search_users :many
-- Accounts whose name is like a pattern, whatever the case of its letters, with how many systems and files they have.
select
    u.id,
    u.username,
    u.is_approved,
    (select count(*) from systems s where s.user_id = u.id) as systems,
    (select count(*) from uploads f where f.user_id = u.id) as uploads
from users u
where u.username like :pattern
  and (:is_approved? is null or u.is_approved = :is_approved?)
order by u.username
limit :limit offset :offset;

-- name: count_users :one
-- How many accounts there are, and of which kinds.
select
    count(*) as total,
    count(*) filter (where is_admin) as admins,
    count(*) filter (where is_system) as systems,
    coalesce(sum(not is_approved), 0) as waiting
from users;

-- name: update_user :one
-- Change what is given; None leaves a value as it is.
update users
set
    username = coalesce(:username?, username),
    password_hash = coalesce(:password_hash?, password_hash),
    is_admin = coalesce(:is_admin?, is_admin),
    is_system = coalesce(:is_system?, is_system),
    updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id
returning *;

-- name: approve_user :execrows
update users set is_approved = true where id = :id and not is_approved;

-- name: delete_user :execrows
-- Close an account, with its systems, files and requests.
delete from users where id = :id;
