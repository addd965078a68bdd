-- name: ensure_platform :one
-- The platform of a name, which is made when it calls for the first time.
insert into platforms (name)
values (:name)
on conflict (name) do update
set name = excluded.name
returning *;

-- name: get_platform :opt
select * from platforms where name = :name;

-- name: list_platforms :many
-- The platforms by name, with how many databases and tenants each has.
select
    platforms.id,
    platforms.name,
    (select count(*) from databases where databases.platform_id = platforms.id) as databases,
    (select count(*) from tenants where tenants.platform_id = platforms.id) as tenants,
    (
        select max(deployments.started_at)
        from deployments
        where deployments.platform_id = platforms.id and deployments.status = 'succeeded'
    ) as deployed_at
from platforms
order by platforms.name;

-- name: delete_platform :execrows
-- Forget a platform, its tenants and all that is known of their databases.
delete from platforms where id = :id;
