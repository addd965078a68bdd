-- name: start_deployment :one
-- Write down that an archive came in.
insert into deployments (platform_id, kind, archive_hash, archive_size, sent_from)
values (:platform_id, :kind, :archive_hash, :archive_size, :sent_from)
returning *;

-- name: finish_deployment :opt
-- Write down how it went. None when that was done before.
update deployments
set
    status = case when :error::text is null then 'succeeded'::deployment_status else 'failed'::deployment_status end,
    error = :error,
    finished_at = now()
where id = :id
  and status = 'running'
returning *;

-- name: get_deployment :opt
select sqlc.embed(deployments), platforms.name as platform
from deployments
join platforms on platforms.id = deployments.platform_id
where deployments.id = :id;

-- name: list_deployments :many
-- A page of a platform's deployments, the newest first.
select * from deployments
where platform_id = :platform_id
order by started_at desc, id
limit :limit offset :offset;

-- name: has_archive :one
-- Whether this very archive was deployed before, so that there is nothing to do.
select exists (
    select 1 from deployments
    where platform_id = :platform_id
      and archive_hash = :archive_hash
      and status = 'succeeded'
) as found;

-- name: record_version :exec
-- Write down that a migration was run.
insert into schema_versions (database_id, version, name, checksum, duration_ms, deployment_id)
values (:database_id, :version, :name, :checksum, :duration_ms, :deployment_id);

-- name: current_version :one
-- The number of the last migration, 0 before the first.
select coalesce(max(version), 0) as version from schema_versions where database_id = :database_id;

-- name: list_versions :many
-- The migrations that were run, in order.
select * from schema_versions
where database_id = :database_id
order by version;

-- name: list_outdated_databases :many
-- The databases of a platform that are behind a version.
with versions as (
    select database_id, max(version) as version
    from schema_versions
    group by database_id
)
select databases.id, databases.name, coalesce(versions.version, 0) as version
from databases
left join versions on versions.database_id = databases.id
where databases.platform_id = :platform_id
  and databases.status <> 'retired'
  and coalesce(versions.version, 0) < :version
order by databases.name;

-- name: deploy_function :execlastid
-- Write down that a function was put in, or put in anew. Gives its number.
insert into functions (database_id, name, arguments, returns, checksum, deployment_id)
values (:database_id, :name, :arguments, :returns, :checksum, :deployment_id);

-- name: replace_function :opt
-- Write down that a function has a new body. None when it has none to replace, or this very one.
update functions
set
    returns = :returns,
    checksum = :checksum,
    deployment_id = :deployment_id,
    deployed_at = now()
where database_id = :database_id
  and name = :name
  and arguments = :arguments
  and checksum <> :checksum
returning *;

-- name: list_functions :many
-- The functions of a database by name.
select * from functions
where database_id = :database_id
order by name, arguments;

-- name: remove_functions :execrows
-- Forget the functions of a database that are not among these.
delete from functions
where database_id = :database_id
  and name not in (:names);

-- name: record_seeding :execrows
-- Write down that initial data was loaded. 0 when it had been before.
insert into seedings (database_id, name, row_count)
values (:database_id, :name, :row_count)
on conflict (database_id, name) do nothing;

-- name: list_seedings :many
select name, row_count, seeded_at from seedings
where database_id = :database_id
order by name;
