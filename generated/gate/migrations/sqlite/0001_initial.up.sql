-- A tenant: who pays for the requests of its users.
create table organizations (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name text not null,
    slug text not null unique constraint "type of slug" check (length(slug) <= 63), -- The name in addresses, in lower case.
    monthly_budget text constraint "type of monthly_budget" check (length(ltrim(monthly_budget, '-')) <= 21), -- In US dollars; without one there is no limit.
    metadata text not null default '{}' constraint "type of metadata" check (json_valid(metadata)),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint organizations_check check (name <> ''),
    check (slug = text_lower(slug))
);

create trigger organizations_touch after update on organizations for each row
when new.updated_at is old.updated_at
begin
    update organizations set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- An account.
create table users (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    organization_id text references organizations (id) on delete set null,
    email text not null constraint "type of email" check (length(email) <= 320),
    name text,
    role text not null default 'member' constraint "type of role" check (role in ('member', 'admin', 'owner')),
    enabled integer not null default 1 constraint "type of enabled" check (enabled in (0, 1)),
    metadata text not null default '{}' constraint "type of metadata" check (json_valid(metadata)), -- What the service keeps about the account, as it likes.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint users_check check (instr(email, '@') > 1)
);

create unique index users_email_key on users (text_lower(email));
create index users_organization_id_idx on users (organization_id) where organization_id is not null;

create trigger users_touch after update on users for each row
when new.updated_at is old.updated_at
begin
    update users set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- A key of the API. Only its hash is kept.
create table api_keys (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id text not null references users (id) on delete cascade,
    organization_id text references organizations (id) on delete cascade,
    name text not null constraint "type of name" check (length(name) <= 100),
    prefix text not null constraint "type of prefix" check (length(prefix) <= 12), -- The first characters of the key, by which its owner knows it.
    key_hash text not null unique constraint "type of key_hash" check (length(key_hash) <= 128), -- SHA-256, in hexadecimal digits.
    status text not null default 'active' constraint "type of status" check (status in ('active', 'revoked', 'expired')),
    configuration text not null default '{}' constraint "type of configuration" check (json_valid(configuration)),
    requests_per_minute integer constraint "type of requests_per_minute" check (requests_per_minute between -2147483648 and 2147483647), -- Without one there is no limit.
    use_count integer not null default 0 constraint "type of use_count" check (typeof(use_count) = 'integer'),
    last_used_at text,
    expires_at text,
    revoked_at text,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint api_keys_check check (requests_per_minute > 0),
    check (use_count >= 0),
    check ((status = 'revoked') = (revoked_at is not null))
);

create unique index api_keys_user_id_name_key on api_keys (user_id, name) where revoked_at is null;
create index api_keys_organization_id_idx on api_keys (organization_id) where status = 'active';
create index api_keys_expires_at_idx on api_keys (expires_at) where expires_at is not null;

create trigger api_keys_touch after update on api_keys for each row
when new.updated_at is old.updated_at
begin
    update api_keys set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- Who answers the requests.
create table providers (
    id text not null primary key constraint "type of id" check (length(id) <= 64), -- A short name, such as `openai`.
    name text not null,
    kind text not null default 'custom' constraint "type of kind" check (kind in ('openai', 'anthropic', 'google', 'custom')),
    base_url text not null,
    configuration text not null default '{}' constraint "type of configuration" check (json_valid(configuration)),
    priority integer not null default 100 constraint "type of priority" check (priority between -32768 and 32767), -- The lowest is asked first.
    weight real not null default 1.0, -- The share of requests among equal priorities.
    enabled integer not null default 1 constraint "type of enabled" check (enabled in (0, 1)),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint providers_check check (id <> ''),
    check (weight >= 0.0)
);

create trigger providers_touch after update on providers for each row
when new.updated_at is old.updated_at
begin
    update providers set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- What a provider offers.
