-- name: record_usage :execlastid
-- Record a request. Gives the number of the record.
insert into usage_records (
    user_id, organization_id, api_key_id, provider_id, model,
    input_tokens, output_tokens, cost, latency_ms, status_code, error, metadata, requested_at
)
values (
    :user_id, :organization_id, :api_key_id, :provider_id, :model,
    :input_tokens, :output_tokens, :cost, :latency_ms, :status_code, :error, :metadata, :requested_at
);

-- name: record_request :opt
-- Record a request once, however often it is sent again. None when it was there already.
insert into usage_records (request_id, user_id, provider_id, model, input_tokens, output_tokens, cost)
values (:request_id, :user_id, :provider_id, :model, :input_tokens, :output_tokens, :cost)
on conflict (request_id) do nothing
returning *;

-- name: get_usage_record :opt
select * from usage_records where id = :id;

-- name: list_user_usage :many
-- A page of a user's records in a period, the newest first.
select * from usage_records
where user_id = :user_id
  and requested_at >= :since
  and requested_at < :until
order by requested_at desc, id desc
limit :limit offset :offset;

-- name: total_user_usage :one
-- What a user's requests of a period came to.
select
    count(*) as requests,
    coalesce(sum(input_tokens), 0)::bigint as input_tokens,
    coalesce(sum(output_tokens), 0)::bigint as output_tokens,
    sum(cost) as cost,
    min(requested_at) as first_at,
    max(requested_at) as last_at
from usage_records
where user_id = :user_id
  and requested_at >= :since
  and requested_at < :until;

-- name: total_organization_cost :one
-- What an organization has spent since a moment.
select coalesce(sum(cost), 0) as cost
from usage_records
where organization_id = :organization_id
  and requested_at >= :since;

-- name: list_usage_by_model :many
-- What each model was used for in a period, the dearest first.
-- Models that cost no more than a sum are left out.
select
    provider_id,
    model,
    count(*) as requests,
    count(*) filter (where status_code >= 400) as failures,
    sum(total_tokens)::bigint as total_tokens,
    sum(cost) as cost
from usage_records
where requested_at >= :since
  and requested_at < :until
group by provider_id, model
having sum(cost) > :minimum_cost
order by cost desc, provider_id, model;

-- name: list_top_models :many
-- The models that are asked for most since a moment.
select
    model,
    count(*) as requests,
    count(distinct user_id) as users
from usage_records
where requested_at >= :since
group by model
order by requests desc, model
limit :limit;

-- name: list_daily_usage :many
-- The days (in UTC) of a period that have requests.
select
    date_trunc('day', requested_at) as day,
    count(*) as requests,
    sum(total_tokens)::bigint as total_tokens,
    sum(cost) as cost
from usage_records
where requested_at >= :since
  and requested_at < :until
group by date_trunc('day', requested_at)
order by day;

-- name: list_usage_calendar :many
-- Every day (in UTC) of a period with a user's requests, days without any among them.
-- Both moments are midnights.
select
    days.day as "day!",
    count(usage_records.id) as requests,
    coalesce(sum(usage_records.total_tokens), 0)::bigint as total_tokens
from generate_series(:since::timestamptz, :until::timestamptz - interval '1 day', interval '1 day') as days (day)
left join usage_records
    on usage_records.user_id = :user_id
    and usage_records.requested_at >= days.day
    and usage_records.requested_at < days.day + interval '1 day'
group by days.day
order by days.day;

-- name: list_usage_calendar :many
-- dialect: sqlite
-- Every day (in UTC) of a period with a user's requests, days without any among them.
-- Both moments are midnights.
with recursive days (day) as (
    select :since
    where :since < :until
    union all
    select strftime('%Y-%m-%d 00:00:00.000000+00:00', days.day, '+1 day')
    from days
    where strftime('%Y-%m-%d 00:00:00.000000+00:00', days.day, '+1 day') < :until
)
select
    days.day as "day!",
    count(usage_records.id) as requests,
    coalesce(sum(usage_records.total_tokens), 0) as total_tokens
from days
left join usage_records
    on usage_records.user_id = :user_id
    and usage_records.requested_at >= days.day
    and usage_records.requested_at < strftime('%Y-%m-%d 00:00:00.000000+00:00', days.day, '+1 day')
group by days.day
order by days.day;

