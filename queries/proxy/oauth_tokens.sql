-- name: save_token :one
-- Keep a token. Earlier ones of the same user stay until they are put away.
insert into oauth_tokens (provider, user_id, email, access_token, refresh_token, expires_at, metadata)
values (:provider, :user_id, :email, :access_token, :refresh_token, :expires_at, :metadata)
returning *;

-- name: get_token :opt
select * from oauth_tokens where id = :id;

-- name: get_token_by_user :opt
-- The newest token of a user at a provider that is in use. It may have expired, and be good for a refresh only.
select * from oauth_tokens
where provider = :provider
  and user_id = :user_id
  and is_active
  and deleted_at is null
order by created_at desc, id
limit 1;

-- name: list_tokens_by_email :many
-- The tokens of an address that are not put away, by provider.
select * from oauth_tokens
where email = :email
  and deleted_at is null
order by provider, created_at, id;

-- name: list_expiring_tokens :many
-- Tokens in use that have to be refreshed by a moment, and can be, the most urgent first.
select id, provider, user_id, expires_at as "expires_at!", refresh_token as "refresh_token!"
from oauth_tokens
where is_active
  and deleted_at is null
  and expires_at <= :moment
  and refresh_token is not null
order by expires_at, id
limit :limit;

-- name: count_tokens :many
-- How many tokens each provider has, in all and in use.
select
    provider,
    count(*) as tokens,
    count(*) filter (where is_active and deleted_at is null) as in_use
from oauth_tokens
group by provider
order by provider;

-- name: refresh_token :opt
-- Put new secrets in the place of old ones. Without a new refresh token the old one stays.
update oauth_tokens
set
    access_token = :access_token,
    refresh_token = coalesce(:refresh_token?, refresh_token),
    expires_at = :expires_at
where id = :id
  and deleted_at is null
returning *;

-- name: set_token_active :execrows
update oauth_tokens
set is_active = :is_active
where id = :id
  and deleted_at is null;

-- name: delete_token :execrows
-- Put a token away.
update oauth_tokens
set
    deleted_at = now(),
    is_active = false
where id = :id
  and deleted_at is null;

-- name: restore_token :opt
-- Have a token back that was put away. None when it was not.
update oauth_tokens
set
    deleted_at = null,
    is_active = true
where id = :id
  and deleted_at is not null
returning *;

-- name: purge_tokens :execrows
-- Forget for good what was put away before a moment, and what expired before it and cannot be refreshed.
delete from oauth_tokens
where deleted_at < :moment
   or (expires_at < :moment and refresh_token is null);
