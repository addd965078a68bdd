-- name: set_password_hash :execrows
-- Set a user's password, or take it away with None. 0 when there is no such user.
update users
set password_hash = :password_hash
where id = :id;

-- name: get_password_hash :opt
-- The hash of a user's password. None when there is no such user, or none with a password.
select password_hash from users
where id = :id
  and password_hash is not null;

-- name: get_login :opt
-- What a login by address and password needs.
select
    id,
    password_hash,
    email_verified_at is not null as verified
from users
where email = :email
  and password_hash is not null;

-- name: register_user :one
-- Open an account with a password. Raises UniqueViolation when the address has one.
insert into users (name, email, password_hash)
values (:name, :email!, :password_hash!)
returning *;

-- name: mark_email_verified :opt
-- The address is the user's. The first time stays; None when there is no such user.
update users
set email_verified_at = coalesce(email_verified_at, now())
where id = :id
returning *;

-- name: unmark_email_verified :exec
update users
set email_verified_at = null
where id = :id;
