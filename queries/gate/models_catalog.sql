-- name: upsert_model :one
-- Make a model known, or bring what is known up to date. One that was deprecated is offered again.
insert into models (
    provider_id, name, display_name, context_window, max_output_tokens,
    input_price, output_price, capabilities, released_on
)
values (
    :provider_id, :name, :display_name, :context_window, :max_output_tokens,
    :input_price, :output_price, :capabilities, :released_on
)
on conflict (provider_id, name) do update
set
    display_name = excluded.display_name,
    context_window = excluded.context_window,
    max_output_tokens = excluded.max_output_tokens,
    input_price = excluded.input_price,
    output_price = excluded.output_price,
    capabilities = excluded.capabilities,
    released_on = coalesce(excluded.released_on, models.released_on),
    deprecated_at = null
returning *;

-- name: get_model :opt
select * from models where id = :id;

-- name: find_model :opt
-- Look a model up by provider and name.
select * from models
where provider_id = :provider_id
  and name = :name;

-- name: list_models :many
-- A page of all models, by provider and name.
select * from models
order by provider_id, name
limit :limit offset :offset;

-- name: list_available_models :many
-- The models that can be asked for now, those of the first provider first.
select
    models.id,
    models.provider_id,
    models.name,
    coalesce(models.display_name, models.name) as display_name,
    models.context_window,
    models.input_price,
    models.output_price,
    models.capabilities
from models
join providers on providers.id = models.provider_id
where providers.enabled
  and models.deprecated_at is null
order by providers.priority, models.provider_id, models.name;

-- name: list_cheapest_models :many
-- The models with room for a context, the cheapest first, with the price of a token in and one out together.
select
    provider_id,
    name,
    input_price + output_price as price
from models
where context_window >= :context_window
  and deprecated_at is null
order by input_price + output_price, provider_id, name
limit :limit;

-- name: estimate_cost :one
-- What a request to a model would cost.
select :input_tokens::bigint * input_price + :output_tokens::bigint * output_price as cost
from models
where id = :id;

-- name: list_models_released_since :many
-- The models of a provider since a day, the newest first; those of an unknown day come last.
select
    name,
    released_on,
    case when deprecated_at is null then 'offered' else 'deprecated' end as state
from models
where provider_id = :provider_id
  and (released_on is null or released_on >= :day)
order by released_on desc nulls last, name;

-- name: deprecate_model :opt
-- Offer a model no longer. None when it was not offered.
update models
set deprecated_at = now()
where id = :id
  and deprecated_at is null
returning *;

-- name: deprecate_other_models :execrows
-- Offer only these models of a provider.
update models
set deprecated_at = now()
where provider_id = :provider_id
  and name not in (:names)
  and deprecated_at is null;

-- name: delete_model :execrows
delete from models where id = :id;
