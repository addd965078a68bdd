-- name: get_usage_summary :one
-- What was used from one day to another, both among them.
select
    coalesce(sum(request_count), 0)::bigint as requests,
    coalesce(sum(success_count), 0)::bigint as successes,
    coalesce(sum(input_tokens), 0)::bigint as input_tokens,
    coalesce(sum(output_tokens), 0)::bigint as output_tokens,
    coalesce(sum(total_tokens), 0)::bigint as total_tokens,
    count(distinct auth_id) as auths,
    count(distinct date) as days
from usage_stats
where date between :first and :last;

-- name: list_usage_by_model :many
-- The same for each model, the most used first.
select
    provider,
    model,
    sum(request_count)::bigint as requests,
    sum(total_tokens)::bigint as total_tokens,
    rank() over (order by sum(total_tokens) desc) as place
from usage_stats
where date between :first and :last
group by provider, model
order by place, provider, model;

-- name: list_daily_usage :many
-- The days that were used, with all tokens up to each.
with days as (
    select date, sum(request_count)::bigint as requests, sum(total_tokens)::bigint as tokens
    from usage_stats
    where date between :first and :last
    group by date
)
select
    date,
    requests,
    tokens,
    (sum(tokens) over (order by date))::bigint as tokens_so_far
from days
order by date;

-- name: get_error_rate :many
-- The share of requests of a period that failed, in percent, the worst first.
select
    provider,
    model,
    count(*) as requests,
    count(*) filter (where status_code >= 400) as errors,
    (100.0 * count(*) filter (where status_code >= 400) / count(*))::numeric(6, 2) as error_rate
from request_logs
where created_at >= :since
  and created_at < :until
group by provider, model
order by error_rate desc, provider, model;

-- name: get_top_auths_by_usage :many
-- Who used most from one day to another.
select
    auth_id,
    sum(request_count)::bigint as requests,
    sum(total_tokens)::bigint as total_tokens
from usage_stats
where date between :first and :last
group by auth_id
having sum(total_tokens) > 0
order by total_tokens desc, auth_id
limit :limit;

-- name: list_latencies :many
-- How long the answers of a period took.
select
    provider,
    model,
    min(latency_ms) as shortest_ms,
    avg(latency_ms)::float8 as average_ms,
    max(latency_ms) as longest_ms
from request_logs
where created_at >= :since
  and created_at < :until
group by provider, model
order by provider, model;
