-- name: put :exec
-- Keep a value until a moment, or for good, in the place of an earlier one.
insert into cache (key, value, expires_at, tags)
values (:key, :value, :expires_at, :tags)
on conflict (key) do update
set
    value = excluded.value,
    expires_at = excluded.expires_at,
    tags = excluded.tags;

-- name: get :opt
-- The value of a key. None when there is none, or it has expired.
select value from cache
where key = :key
  and (expires_at is null or expires_at > now());

-- name: get_many :many
-- Those of some keys that are there.
select key, value from cache
where key in (:keys)
  and (expires_at is null or expires_at > now())
order by key;

-- name: get_entry :opt
-- All that is known of a key, expired or not.
select * from cache where key = :key;

-- name: remove :execrows
delete from cache where key = :key;

-- name: invalidate_tag :execrows
-- Remove every value that has a tag.
delete from cache where :tag::text = any(tags);

-- name: purge :execrows
-- Remove what expired before a moment.
delete from cache where expires_at < :moment;

-- name: measure :one
-- How much is kept; the size is in bytes.
select
    count(*) as entries,
    coalesce(sum(octet_length(value)), 0)::bigint as size
from cache;
