-- Tokens of the accounts at providers, encrypted by the service.
create table oauth_tokens (
    id uuid primary key default gen_random_uuid(),
    provider varchar(64) not null, -- Such as `claude`, `gemini` or `codex`.
    user_id varchar(255) not null,
    email varchar(320),
    access_token text not null,
    refresh_token text,
    expires_at timestamptz,
    metadata jsonb not null default '{}', -- What the provider gave beside them.
    is_active boolean not null default true,
    deleted_at timestamptz, -- When the token was put away; one that was can be had back until it is purged.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

create index oauth_tokens_provider_user_id_idx on oauth_tokens (provider, user_id);
create index oauth_tokens_expires_at_idx on oauth_tokens (expires_at);
create index oauth_tokens_email_idx on oauth_tokens (email);
create index oauth_tokens_active_idx on oauth_tokens (provider, user_id, created_at desc) where deleted_at is null;

-- What was used in a day (in UTC), of one model, under one authentication.
create table usage_stats (
    id uuid primary key default gen_random_uuid(),
    provider varchar(64) not null,
    model varchar(128) not null,
    auth_id varchar(255) not null,
    date date not null,
    request_count bigint not null default 0 check (request_count >= 0),
    success_count bigint not null default 0 check (success_count >= 0),
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    total_tokens bigint not null generated always as (input_tokens + output_tokens) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    check (success_count <= request_count),
    constraint usage_stats_key unique (provider, model, auth_id, date)
);

create index usage_stats_provider_model_date_idx on usage_stats (provider, model, date);
create index usage_stats_auth_id_date_idx on usage_stats (auth_id, date);
create index usage_stats_used_idx on usage_stats (date) where request_count > 0;

-- Keys to the proxy. Only their hashes are kept.
create table api_keys (
    id uuid primary key default gen_random_uuid(),
    key_hash varchar(64) not null constraint api_keys_key_hash_key unique, -- SHA-256, in hexadecimal digits.
    key_prefix varchar(8) not null, -- The first characters of the key, by which its owner knows it.
    rate_limit integer check (rate_limit > 0), -- Requests per minute; without one there is no limit.
    is_active boolean not null default true,
    expires_at timestamptz, -- Without one it is good for ever.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

create index api_keys_is_active_idx on api_keys (is_active);
create index api_keys_expires_at_idx on api_keys (expires_at);

-- Configurations of the proxy, by name. Each change makes a new version.
create table configs (
    id uuid primary key default gen_random_uuid(),
    name varchar(128) not null constraint configs_name_key unique,
    yaml_config text not null,
    version integer not null default 1 check (version > 0),
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

-- Values that are kept for a while.
create table cache (
    key varchar(512) primary key,
    value bytea not null,
    expires_at timestamptz, -- Without one it is kept until it is removed.
    tags text[] not null default '{}', -- To remove many at once by.
    created_at timestamptz not null default now()
);

create index cache_expires_at_idx on cache (expires_at);

-- Requests that went through, for analysis.
create table request_logs (
    id uuid primary key default gen_random_uuid(),
    request_id varchar(128) not null constraint request_logs_request_id_key unique,
    provider varchar(64) not null,
    model varchar(128) not null,
    status_code integer not null check (status_code between 100 and 599),
    latency_ms bigint not null check (latency_ms >= 0),
    input_tokens integer not null default 0 check (input_tokens >= 0),
    output_tokens integer not null default 0 check (output_tokens >= 0),
    created_at timestamptz not null default now()
);

create index request_logs_provider_model_created_at_idx on request_logs (provider, model, created_at);

-- Recent requests are wanted most. An index of the last 30 days alone would need `now()` in its predicate, which
-- PostgreSQL refuses, since the index would be wrong a moment later; so this one holds all days, the newest first.
create index request_logs_recent_idx on request_logs (created_at desc);

create function oauth_tokens_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger oauth_tokens_touch before update on oauth_tokens
for each row execute function oauth_tokens_touch();

create function usage_stats_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger usage_stats_touch before update on usage_stats
for each row execute function usage_stats_touch();

create function api_keys_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger api_keys_touch before update on api_keys
for each row execute function api_keys_touch();

create function configs_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger configs_touch before update on configs
for each row execute function configs_touch();
