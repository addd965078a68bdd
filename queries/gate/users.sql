-- name: create_user :one
-- Open an account. Raises UniqueViolation when the address has one.
insert into users (organization_id, email, name, role, metadata)
values (:organization_id, :email, :name, :role, :metadata)
returning *;

-- name: get_user :opt
-- Look a user up by id.
select * from users where id = :id;

-- name: get_user_by_email :opt
-- Look a user up by address, however it is capitalised.
select * from users where lower(email) = lower(:email);

-- name: user_exists :one
-- Whether an address has an account.
select exists (select 1 from users where lower(email) = lower(:email)) as found;

-- name: list_users :many
-- A page of all users, the newest first.
select * from users
order by created_at desc, id
limit :limit offset :offset;

-- name: list_users_by_ids :many
-- The users of these ids, by address.
select * from users
where id in (:ids)
order by email;

-- name: list_organization_users :many
-- An organization's users that may log in, by address.
select * from users
where organization_id = :organization_id
  and enabled
order by email
limit :limit offset :offset;

-- name: search_users :many
-- Users whose address or name is like a pattern, with the name of their organization.
select
    users.id,
    users.email,
    coalesce(users.name, users.email) as display_name,
    users.role,
    organizations.name as organization
from users
left join organizations on organizations.id = users.organization_id
where users.email ilike :pattern or users.name ilike :pattern
order by users.email
limit :limit;

-- name: count_users :one
select count(*) from users;

-- name: count_users_by_role :many
-- How many users have each role, and how many of them may log in.
select
    role,
    count(*) as users,
    count(*) filter (where enabled) as enabled
from users
group by role
order by role;

-- name: update_user :one
-- Change what is given; None leaves a value as it is.
update users
set
    email = coalesce(:email?, email),
    name = coalesce(:name?, name),
    metadata = coalesce(:metadata?, metadata)
where id = :id
returning *;

-- name: set_user_role :one
update users
set role = :role
where id = :id
returning *;

-- name: set_user_organization :execrows
-- Move a user to an organization, or out of one with None.
update users
set organization_id = :organization_id
where id = :id;

-- name: set_users_enabled :execrows
-- Let these users log in, or not.
update users
set enabled = :enabled
where id in (:ids);

-- name: delete_user :execrows
-- Close an account, with its keys, credentials and usage.
delete from users where id = :id;
