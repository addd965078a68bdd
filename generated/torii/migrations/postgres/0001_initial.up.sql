-- An account.
create table users (
    id uuid primary key default gen_random_uuid(),
    name text,
    email varchar(320) unique,
    email_verified_at timestamptz,
    password_hash text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now() -- on update: now()
);

-- A login that is still open.
create table sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid,
    user_agent text,
    ip_address text,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    foreign key (user_id) references users (id) on delete cascade
);

-- An account elsewhere that opens one here.
create table oauth_accounts (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null,
    provider varchar(64) not null,
    subject varchar(255) not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), -- on update: now()
    foreign key (user_id) references users (id),
    unique (user_id, provider, subject)
);

-- A value that is used once: the nonce or the PKCE verifier of a login on its way.
create table nonces (
    id uuid primary key default gen_random_uuid(),
    value text not null,
    expires_at timestamptz not null
);

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

create function sessions_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger sessions_touch before update on sessions
for each row execute function sessions_touch();

create function oauth_accounts_touch() returns trigger language plpgsql as $$
begin
    if new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

create trigger oauth_accounts_touch before update on oauth_accounts
for each row execute function oauth_accounts_touch();