create table models (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider_id text not null constraint "type of provider_id" check (length(provider_id) <= 64) references providers (id) on delete cascade,
    name text not null constraint "type of name" check (length(name) <= 255),
    display_name text,
    context_window integer not null constraint "type of context_window" check (context_window between -2147483648 and 2147483647), -- In tokens.
    max_output_tokens integer constraint "type of max_output_tokens" check (max_output_tokens between -2147483648 and 2147483647),
    input_price text not null default '0.0000000000' constraint "type of input_price" check (length(ltrim(input_price, '-')) <= 21), -- In US dollars for one token.
    output_price text not null default '0.0000000000' constraint "type of output_price" check (length(ltrim(output_price, '-')) <= 21), -- In US dollars for one token.
    capabilities text not null default '[]' constraint "type of capabilities" check (json_valid(capabilities)),
    released_on text,
    deprecated_at text,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint models_provider_id_name_key unique (provider_id, name),
    check (context_window > 0),
    check (max_output_tokens > 0)
);

create trigger models_touch after update on models for each row
when new.updated_at is old.updated_at
begin
    update models set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- One request and what it cost.
create table usage_records (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    request_id text not null unique default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id text not null references users (id) on delete cascade,
    organization_id text references organizations (id) on delete set null,
    api_key_id text references api_keys (id) on delete set null,
    provider_id text not null constraint "type of provider_id" check (length(provider_id) <= 64) references providers (id) on delete restrict,
    model text not null, -- The name, which outlives the model.
    input_tokens integer not null default 0 constraint "type of input_tokens" check (typeof(input_tokens) = 'integer'),
    output_tokens integer not null default 0 constraint "type of output_tokens" check (typeof(output_tokens) = 'integer'),
    total_tokens integer not null generated always as (input_tokens + output_tokens) stored constraint "type of total_tokens" check (typeof(total_tokens) = 'integer'),
    cost text not null default '0.0000000000' constraint "type of cost" check (length(ltrim(cost, '-')) <= 21), -- In US dollars.
    latency_ms integer constraint "type of latency_ms" check (latency_ms between -2147483648 and 2147483647),
    status_code integer not null default 200 constraint "type of status_code" check (status_code between -32768 and 32767),
    error text,
    metadata text constraint "type of metadata" check (metadata is null or json_valid(metadata)),
    requested_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint usage_records_check check (input_tokens >= 0),
    check (output_tokens >= 0),
    check (latency_ms >= 0),
    check (status_code between 100 and 599)
);

create index usage_records_user_id_idx on usage_records (user_id, requested_at desc);
create index usage_records_organization_id_idx on usage_records (organization_id, requested_at desc);
create index usage_records_api_key_id_idx on usage_records (api_key_id) where api_key_id is not null;
create index usage_records_requested_at_idx on usage_records (requested_at);
create index usage_records_errors_idx on usage_records (provider_id, requested_at) where status_code >= 400;

-- A key of hardware, or of a device, that proves who a user is.
create table webauthn_credentials (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id text not null references users (id) on delete cascade,
    credential_id blob not null unique, -- As the authenticator gave it.
    public_key blob not null, -- In COSE form.
    sign_count integer not null default 0 constraint "type of sign_count" check (typeof(sign_count) = 'integer'), -- One that falls gives a copied key away.
    aaguid text, -- The make of the authenticator.
    name text,
    transports text not null default '[]' constraint "type of transports" check (json_valid(transports)),
    backed_up integer not null default 0 constraint "type of backed_up" check (backed_up in (0, 1)),
    last_used_at text,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint webauthn_credentials_check check (length(credential_id) <= 1023),
    check (sign_count >= 0)
);

create index webauthn_credentials_user_id_idx on webauthn_credentials (user_id);

create trigger webauthn_credentials_touch after update on webauthn_credentials for each row
when new.updated_at is old.updated_at
begin
    update webauthn_credentials set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;
