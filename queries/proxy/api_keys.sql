-- name: create_api_key :one
insert into api_keys (key_hash, key_prefix, rate_limit, expires_at)
values (:key_hash, :key_prefix, :rate_limit, :expires_at)
returning *;

-- name: validate_api_key :opt
-- The key that opens something now. None when it is unknown, out of use or expired.
select * from api_keys
where key_hash = :key_hash
  and is_active
  and (expires_at is null or expires_at > now());

-- name: list_api_keys :many
-- A page of all keys, the newest first.
select * from api_keys
order by created_at desc, id
limit :limit offset :offset;

-- name: find_api_keys :many
-- Keys that begin with what their owners remember of them.
select id, key_prefix, is_active, expires_at from api_keys
where key_prefix like :prefix || '%'
order by key_prefix, id;

-- name: set_rate_limit :opt
update api_keys
set rate_limit = :rate_limit
where id = :id
returning *;

-- name: deactivate_api_key :execrows
update api_keys
set is_active = false
where id = :id
  and is_active;

-- name: purge_api_keys :execrows
-- Forget the keys that expired before a moment.
delete from api_keys where expires_at < :moment;
