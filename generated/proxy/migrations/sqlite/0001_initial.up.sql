-- Tokens of the accounts at providers, encrypted by the service.
create table oauth_tokens (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider text not null constraint "type of provider" check (length(provider) <= 64), -- Such as `claude`, `gemini` or `codex`.
    user_id text not null constraint "type of user_id" check (length(user_id) <= 255),
    email text constraint "type of email" check (length(email) <= 320),
    access_token text not null,
    refresh_token text,
    expires_at text,
    metadata text not null default '{}' constraint "type of metadata" check (json_valid(metadata)), -- What the provider gave beside them.
    is_active integer not null default 1 constraint "type of is_active" check (is_active in (0, 1)),
    deleted_at text, -- When the token was put away; one that was can be had back until it is purged.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
);

create index oauth_tokens_provider_user_id_idx on oauth_tokens (provider, user_id);
create index oauth_tokens_expires_at_idx on oauth_tokens (expires_at);
create index oauth_tokens_email_idx on oauth_tokens (email);
create index oauth_tokens_active_idx on oauth_tokens (provider, user_id, created_at desc) where deleted_at is null;

create trigger oauth_tokens_touch after update on oauth_tokens for each row
when new.updated_at is old.updated_at
begin
    update oauth_tokens set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- What was used in a day (in UTC), of one model, under one authentication.
create table usage_stats (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider text not null constraint "type of provider" check (length(provider) <= 64),
    model text not null constraint "type of model" check (length(model) <= 128),
    auth_id text not null constraint "type of auth_id" check (length(auth_id) <= 255),
    date text not null,
    request_count integer not null default 0 constraint "type of request_count" check (typeof(request_count) = 'integer'),
    success_count integer not null default 0 constraint "type of success_count" check (typeof(success_count) = 'integer'),
    input_tokens integer not null default 0 constraint "type of input_tokens" check (typeof(input_tokens) = 'integer'),
    output_tokens integer not null default 0 constraint "type of output_tokens" check (typeof(output_tokens) = 'integer'),
    total_tokens integer not null generated always as (input_tokens + output_tokens) stored constraint "type of total_tokens" check (typeof(total_tokens) = 'integer'),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint usage_stats_key unique (provider, model, auth_id, date),
    check (request_count >= 0),
    check (success_count >= 0),
    check (input_tokens >= 0),
    check (output_tokens >= 0),
    check (success_count <= request_count)
);

create index usage_stats_provider_model_date_idx on usage_stats (provider, model, date);
create index usage_stats_auth_id_date_idx on usage_stats (auth_id, date);
create index usage_stats_used_idx on usage_stats (date) where request_count > 0;

create trigger usage_stats_touch after update on usage_stats for each row
when new.updated_at is old.updated_at
begin
    update usage_stats set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- Keys to the proxy. Only their hashes are kept.
create table api_keys (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    key_hash text not null constraint "type of key_hash" check (length(key_hash) <= 64), -- SHA-256, in hexadecimal digits.
    key_prefix text not null constraint "type of key_prefix" check (length(key_prefix) <= 8), -- The first characters of the key, by which its owner knows it.
    rate_limit integer constraint "type of rate_limit" check (rate_limit between -2147483648 and 2147483647), -- Requests per minute; without one there is no limit.
    is_active integer not null default 1 constraint "type of is_active" check (is_active in (0, 1)),
    expires_at text, -- Without one it is good for ever.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint api_keys_key_hash_key unique (key_hash),
    check (rate_limit > 0)
);

create index api_keys_is_active_idx on api_keys (is_active);
create index api_keys_expires_at_idx on api_keys (expires_at);

create trigger api_keys_touch after update on api_keys for each row
when new.updated_at is old.updated_at
begin
    update api_keys set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- Configurations of the proxy, by name. Each change makes a new version.
create table configs (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name text not null constraint "type of name" check (length(name) <= 128),
    yaml_config text not null,
    version integer not null default 1 constraint "type of version" check (version between -2147483648 and 2147483647),
    is_active integer not null default 1 constraint "type of is_active" check (is_active in (0, 1)),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint configs_name_key unique (name),
    check (version > 0)
);

create trigger configs_touch after update on configs for each row
when new.updated_at is old.updated_at
begin
    update configs set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- Values that are kept for a while.
create table cache (
    "key" text not null primary key constraint "type of key" check (length("key") <= 512),
    value blob not null,
    expires_at text, -- Without one it is kept until it is removed.
    tags text not null default '[]' constraint "type of tags" check (json_valid(tags)), -- To remove many at once by.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
);

create index cache_expires_at_idx on cache (expires_at);

-- Requests that went through, for analysis.
create table request_logs (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    request_id text not null constraint "type of request_id" check (length(request_id) <= 128),
    provider text not null constraint "type of provider" check (length(provider) <= 64),
    model text not null constraint "type of model" check (length(model) <= 128),
    status_code integer not null constraint "type of status_code" check (status_code between -2147483648 and 2147483647),
    latency_ms integer not null constraint "type of latency_ms" check (typeof(latency_ms) = 'integer'),
    input_tokens integer not null default 0 constraint "type of input_tokens" check (input_tokens between -2147483648 and 2147483647),
    output_tokens integer not null default 0 constraint "type of output_tokens" check (output_tokens between -2147483648 and 2147483647),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint request_logs_request_id_key unique (request_id),
    check (status_code between 100 and 599),
    check (latency_ms >= 0),
    check (input_tokens >= 0),
    check (output_tokens >= 0)
);

create index request_logs_provider_model_created_at_idx on request_logs (provider, model, created_at);
create index request_logs_recent_idx on request_logs (created_at desc);
