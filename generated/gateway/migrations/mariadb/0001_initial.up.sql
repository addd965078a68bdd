create table platforms (
    id uuid primary key default (uuid()),
    name varchar(63) not null,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint platforms_name_key unique (name),
    check (name <> '' and name = lower(name))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An application whose containers send their schemas and call their functions.';

create table tenants (
    id uuid primary key default (uuid()),
    platform_id uuid not null,
    code varchar(63) not null comment 'The name by which the platform calls it.',
    display_name longtext,
    settings json not null default ('{}'),
    suspended_at datetime(6) comment 'Since when its calls are refused.',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint tenants_platform_id_code_key unique (platform_id, code),
    foreign key (platform_id) references platforms (id) on delete cascade,
    check (code <> '')
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A customer of a platform, with a database of its own.';

create table `databases` (
    id uuid primary key default (uuid()),
    platform_id uuid not null,
    tenant_id uuid,
    name varchar(63) not null comment 'As the server knows it.',
    kind enum('main', 'tenant') not null,
    status enum('creating', 'ready', 'migrating', 'failed', 'retired') not null default 'creating',
    max_connections smallint not null default 10 comment 'Of its pool.',
    last_used_at datetime(6) comment 'Pools that nobody uses are closed.',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint databases_tenant_id_key unique (tenant_id),
    constraint databases_name_key unique (name),
    foreign key (platform_id) references platforms (id) on delete cascade,
    foreign key (tenant_id) references tenants (id) on delete cascade,
    check (max_connections between 1 and 200),
    index databases_platform_id_idx (platform_id, kind),
    index databases_last_used_at_idx (last_used_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A database that the gateway made.';

create table deployments (
    id uuid primary key default (uuid()),
    platform_id uuid not null,
    kind enum('register', 'migrate') not null,
    status enum('running', 'succeeded', 'failed') not null default 'running',
    archive_hash longblob not null comment 'SHA-256 of the tar.gz.',
    archive_size bigint not null comment 'In bytes.',
    sent_from varchar(45) not null comment 'The address of the container.',
    error longtext,
    started_at datetime(6) not null default current_timestamp(6),
    finished_at datetime(6),
    foreign key (platform_id) references platforms (id) on delete cascade,
    check (archive_size >= 0),
    check ((status = 'running') = (finished_at is null)),
    index deployments_platform_id_idx (platform_id, started_at desc)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An archive that a platform sent.';

create table schema_versions (
    database_id uuid not null,
    version int not null comment 'The number its file begins with.',
    name varchar(255) not null,
    checksum longblob not null comment 'SHA-256 of the file.',
    duration_ms int not null,
    deployment_id uuid,
    applied_at datetime(6) not null default current_timestamp(6),
    primary key (database_id, version),
    foreign key (database_id) references `databases` (id) on delete cascade,
    foreign key (deployment_id) references deployments (id) on delete set null,
    check (version > 0),
    check (duration_ms >= 0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A migration that was run on a database.';

create table functions (
    id bigint auto_increment primary key,
    database_id uuid not null,
    name varchar(63) not null,
    arguments varchar(255) not null default '' comment 'The types of its parameters; functions may share a name.',
    returns longtext not null,
    checksum longblob not null comment 'SHA-256 of the file.',
    deployment_id uuid,
    deployed_at datetime(6) not null default current_timestamp(6),
    constraint functions_key unique (database_id, name, arguments),
    foreign key (database_id) references `databases` (id) on delete cascade,
    foreign key (deployment_id) references deployments (id) on delete set null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A stored function that was put into a database.';

create table seedings (
    database_id uuid not null,
    name varchar(255) not null,
    row_count bigint not null default 0,
    seeded_at datetime(6) not null default current_timestamp(6),
    primary key (database_id, name),
    foreign key (database_id) references `databases` (id) on delete cascade,
    check (row_count >= 0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A file of initial data that was loaded into a database.';

create table networks (
    id bigint auto_increment primary key,
    network varchar(43) not null comment 'In CIDR notation, such as `10.0.1.0/24`.',
    note longtext,
    enabled tinyint(1) not null default true,
    created_at datetime(6) not null default current_timestamp(6),
    constraint networks_network_key unique (network)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A network whose machines may call. There are no keys: who is inside is let in.';
