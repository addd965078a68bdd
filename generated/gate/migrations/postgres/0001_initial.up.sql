-- What a user may do in its organization.
create type user_role as enum ('member', 'admin', 'owner');

-- Whether a key opens anything.
create type key_status as enum ('active', 'revoked', 'expired');

-- The protocol that a provider speaks.
create type provider_kind as enum ('openai', 'anthropic', 'google', 'custom');

-- A tenant: who pays for the requests of its users.
create table organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null check (name <> ''),
    slug varchar(63) not null unique, -- The name in addresses, in lower case.
    monthly_budget numeric(20, 10), -- In US dollars; without one there is no limit.
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    check (slug = lower(slug))
);

-- An account.
create table users (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid references organizations (id) on delete set null,
    email varchar(320) not null check (strpos(email, '@') > 1),
    name text,
    role user_role not null default 'member',
    enabled boolean not null default true,
    metadata jsonb not null default '{}', -- What the service keeps about the account, as it likes.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

-- One account for an address, however it is capitalised.
create unique index users_email_key on users (lower(email));

create index users_organization_id_idx on users (organization_id) where organization_id is not null;

-- A key of the API. Only its hash is kept.
create table api_keys (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    organization_id uuid references organizations (id) on delete cascade,
    name varchar(100) not null,
    prefix varchar(12) not null, -- The first characters of the key, by which its owner knows it.
    key_hash varchar(128) not null unique, -- SHA-256, in hexadecimal digits.
    status key_status not null default 'active',
    configuration jsonb not null default '{}',
    requests_per_minute integer check (requests_per_minute > 0), -- Without one there is no limit.
    use_count bigint not null default 0 check (use_count >= 0),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    check ((status = 'revoked') = (revoked_at is not null))
);

-- A user's keys have names of their own until they are revoked.
create unique index api_keys_user_id_name_key on api_keys (user_id, name) where revoked_at is null;

create index api_keys_organization_id_idx on api_keys (organization_id) where status = 'active';
create index api_keys_expires_at_idx on api_keys (expires_at) where expires_at is not null;

-- Who answers the requests.
create table providers (
    id varchar(64) primary key check (id <> ''), -- A short name, such as `openai`.
    name text not null,
    kind provider_kind not null default 'custom',
    base_url text not null,
    configuration jsonb not null default '{}',
    priority smallint not null default 100, -- The lowest is asked first.
    weight double precision not null default 1 check (weight >= 0), -- The share of requests among equal priorities.
    enabled boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

-- What a provider offers.
create table models (
    id uuid primary key default gen_random_uuid(),
    provider_id varchar(64) not null references providers (id) on delete cascade,
    name varchar(255) not null,
    display_name text,
    context_window integer not null check (context_window > 0), -- In tokens.
    max_output_tokens integer check (max_output_tokens > 0),
    input_price numeric(20, 10) not null default 0, -- In US dollars for one token.
    output_price numeric(20, 10) not null default 0, -- In US dollars for one token.
    capabilities jsonb not null default '[]',
    released_on date,
    deprecated_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    constraint models_provider_id_name_key unique (provider_id, name)
);

-- One request and what it cost.
create table usage_records (
    id bigint generated always as identity primary key,
    request_id uuid not null unique default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    organization_id uuid references organizations (id) on delete set null,
    api_key_id uuid references api_keys (id) on delete set null,
    provider_id varchar(64) not null references providers (id) on delete restrict,
    model text not null, -- The name, which outlives the model.
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    total_tokens bigint not null generated always as (input_tokens + output_tokens) stored,
    cost numeric(20, 10) not null default 0, -- In US dollars.
    latency_ms integer check (latency_ms >= 0),
    status_code smallint not null default 200 check (status_code between 100 and 599),
    error text,
    metadata jsonb,
    requested_at timestamptz not null default now()
);

create index usage_records_user_id_idx on usage_records (user_id, requested_at desc);
create index usage_records_organization_id_idx on usage_records (organization_id, requested_at desc);
create index usage_records_api_key_id_idx on usage_records (api_key_id) where api_key_id is not null;
create index usage_records_requested_at_idx on usage_records (requested_at);
create index usage_records_errors_idx on usage_records (provider_id, requested_at) where status_code >= 400;

-- A key of hardware, or of a device, that proves who a user is.
create table webauthn_credentials (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    credential_id bytea not null unique check (octet_length(credential_id) <= 1023), -- As the authenticator gave it.
    public_key bytea not null, -- In COSE form.
    sign_count bigint not null default 0 check (sign_count >= 0), -- One that falls gives a copied key away.
    aaguid uuid, -- The make of the authenticator.
    name text,
    transports jsonb not null default '[]',
    backed_up boolean not null default false,
    last_used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

create index webauthn_credentials_user_id_idx on webauthn_credentials (user_id);

create function organizations_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger organizations_touch before update on organizations
for each row execute function organizations_touch();

create function users_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger users_touch before update on users
for each row execute function users_touch();

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

create function providers_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger providers_touch before update on providers
for each row execute function providers_touch();

create function models_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger models_touch before update on models
for each row execute function models_touch();

create function webauthn_credentials_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger webauthn_credentials_touch before update on webauthn_credentials
for each row execute function webauthn_credentials_touch();
