-- name: save_config :one
-- Keep a configuration under its name; one that is there already gets a new version.
insert into configs (name, yaml_config)
values (:name, :yaml_config)
on conflict (name) do update
set
    yaml_config = excluded.yaml_config,
    version = configs.version + 1,
    is_active = true
returning *;

-- name: get_config :opt
-- The configuration of a name, if it is in use.
select * from configs
where name = :name
  and is_active;

-- name: list_configs :many
select id, name, version, is_active, updated_at from configs order by name;

-- name: replace_config :opt
-- Change a configuration that nobody has changed since the version that the caller saw. None when someone has.
update configs
set
    yaml_config = :yaml_config,
    version = version + 1
where name = :name
  and version = :version
returning *;

-- name: set_config_active :execrows
update configs
set is_active = :is_active
where name = :name;

-- name: delete_config :execrows
delete from configs where name = :name;