-- name: list_usage_calendar :many
-- dialect: mysql
-- Every day (in UTC) of a period with a user's requests, days without any among them.
-- Both moments are midnights.
with recursive days (day) as (
    select cast(:since as datetime(6))
    from dual
    where :since < :until
    union all
    select days.day + interval 1 day
    from days
    where days.day + interval 1 day < :until
)
select
    days.day as `day!`,
    count(usage_records.id) as requests,
    coalesce(sum(usage_records.total_tokens), 0) as total_tokens
from days
left join usage_records
    on usage_records.user_id = :user_id
    and usage_records.requested_at >= days.day
    and usage_records.requested_at < days.day + interval 1 day
group by days.day
order by days.day;

-- name: list_usage_calendar :many
-- dialect: mariadb
-- Every day (in UTC) of a period with a user's requests, days without any among them.
-- Both moments are midnights.
with recursive days (day) as (
    select cast(:since as datetime(6))
    from dual
    where :since < :until
    union all
    select days.day + interval 1 day
    from days
    where days.day + interval 1 day < :until
)
select
    days.day as `day!`,
    count(usage_records.id) as requests,
    coalesce(sum(usage_records.total_tokens), 0) as total_tokens
from days
left join usage_records
    on usage_records.user_id = :user_id
    and usage_records.requested_at >= days.day
    and usage_records.requested_at < days.day + interval 1 day
group by days.day
order by days.day;

-- name: list_latency_by_model :many
-- How long the answers of each model took.
-- Half of them took no longer than the median, and 95 of 100 no longer than the other.
select
    model,
    count(*) as requests,
    percentile_disc(0.5) within group (order by latency_ms) as "median_ms!",
    percentile_disc(0.95) within group (order by latency_ms) as "percentile_95_ms!"
from usage_records
where requested_at >= :since
  and latency_ms is not null
group by model
order by model;

-- name: list_latency_by_model :many
-- dialect: sqlite
-- How long the answers of each model took.
-- Half of them took no longer than the median, and 95 of 100 no longer than the other.
with ranked as (
    select
        model,
        latency_ms,
        row_number() over (partition by model order by latency_ms) as place,
        count(*) over (partition by model) as requests
    from usage_records
    where requested_at >= :since
      and latency_ms is not null
)
select
    model,
    count(*) as requests,
    min(latency_ms) filter (where place * 2 >= requests) as "median_ms!",
    min(latency_ms) filter (where place * 100 >= requests * 95) as "percentile_95_ms!"
from ranked
group by model
order by model;

-- name: list_latency_by_model :many
-- dialect: mysql
-- How long the answers of each model took.
-- Half of them took no longer than the median, and 95 of 100 no longer than the other.
with ranked as (
    select
        model,
        latency_ms,
        row_number() over (partition by model order by latency_ms) as place,
        count(*) over (partition by model) as requests
    from usage_records
    where requested_at >= :since
      and latency_ms is not null
)
select
    model,
    count(*) as requests,
    min(case when place * 2 >= requests then latency_ms end) as `median_ms!`,
    min(case when place * 100 >= requests * 95 then latency_ms end) as `percentile_95_ms!`
from ranked
group by model
order by model;

-- name: list_latency_by_model :many
-- dialect: mariadb
-- How long the answers of each model took.
-- Half of them took no longer than the median, and 95 of 100 no longer than the other.
with ranked as (
    select
        model,
        latency_ms,
        row_number() over (partition by model order by latency_ms) as place,
        count(*) over (partition by model) as requests
    from usage_records
    where requested_at >= :since
      and latency_ms is not null
)
select
    model,
    count(*) as requests,
    min(case when place * 2 >= requests then latency_ms end) as `median_ms!`,
    min(case when place * 100 >= requests * 95 then latency_ms end) as `percentile_95_ms!`
from ranked
group by model
order by model;

-- name: list_running_cost :many
-- A user's records in their order, each with all that was spent up to it.
select
    id,
    requested_at,
    cost,
    sum(cost) over (order by requested_at, id) as running_cost
from usage_records
where user_id = :user_id
order by requested_at, id;

-- name: list_provider_health :many
-- Every provider with its failures since a moment and its mean latency in whole milliseconds.
select
    providers.id,
    providers.name,
    count(usage_records.id) as requests,
    count(*) filter (where usage_records.status_code >= 400) as failures,
    sum(usage_records.latency_ms) / nullif(count(usage_records.latency_ms), 0) as mean_latency_ms,
    max(usage_records.requested_at) as last_request_at
from providers
left join usage_records
    on usage_records.provider_id = providers.id
    and usage_records.requested_at >= :since
group by providers.id, providers.name
order by providers.id;

-- name: delete_usage_before :execrows
-- Forget what is older than a moment.
delete from usage_records where requested_at < :moment;
