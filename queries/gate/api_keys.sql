-- name: create_api_key :one
insert into api_keys (
    user_id, organization_id, name, prefix, key_hash, configuration, requests_per_minute, expires_at
)
values (
    :user_id, :organization_id, :name, :prefix, :key_hash, :configuration, :requests_per_minute, :expires_at
)
returning *;

-- name: get_api_key :opt
select * from api_keys where id = :id;

-- name: get_api_key_by_hash :opt
-- Look a key up by the hash of its text, whatever its status.
select * from api_keys where key_hash = :key_hash;

-- name: authenticate :opt
-- The key that opens something now, with its owner. None when it is unknown, out of use, or its owner may not log in.
select
    api_keys.id as api_key_id,
    api_keys.configuration,
    api_keys.requests_per_minute,
    users.id as user_id,
    users.email,
    users.role,
    organizations.id as organization_id,
    organizations.slug as organization_slug,
    organizations.monthly_budget
from api_keys
join users on users.id = api_keys.user_id
left join organizations on organizations.id = api_keys.organization_id
where api_keys.key_hash = :key_hash
  and api_keys.status = 'active'
  and (api_keys.expires_at is null or api_keys.expires_at > now())
  and users.enabled;

-- name: list_user_api_keys :many
-- A user's keys, the oldest first.
select * from api_keys
where user_id = :user_id
order by created_at, id;

-- name: list_organization_api_keys :many
-- An organization's keys of some statuses, by name.
select * from api_keys
where organization_id = :organization_id
  and status in (:statuses)
order by name, id
limit :limit offset :offset;

-- name: list_api_key_usage :many
-- A user's keys with what was spent with each, the dearest first.
select
    api_keys.id,
    api_keys.name,
    api_keys.status,
    count(usage_records.id) as requests,
    coalesce(sum(usage_records.total_tokens), 0)::bigint as total_tokens,
    coalesce(sum(usage_records.cost), 0) as cost,
    max(usage_records.requested_at) as last_request_at
from api_keys
left join usage_records on usage_records.api_key_id = api_keys.id
where api_keys.user_id = :user_id
group by api_keys.id, api_keys.name, api_keys.status
order by cost desc, api_keys.name;

-- name: count_active_api_keys :one
select count(*) from api_keys
where user_id = :user_id
  and status = 'active';

-- name: touch_api_key :exec
-- Count a use.
update api_keys
set
    use_count = use_count + 1,
    last_used_at = now()
where id = :id;

-- name: configure_api_key :one
-- Change what is given; None leaves a value as it is.
update api_keys
set
    name = coalesce(:name?, name),
    configuration = coalesce(:configuration?, configuration),
    requests_per_minute = coalesce(:requests_per_minute?, requests_per_minute),
    expires_at = coalesce(:expires_at?, expires_at)
where id = :id
returning *;

-- name: revoke_api_key :opt
-- Put a key out of use for good. None when there is no such key in use.
update api_keys
set
    status = 'revoked',
    revoked_at = now()
where id = :id
  and status <> 'revoked'
returning *;

-- name: revoke_user_api_keys :execrows
-- Put all keys of a user out of use but these.
update api_keys
set
    status = 'revoked',
    revoked_at = now()
where user_id = :user_id
  and id not in (:kept_ids)
  and status <> 'revoked';

-- name: expire_api_keys :execrows
-- Mark the keys whose time has come.
update api_keys
set status = 'expired'
where status = 'active'
  and expires_at <= :moment;

-- name: delete_api_key :execrows
-- Forget a key. The records of its usage stay.
delete from api_keys where id = :id;
