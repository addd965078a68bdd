-- name: link_account :one
-- Let an account elsewhere open one here. Raises UniqueViolation when it does already.
insert into oauth_accounts (user_id, provider, subject)
values (:user_id, :provider, :subject)
returning *;

-- name: ensure_account :one
-- The same, whether it is linked already or not.
insert into oauth_accounts (user_id, provider, subject)
values (:user_id, :provider, :subject)
on conflict (user_id, provider, subject) do update
set subject = excluded.subject
returning *;

-- name: get_account :opt
-- The first account linked to a subject of a provider.
select * from oauth_accounts
where provider = :provider
  and subject = :subject
order by created_at, id
limit 1;

-- name: find_user :opt
-- The user that a subject of a provider was linked to first.
select users.*
from users
join oauth_accounts on oauth_accounts.user_id = users.id
where oauth_accounts.provider = :provider
  and oauth_accounts.subject = :subject
order by oauth_accounts.created_at, oauth_accounts.id
limit 1;

-- name: list_user_accounts :many
-- A user's accounts elsewhere.
select * from oauth_accounts
where user_id = :user_id
order by provider, subject;

-- name: count_accounts_by_provider :many
-- How many accounts, and how many users, come from some providers.
select
    provider,
    count(*) as accounts,
    count(distinct user_id) as users
from oauth_accounts
where provider in (:providers)
group by provider
order by provider;

-- name: unlink_account :execrows
delete from oauth_accounts
where user_id = :user_id
  and provider = :provider
  and subject = :subject;

-- name: unlink_user :execrows
-- Unlink all accounts of a user, as has to be done before it is deleted.
delete from oauth_accounts where user_id = :user_id;
