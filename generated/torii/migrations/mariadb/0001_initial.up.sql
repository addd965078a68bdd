create table users (
    id uuid primary key default (uuid()),
    name longtext,
    email varchar(320) unique,
    email_verified_at datetime(6),
    password_hash longtext,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An account.';

create table sessions (
    id uuid primary key default (uuid()),
    user_id uuid,
    user_agent longtext,
    ip_address longtext,
    expires_at datetime(6),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A login that is still open.';

create table oauth_accounts (
    id uuid primary key default (uuid()),
    user_id uuid not null,
    provider varchar(64) not null,
    subject varchar(255) not null,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    unique (user_id, provider, subject),
    foreign key (user_id) references users (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An account elsewhere that opens one here.';

create table nonces (
    id uuid primary key default (uuid()),
    value longtext not null,
    expires_at datetime(6) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A value that is used once: the nonce or the PKCE verifier of a login on its way.';
