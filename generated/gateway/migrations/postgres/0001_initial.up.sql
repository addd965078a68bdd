-- Whether a database serves a whole platform or one of its tenants.
create type database_kind as enum ('main', 'tenant');

-- How far a database is: calls go to those that are ready.
create type database_status as enum ('creating', 'ready', 'migrating', 'failed', 'retired');

-- Why a schema was sent: at the start of a container, or without one.
create type deployment_kind as enum ('register', 'migrate');

-- How a deployment ended.
create type deployment_status as enum ('running', 'succeeded', 'failed');

-- An application whose containers send their schemas and call their functions.
create table platforms (
    id uuid primary key default gen_random_uuid(),
    name varchar(63) not null constraint platforms_name_key unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    check (name <> '' and name = lower(name))
);

-- A customer of a platform, with a database of its own.
create table tenants (
    id uuid primary key default gen_random_uuid(),
    platform_id uuid not null references platforms (id) on delete cascade,
    code varchar(63) not null check (code <> ''), -- The name by which the platform calls it.
    display_name text,
    settings jsonb not null default '{}',
    suspended_at timestamptz, -- Since when its calls are refused.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    constraint tenants_platform_id_code_key unique (platform_id, code)
);

-- A database that the gateway made.
create table databases (
    id uuid primary key default gen_random_uuid(),
    platform_id uuid not null references platforms (id) on delete cascade,
    tenant_id uuid constraint databases_tenant_id_key unique references tenants (id) on delete cascade,
    name varchar(63) not null constraint databases_name_key unique, -- As the server knows it.
    kind database_kind not null,
    status database_status not null default 'creating',
    max_connections smallint not null default 10, -- Of its pool.
    last_used_at timestamptz, -- Pools that nobody uses are closed.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    check (max_connections between 1 and 200)
);

create index databases_platform_id_idx on databases (platform_id, kind);
create index databases_last_used_at_idx on databases (last_used_at) where status = 'ready';

-- An archive that a platform sent.
create table deployments (
    id uuid primary key default gen_random_uuid(),
    platform_id uuid not null references platforms (id) on delete cascade,
    kind deployment_kind not null,
    status deployment_status not null default 'running',
    archive_hash bytea not null, -- SHA-256 of the tar.gz.
    archive_size bigint not null check (archive_size >= 0), -- In bytes.
    sent_from varchar(45) not null, -- The address of the container.
    error text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    check ((status = 'running') = (finished_at is null))
);

create index deployments_platform_id_idx on deployments (platform_id, started_at desc);

-- A migration that was run on a database.
create table schema_versions (
    database_id uuid not null references databases (id) on delete cascade,
    version integer not null check (version > 0), -- The number its file begins with.
    name varchar(255) not null,
    checksum bytea not null, -- SHA-256 of the file.
    duration_ms integer not null check (duration_ms >= 0),
    deployment_id uuid references deployments (id) on delete set null,
    applied_at timestamptz not null default now(),
    primary key (database_id, version)
);

-- A stored function that was put into a database.
create table functions (
    id bigint generated always as identity primary key,
    database_id uuid not null references databases (id) on delete cascade,
    name varchar(63) not null,
    arguments varchar(255) not null default '', -- The types of its parameters; functions may share a name.
    returns text not null,
    checksum bytea not null, -- SHA-256 of the file.
    deployment_id uuid references deployments (id) on delete set null,
    deployed_at timestamptz not null default now(),
    constraint functions_key unique (database_id, name, arguments)
);

-- A file of initial data that was loaded into a database.
create table seedings (
    database_id uuid not null references databases (id) on delete cascade,
    name varchar(255) not null,
    row_count bigint not null default 0 check (row_count >= 0),
    seeded_at timestamptz not null default now(),
    primary key (database_id, name)
);

-- A network whose machines may call. There are no keys: who is inside is let in.
create table networks (
    id bigint generated always as identity primary key,
    network varchar(43) not null constraint networks_network_key unique, -- In CIDR notation, such as `10.0.1.0/24`.
    note text,
    enabled boolean not null default true,
    created_at timestamptz not null default now()
);

create function platforms_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger platforms_touch before update on platforms
for each row execute function platforms_touch();

create function tenants_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger tenants_touch before update on tenants
for each row execute function tenants_touch();

create function databases_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger databases_touch before update on databases
for each row execute function databases_touch();
