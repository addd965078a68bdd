-- name: upsert_provider :one
-- Make a provider known, or bring what is known up to date. Whether it is enabled stays as it was.
insert into providers (id, name, kind, base_url, configuration, priority, weight)
values (:id, :name, :kind, :base_url, :configuration, :priority, :weight)
on conflict (id) do update
set
    name = excluded.name,
    kind = excluded.kind,
    base_url = excluded.base_url,
    configuration = excluded.configuration,
    priority = excluded.priority,
    weight = excluded.weight
returning *;

-- name: get_provider :opt
select * from providers where id = :id;

-- name: list_providers :many
select * from providers
order by id;

-- name: list_available_providers :many
-- The providers to ask, in the order to ask them in, with how many models each offers now.
select
    providers.id,
    providers.kind,
    providers.base_url,
    providers.weight,
    count(models.id) as models
from providers
left join models on models.provider_id = providers.id and models.deprecated_at is null
where providers.enabled
group by providers.id, providers.kind, providers.base_url, providers.weight, providers.priority
order by providers.priority, providers.id;

-- name: list_providers_of_kinds :many
select * from providers
where kind in (:kinds)
order by kind, id;

-- name: set_provider_enabled :execrows
update providers
set enabled = :enabled
where id = :id
  and enabled <> :enabled;

-- name: delete_provider :execrows
-- Forget a provider and its models. Raises ForeignKeyViolation when requests to it are recorded.
delete from providers where id = :id;
