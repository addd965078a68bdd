-- An application whose containers send their schemas and call their functions.
create table platforms (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name text not null constraint "type of name" check (length(name) <= 63),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint platforms_name_key unique (name),
    check (name <> '' and name = text_lower(name))
);

create trigger platforms_touch after update on platforms for each row
when new.updated_at is old.updated_at
begin
    update platforms set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- A customer of a platform, with a database of its own.
create table tenants (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    platform_id text not null references platforms (id) on delete cascade,
    code text not null constraint "type of code" check (length(code) <= 63), -- The name by which the platform calls it.
    display_name text,
    settings text not null default '{}' constraint "type of settings" check (json_valid(settings)),
    suspended_at text, -- Since when its calls are refused.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint tenants_platform_id_code_key unique (platform_id, code),
    check (code <> '')
);

create trigger tenants_touch after update on tenants for each row
when new.updated_at is old.updated_at
begin
    update tenants set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- A database that the gateway made.
create table databases (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    platform_id text not null references platforms (id) on delete cascade,
    tenant_id text references tenants (id) on delete cascade,
    name text not null constraint "type of name" check (length(name) <= 63), -- As the server knows it.
    kind text not null constraint "type of kind" check (kind in ('main', 'tenant')),
    status text not null default 'creating' constraint "type of status" check (status in ('creating', 'ready', 'migrating', 'failed', 'retired')),
    max_connections integer not null default 10 constraint "type of max_connections" check (max_connections between -32768 and 32767), -- Of its pool.
    last_used_at text, -- Pools that nobody uses are closed.
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint databases_tenant_id_key unique (tenant_id),
    constraint databases_name_key unique (name),
    check (max_connections between 1 and 200)
);

create index databases_platform_id_idx on databases (platform_id, kind);
create index databases_last_used_at_idx on databases (last_used_at) where status = 'ready';

create trigger databases_touch after update on databases for each row
when new.updated_at is old.updated_at
begin
    update databases set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- An archive that a platform sent.
create table deployments (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    platform_id text not null references platforms (id) on delete cascade,
    kind text not null constraint "type of kind" check (kind in ('register', 'migrate')),
    status text not null default 'running' constraint "type of status" check (status in ('running', 'succeeded', 'failed')),
    archive_hash blob not null, -- SHA-256 of the tar.gz.
    archive_size integer not null constraint "type of archive_size" check (typeof(archive_size) = 'integer'), -- In bytes.
    sent_from text not null constraint "type of sent_from" check (length(sent_from) <= 45), -- The address of the container.
    error text,
    started_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    finished_at text,
    constraint deployments_check check (archive_size >= 0),
    check ((status = 'running') = (finished_at is null))
);

create index deployments_platform_id_idx on deployments (platform_id, started_at desc);

-- A migration that was run on a database.
create table schema_versions (
    database_id text not null references databases (id) on delete cascade,
    version integer not null constraint "type of version" check (version between -2147483648 and 2147483647), -- The number its file begins with.
    name text not null constraint "type of name" check (length(name) <= 255),
    checksum blob not null, -- SHA-256 of the file.
    duration_ms integer not null constraint "type of duration_ms" check (duration_ms between -2147483648 and 2147483647),
    deployment_id text references deployments (id) on delete set null,
    applied_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    primary key (database_id, version),
    check (version > 0),
    check (duration_ms >= 0)
);

-- A stored function that was put into a database.
create table functions (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    database_id text not null references databases (id) on delete cascade,
    name text not null constraint "type of name" check (length(name) <= 63),
    arguments text not null default '' constraint "type of arguments" check (length(arguments) <= 255), -- The types of its parameters; functions may share a name.
    returns text not null,
    checksum blob not null, -- SHA-256 of the file.
    deployment_id text references deployments (id) on delete set null,
    deployed_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint functions_key unique (database_id, name, arguments)
);

-- A file of initial data that was loaded into a database.
create table seedings (
    database_id text not null references databases (id) on delete cascade,
    name text not null constraint "type of name" check (length(name) <= 255),
    row_count integer not null default 0 constraint "type of row_count" check (typeof(row_count) = 'integer'),
    seeded_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    primary key (database_id, name),
    check (row_count >= 0)
);

-- A network whose machines may call. There are no keys: who is inside is let in.
create table networks (
    id integer primary key autoincrement constraint "type of id" check (typeof(id) = 'integer'),
    network text not null constraint "type of network" check (length(network) <= 43), -- In CIDR notation, such as `10.0.1.0/24`.
    note text,
    enabled integer not null default 1 constraint "type of enabled" check (enabled in (0, 1)),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    constraint networks_network_key unique (network)
);
