create table oauth_tokens (
    id uuid primary key default (uuid()),
    provider varchar(64) not null comment 'Such as `claude`, `gemini` or `codex`.',
    user_id varchar(255) not null,
    email varchar(320),
    access_token longtext not null,
    refresh_token longtext,
    expires_at datetime(6),
    metadata json not null default ('{}') comment 'What the provider gave beside them.',
    is_active tinyint(1) not null default true,
    deleted_at datetime(6) comment 'When the token was put away; one that was can be had back until it is purged.',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    index oauth_tokens_provider_user_id_idx (provider, user_id),
    index oauth_tokens_expires_at_idx (expires_at),
    index oauth_tokens_email_idx (email),
    index oauth_tokens_active_idx (provider, user_id, created_at desc)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Tokens of the accounts at providers, encrypted by the service.';

create table usage_stats (
    id uuid primary key default (uuid()),
    provider varchar(64) not null,
    model varchar(128) not null,
    auth_id varchar(255) not null,
    date date not null,
    request_count bigint not null default 0,
    success_count bigint not null default 0,
    input_tokens bigint not null default 0,
    output_tokens bigint not null default 0,
    total_tokens bigint generated always as (input_tokens + output_tokens) stored,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint usage_stats_key unique (provider, model, auth_id, date),
    check (total_tokens is not null),
    check (request_count >= 0),
    check (success_count >= 0),
    check (input_tokens >= 0),
    check (output_tokens >= 0),
    check (success_count <= request_count),
    index usage_stats_provider_model_date_idx (provider, model, date),
    index usage_stats_auth_id_date_idx (auth_id, date),
    index usage_stats_used_idx (date)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'What was used in a day (in UTC), of one model, under one authentication.';

create table api_keys (
    id uuid primary key default (uuid()),
    key_hash varchar(64) not null comment 'SHA-256, in hexadecimal digits.',
    key_prefix varchar(8) not null comment 'The first characters of the key, by which its owner knows it.',
    rate_limit int comment 'Requests per minute; without one there is no limit.',
    is_active tinyint(1) not null default true,
    expires_at datetime(6) comment 'Without one it is good for ever.',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint api_keys_key_hash_key unique (key_hash),
    check (rate_limit > 0),
    index api_keys_is_active_idx (is_active),
    index api_keys_expires_at_idx (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Keys to the proxy. Only their hashes are kept.';

create table configs (
    id uuid primary key default (uuid()),
    name varchar(128) not null,
    yaml_config longtext not null,
    version int not null default 1,
    is_active tinyint(1) not null default true,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint configs_name_key unique (name),
    check (version > 0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Configurations of the proxy, by name. Each change makes a new version.';

create table cache (
    `key` varchar(512) primary key,
    value longblob not null,
    expires_at datetime(6) comment 'Without one it is kept until it is removed.',
    tags json not null default ('[]') comment 'To remove many at once by.',
    created_at datetime(6) not null default current_timestamp(6),
    index cache_expires_at_idx (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Values that are kept for a while.';

create table request_logs (
    id uuid primary key default (uuid()),
    request_id varchar(128) not null,
    provider varchar(64) not null,
    model varchar(128) not null,
    status_code int not null,
    latency_ms bigint not null,
    input_tokens int not null default 0,
    output_tokens int not null default 0,
    created_at datetime(6) not null default current_timestamp(6),
    constraint request_logs_request_id_key unique (request_id),
    check (status_code between 100 and 599),
    check (latency_ms >= 0),
    check (input_tokens >= 0),
    check (output_tokens >= 0),
    index request_logs_provider_model_created_at_idx (provider, model, created_at),
    index request_logs_recent_idx (created_at desc)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Requests that went through, for analysis.';
