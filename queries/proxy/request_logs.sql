-- name: log_request :exec
-- Write a request down, at the moment that is given or now.
insert into request_logs (
    request_id, provider, model, status_code, latency_ms, input_tokens, output_tokens, created_at
)
values (
    :request_id, :provider, :model, :status_code, :latency_ms, :input_tokens, :output_tokens,
    coalesce(:created_at?, now())
);

-- name: get_request :opt
select * from request_logs where request_id = :request_id;

-- name: list_recent_requests :many
-- Requests since a moment, the newest first; of one provider, or of all.
select * from request_logs
where created_at > :since
  and (:provider::text is null or provider = :provider)
order by created_at desc, id
limit :limit;

-- name: list_failures :many
-- Requests that failed with one of these codes, the newest first.
select request_id, provider, model, status_code, created_at from request_logs
where status_code in (:status_codes)
order by created_at desc, request_id
limit :limit;

-- name: purge_requests :execrows
-- Forget requests before a moment.
delete from request_logs where created_at < :moment;
