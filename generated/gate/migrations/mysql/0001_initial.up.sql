create table organizations (
    id binary(16) primary key default (uuid_to_bin(uuid())),
    name longtext not null,
    slug varchar(63) not null unique comment 'The name in addresses, in lower case.',
    monthly_budget decimal(20, 10) comment 'In US dollars; without one there is no limit.',
    metadata json not null default ('{}'),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    check (name <> ''),
    check (slug = lower(slug))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'A tenant: who pays for the requests of its users.';

create table users (
    id binary(16) primary key default (uuid_to_bin(uuid())),
    organization_id binary(16),
    email varchar(320) not null,
    name longtext,
    role enum('member', 'admin', 'owner') not null default 'member',
    enabled tinyint(1) not null default true,
    metadata json not null default ('{}') comment 'What the service keeps about the account, as it likes.',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (organization_id) references organizations (id) on delete set null,
    check (locate('@', email) > 1),
    unique index users_email_key ((lower(email))),
    index users_organization_id_idx (organization_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'An account.';

create table api_keys (
    id binary(16) primary key default (uuid_to_bin(uuid())),
    user_id binary(16) not null,
    organization_id binary(16),
    name varchar(100) not null,
    prefix varchar(12) not null comment 'The first characters of the key, by which its owner knows it.',
    key_hash varchar(128) not null unique comment 'SHA-256, in hexadecimal digits.',
    status enum('active', 'revoked', 'expired') not null default 'active',
    configuration json not null default ('{}'),
    requests_per_minute int comment 'Without one there is no limit.',
    use_count bigint not null default 0,
    last_used_at datetime(6),
    expires_at datetime(6),
    revoked_at datetime(6),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade,
    foreign key (organization_id) references organizations (id) on delete cascade,
    check (requests_per_minute > 0),
    check (use_count >= 0),
    check ((status = 'revoked') = (revoked_at is not null)),
    unique index api_keys_user_id_name_key ((case when revoked_at is null then 1 end), user_id, name),
    index api_keys_organization_id_idx (organization_id),
    index api_keys_expires_at_idx (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'A key of the API. Only its hash is kept.';

create table providers (
    id varchar(64) primary key comment 'A short name, such as `openai`.',
    name longtext not null,
    kind enum('openai', 'anthropic', 'google', 'custom') not null default 'custom',
    base_url longtext not null,
    configuration json not null default ('{}'),
    priority smallint not null default 100 comment 'The lowest is asked first.',
    weight double not null default 1.0 comment 'The share of requests among equal priorities.',
    enabled tinyint(1) not null default true,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    check (id <> ''),
    check (weight >= 0.0e0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'Who answers the requests.';

create table models (
    id binary(16) primary key default (uuid_to_bin(uuid())),
    provider_id varchar(64) not null,
    name varchar(255) not null,
    display_name longtext,
    context_window int not null comment 'In tokens.',
    max_output_tokens int,
    input_price decimal(20, 10) not null default 0 comment 'In US dollars for one token.',
    output_price decimal(20, 10) not null default 0 comment 'In US dollars for one token.',
    capabilities json not null default ('[]'),
    released_on date,
    deprecated_at datetime(6),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    constraint models_provider_id_name_key unique (provider_id, name),
    foreign key (provider_id) references providers (id) on delete cascade,
    check (context_window > 0),
    check (max_output_tokens > 0)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'What a provider offers.';

create table usage_records (
    id bigint auto_increment primary key,
    request_id binary(16) not null unique default (uuid_to_bin(uuid())),
    user_id binary(16) not null,
    organization_id binary(16),
    api_key_id binary(16),
    provider_id varchar(64) not null,
    model longtext not null comment 'The name, which outlives the model.',
    input_tokens bigint not null default 0,
    output_tokens bigint not null default 0,
    total_tokens bigint generated always as (input_tokens + output_tokens) stored not null,
    cost decimal(20, 10) not null default 0 comment 'In US dollars.',
    latency_ms int,
    status_code smallint not null default 200,
    error longtext,
    metadata json,
    requested_at datetime(6) not null default current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade,
    foreign key (organization_id) references organizations (id) on delete set null,
    foreign key (api_key_id) references api_keys (id) on delete set null,
    foreign key (provider_id) references providers (id) on delete restrict,
    check (input_tokens >= 0),
    check (output_tokens >= 0),
    check (latency_ms >= 0),
    check (status_code between 100 and 599),
    index usage_records_user_id_idx (user_id, requested_at desc),
    index usage_records_organization_id_idx (organization_id, requested_at desc),
    index usage_records_api_key_id_idx (api_key_id),
    index usage_records_requested_at_idx (requested_at),
    index usage_records_errors_idx (provider_id, requested_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'One request and what it cost.';

create table webauthn_credentials (
    id binary(16) primary key default (uuid_to_bin(uuid())),
    user_id binary(16) not null,
    credential_id varbinary(3072) not null unique comment 'As the authenticator gave it.',
    public_key longblob not null comment 'In COSE form.',
    sign_count bigint not null default 0 comment 'One that falls gives a copied key away.',
    aaguid binary(16) comment 'The make of the authenticator.',
    name longtext,
    transports json not null default ('[]'),
    backed_up tinyint(1) not null default false,
    last_used_at datetime(6),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade,
    check (length(credential_id) <= 1023),
    check (sign_count >= 0),
    index webauthn_credentials_user_id_idx (user_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'A key of hardware, or of a device, that proves who a user is.';
