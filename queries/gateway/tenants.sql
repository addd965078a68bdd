-- name: create_tenant :one
-- Raises UniqueViolation when the platform has a tenant of that code.
insert into tenants (platform_id, code, display_name, settings)
values (:platform_id, :code, :display_name, :settings)
returning *;

-- name: get_tenant :opt
select tenants.*
from tenants
join platforms on platforms.id = tenants.platform_id
where platforms.name = :platform
  and tenants.code = :code;

-- name: list_tenants :many
-- A page of a platform's tenants by code, each with its database, if it has one.
select
    tenants.id,
    tenants.code,
    tenants.display_name,
    tenants.suspended_at,
    databases.name as database_name,
    databases.status as database_status
from tenants
left join databases on databases.tenant_id = tenants.id
where tenants.platform_id = :platform_id
order by tenants.code
limit :limit offset :offset;

-- name: suspend_tenant :opt
-- Refuse a tenant's calls. None when they are refused already.
update tenants
set suspended_at = now()
where id = :id
  and suspended_at is null
returning *;

-- name: resume_tenant :execrows
update tenants
set suspended_at = null
where id = :id
  and suspended_at is not null;

-- name: configure_tenant :one
-- Change what is given; None leaves a value as it is.
update tenants
set
    display_name = coalesce(:display_name?, display_name),
    settings = coalesce(:settings?, settings)
where id = :id
returning *;

-- name: delete_tenant :execrows
delete from tenants where id = :id;
