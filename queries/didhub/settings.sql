-- name: get_setting :opt
select * from settings where key = :key;

-- name: get_value :one
-- The value of a setting, or another when there is none.
select coalesce((select value from settings where key = :key), :default!) as value;

-- name: list_settings :many
select * from settings order by key;

-- name: list_settings_under :many
-- Settings whose key begins with a text.
select key, value from settings where substr(key, 1, length(cast(:prefix as text))) = :prefix order by key;

-- name: set_setting :one
insert into settings (key, value, description)
values (:key, :value, :description)
on conflict (key) do update
set
    value = excluded.value,
    description = coalesce(excluded.description, description),
    updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
returning *;

-- name: seed_setting :execrows
-- Settle what is not settled yet; 0 when it is.
insert into settings (key, value, description)
values (:key, :value, :description)
on conflict (key) do nothing;

-- name: delete_setting :execrows
delete from settings where key = :key;
