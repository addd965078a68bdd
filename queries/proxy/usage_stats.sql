-- name: upsert_usage_stats :exec
-- Add to what was used in a day.
insert into usage_stats (
    provider, model, auth_id, date, request_count, success_count, input_tokens, output_tokens
)
values (
    :provider, :model, :auth_id, :date, :request_count, :success_count, :input_tokens, :output_tokens
)
on conflict (provider, model, auth_id, date) do update
set
    request_count = usage_stats.request_count + excluded.request_count,
    success_count = usage_stats.success_count + excluded.success_count,
    input_tokens = usage_stats.input_tokens + excluded.input_tokens,
    output_tokens = usage_stats.output_tokens + excluded.output_tokens;

-- name: get_usage_stats :opt
select * from usage_stats
where provider = :provider
  and model = :model
  and auth_id = :auth_id
  and date = :date;

-- name: list_usage_stats :many
-- A page of what was used from one day to another, both among them, the newest first.
select * from usage_stats
where date between :first and :last
  and request_count > 0
order by date desc, provider, model, auth_id
limit :limit offset :offset;

-- name: delete_usage_stats :execrows
-- Forget what was used before a day.
delete from usage_stats where date < :date;
