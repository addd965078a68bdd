-- An account.
create table users (
    id integer primary key autoincrement,
    username varchar(255) not null unique,
    password_hash varchar(255) not null,
    is_admin boolean not null default false,
    is_system boolean not null default false,
    is_approved boolean not null default false,
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) -- on update: now()
);

create index idx_users_username on users (username);
create index idx_users_is_admin on users (is_admin);

-- A DID system, which belongs to an account.
create table systems (
    id integer primary key autoincrement,
    user_id integer not null,
    name varchar(255) not null,
    description text,
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')), -- on update: now()
    foreign key (user_id) references users (id) on delete cascade
);

create index idx_systems_user_id on systems (user_id);

-- One of the alters of a system.
create table alters (
    id integer primary key autoincrement,
    system_id integer not null,
    name varchar(255) not null,
    description text,
    avatar_url varchar(500),
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')), -- on update: now()
    foreign key (system_id) references systems (id) on delete cascade
);

create index idx_alters_system_id on alters (system_id);
create index idx_alters_name on alters (name);

-- A group that alters of a system are in.
create table groups (
    id integer primary key autoincrement,
    system_id integer not null,
    name varchar(255) not null,
    description text,
    color varchar(7), -- hexadecimal, such as #a1b2c3
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')), -- on update: now()
    foreign key (system_id) references systems (id) on delete cascade
);

-- A part of a system, in which alters have roles.
create table subsystems (
    id integer primary key autoincrement,
    system_id integer not null,
    name varchar(255) not null,
    description text,
    color varchar(7),
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')), -- on update: now()
    foreign key (system_id) references systems (id) on delete cascade
);

-- What is known of an uploaded file.
create table uploads (
    id integer primary key autoincrement,
    user_id integer not null,
    filename varchar(255) not null,
    original_filename varchar(255) not null,
    mime_type varchar(100) not null,
    file_size integer not null,
    alt_text text,
    is_public boolean not null default false,
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    foreign key (user_id) references users (id) on delete cascade
);

-- Something that was done, and by whom; it outlives the account.
create table audit_logs (
    id integer primary key autoincrement,
    user_id integer,
    action varchar(100) not null,
    entity_type varchar(50),
    entity_id varchar(100),
    details json,
    ip_address varchar(45),
    user_agent text,
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    foreign key (user_id) references users (id) on delete set null
);

create index idx_audit_logs_user_id on audit_logs (user_id);
create index idx_audit_logs_created_at on audit_logs (created_at);
create index idx_audit_logs_action on audit_logs (action);

-- The configuration of the application.
create table settings (
    key varchar(100) primary key not null,
    value text not null,
    description text,
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) -- on update: now()
);

-- An account that asks to be approved.
create table system_requests (
    id integer primary key autoincrement,
    user_id integer not null,
    status varchar(20) not null default 'pending',
    admin_notes text,
    created_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')),
    updated_at timestamp not null default (strftime('%Y-%m-%d %H:%M:%f000', 'now')), -- on update: now()
    foreign key (user_id) references users (id) on delete cascade
);

-- Which alters are in which groups.
create table alter_groups (
    alter_id integer not null,
    group_id integer not null,
    primary key (alter_id, group_id),
    foreign key (alter_id) references alters (id) on delete cascade,
    foreign key (group_id) references groups (id) on delete cascade
);

-- Which alters are in which subsystems, and as what.
create table subsystem_members (
    subsystem_id integer not null,
    alter_id integer not null,
    role varchar(50) not null default 'member',
    primary key (subsystem_id, alter_id),
    foreign key (subsystem_id) references subsystems (id) on delete cascade,
    foreign key (alter_id) references alters (id) on delete cascade
);

create trigger users_touch after update on users for each row
when new.updated_at is old.updated_at
begin
    update users set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger systems_touch after update on systems for each row
when new.updated_at is old.updated_at
begin
    update systems set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger alters_touch after update on alters for each row
when new.updated_at is old.updated_at
begin
    update alters set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger groups_touch after update on "groups" for each row
when new.updated_at is old.updated_at
begin
    update "groups" set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger subsystems_touch after update on subsystems for each row
when new.updated_at is old.updated_at
begin
    update subsystems set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger settings_touch after update on settings for each row
when new.updated_at is old.updated_at
begin
    update settings set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;

create trigger system_requests_touch after update on system_requests for each row
when new.updated_at is old.updated_at
begin
    update system_requests set updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
    where rowid = new.rowid and updated_at is not strftime('%Y-%m-%d %H:%M:%f000', 'now');
end;
