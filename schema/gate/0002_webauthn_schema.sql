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
