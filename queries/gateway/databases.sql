-- name: create_database :one
-- Write a database down, before the server is asked to make it.
insert into databases (platform_id, tenant_id, name, kind, max_connections)
values (:platform_id, :tenant_id, :name, :kind, :max_connections)
returning *;

-- name: get_database :opt
select * from databases where name = :name;

-- name: list_databases :many
-- The databases of a platform, its own first.
select
    databases.id,
    databases.name,
    databases.kind,
    databases.status,
    tenants.code as tenant_code,
    max(schema_versions.version) as version
from databases
left join tenants on tenants.id = databases.tenant_id
left join schema_versions on schema_versions.database_id = databases.id
where databases.platform_id = :platform_id
group by databases.id, databases.name, databases.kind, databases.status, tenants.code
order by databases.kind, databases.name;

-- name: list_databases_by_status :many
select * from databases
where status in (:statuses)
order by name;

-- name: set_database_status :opt
update databases
set status = :status
where id = :id
returning *;

-- name: start_migration :opt
-- Take a database out of service to change it. None when it is not in a state to be changed.
update databases
set status = 'migrating'
where id = :id
  and status in ('creating', 'ready', 'failed')
returning *;

-- name: route_call :opt
-- Where a call goes: the platform's own database, or that of a tenant. None when the function is not there, the
-- database is not ready, or the tenant's calls are refused.
select
    databases.id,
    databases.name,
    databases.max_connections,
    functions.arguments,
    functions.returns
from platforms
join databases on databases.platform_id = platforms.id
left join tenants on tenants.id = databases.tenant_id
join functions on functions.database_id = databases.id
where platforms.name = :platform
  and databases.status = 'ready'
  and functions.name = :function
  and (
      (:tenant::text is null and databases.kind = 'main')
      or (tenants.code = :tenant and tenants.suspended_at is null)
  )
order by functions.arguments
limit 1;

-- name: touch_database :exec
-- Note that a database was called.
update databases
set last_used_at = now()
where id = :id;

-- name: list_idle_databases :many
-- The databases in service that nobody has called since a moment, the longest idle first.
select id, name, last_used_at from databases
where status = 'ready'
  and (last_used_at is null or last_used_at < :moment)
order by last_used_at nulls first, name;

-- name: count_connections :one
-- How many connections the pools of all databases in service may open.
select
    count(*) as databases,
    coalesce(sum(max_connections), 0)::bigint as connections
from databases
where status in ('ready', 'migrating');

-- name: delete_database :execrows
delete from databases where id = :id;
