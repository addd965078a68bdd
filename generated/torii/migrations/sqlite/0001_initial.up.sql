-- An account.
create table users (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name text,
    email text unique constraint "type of email" check (length(email) <= 320),
    email_verified_at text,
    password_hash text,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
);

create trigger users_touch after update on users for each row
when new.updated_at is old.updated_at
begin
    update users set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- A login that is still open.
create table sessions (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id text references users (id) on delete cascade,
    user_agent text,
    ip_address text,
    expires_at text,
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
);

create trigger sessions_touch after update on sessions for each row
when new.updated_at is old.updated_at
begin
    update sessions set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- An account elsewhere that opens one here.
create table oauth_accounts (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id text not null references users (id),
    provider text not null constraint "type of provider" check (length(provider) <= 64),
    subject text not null constraint "type of subject" check (length(subject) <= 255),
    created_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    updated_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'),
    unique (user_id, provider, subject)
);

create trigger oauth_accounts_touch after update on oauth_accounts for each row
when new.updated_at is old.updated_at
begin
    update oauth_accounts set updated_at = (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')
    where rowid = new.rowid and updated_at is not (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00');
end;

-- A value that is used once: the nonce or the PKCE verifier of a login on its way.
create table nonces (
    id text not null primary key default (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    value text not null,
    expires_at text not null
);
