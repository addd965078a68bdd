-- name: create_user :one
-- Open an account. Raises UniqueViolation when the address has one.
insert into users (name, email)
values (:name, :email)
returning *;

-- name: create_user_with_id :one
-- Open an account under an id that was given out before.
insert into users (id, name, email, email_verified_at)
values (:id, :name, :email, :email_verified_at)
returning *;

-- name: get_or_create_user :one
-- The account of an address, opened when there is none.
insert into users (name, email)
values (:name, :email!)
on conflict (email) do update
set name = coalesce(users.name, excluded.name)
returning *;

-- name: get_user :opt
select * from users where id = :id;

-- name: get_user_by_email :opt
select * from users where email = :email;

-- name: list_users :many
-- A page of all users, the newest first.
select * from users
order by created_at desc, id
limit :limit offset :offset;

-- name: list_users_by_ids :many
select * from users
where id in (:ids)
order by email, id;

-- name: search_users :many
-- Users whose address or name is like a pattern, with how many sessions and accounts elsewhere they have.
select
    users.id,
    users.name,
    users.email,
    users.email_verified_at is not null as verified,
    (select count(*) from sessions where sessions.user_id = users.id) as sessions,
    (select count(*) from oauth_accounts where oauth_accounts.user_id = users.id) as oauth_accounts
from users
where users.email ilike :pattern or users.name ilike :pattern
order by users.email, users.id
limit :limit offset :offset;

-- name: count_users :one
-- How many users there are, and how many of them have a verified address.
select
    count(*) as total,
    count(email_verified_at) as verified
from users;

-- name: update_user :one
-- Change what is given; None leaves a value as it is. A new address has to be verified again.
update users
set
    name = coalesce(:name?, name),
    email = coalesce(:email?, email),
    email_verified_at = case when :email? is null or :email? = email then email_verified_at end
where id = :id
returning *;

-- name: delete_user :execrows
-- Close an account, with its sessions. Raises ForeignKeyViolation while an account elsewhere is linked to it.
delete from users where id = :id;
