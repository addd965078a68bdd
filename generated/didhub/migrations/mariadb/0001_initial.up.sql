create table users (
    id bigint auto_increment primary key,
    username varchar(255) not null unique,
    password_hash varchar(255) not null,
    is_admin tinyint(1) not null default false,
    is_system tinyint(1) not null default false,
    is_approved tinyint(1) not null default false,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    index idx_users_username (username),
    index idx_users_is_admin (is_admin)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An account.';

create table systems (
    id bigint auto_increment primary key,
    user_id bigint not null,
    name varchar(255) not null,
    description longtext,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade,
    index idx_systems_user_id (user_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A DID system, which belongs to an account.';

create table alters (
    id bigint auto_increment primary key,
    system_id bigint not null,
    name varchar(255) not null,
    description longtext,
    avatar_url varchar(500),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (system_id) references systems (id) on delete cascade,
    index idx_alters_system_id (system_id),
    index idx_alters_name (name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'One of the alters of a system.';

create table groups (
    id bigint auto_increment primary key,
    system_id bigint not null,
    name varchar(255) not null,
    description longtext,
    color varchar(7) comment 'hexadecimal, such as #a1b2c3',
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (system_id) references systems (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A group that alters of a system are in.';

create table subsystems (
    id bigint auto_increment primary key,
    system_id bigint not null,
    name varchar(255) not null,
    description longtext,
    color varchar(7),
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (system_id) references systems (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'A part of a system, in which alters have roles.';

create table uploads (
    id bigint auto_increment primary key,
    user_id bigint not null,
    filename varchar(255) not null,
    original_filename varchar(255) not null,
    mime_type varchar(100) not null,
    file_size bigint not null,
    alt_text longtext,
    is_public tinyint(1) not null default false,
    created_at datetime(6) not null default current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'What is known of an uploaded file.';

create table audit_logs (
    id bigint auto_increment primary key,
    user_id bigint,
    action varchar(100) not null,
    entity_type varchar(50),
    entity_id varchar(100),
    details json,
    ip_address varchar(45),
    user_agent longtext,
    created_at datetime(6) not null default current_timestamp(6),
    foreign key (user_id) references users (id) on delete set null,
    index idx_audit_logs_user_id (user_id),
    index idx_audit_logs_created_at (created_at),
    index idx_audit_logs_action (action)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Something that was done, and by whom; it outlives the account.';

create table settings (
    `key` varchar(100) primary key,
    value longtext not null,
    description longtext,
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'The configuration of the application.';

create table system_requests (
    id bigint auto_increment primary key,
    user_id bigint not null,
    status varchar(20) not null default 'pending',
    admin_notes longtext,
    created_at datetime(6) not null default current_timestamp(6),
    updated_at datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    foreign key (user_id) references users (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'An account that asks to be approved.';

create table alter_groups (
    alter_id bigint not null,
    group_id bigint not null,
    primary key (alter_id, group_id),
    foreign key (alter_id) references alters (id) on delete cascade,
    foreign key (group_id) references groups (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Which alters are in which groups.';

create table subsystem_members (
    subsystem_id bigint not null,
    alter_id bigint not null,
    role varchar(50) not null default 'member',
    primary key (subsystem_id, alter_id),
    foreign key (subsystem_id) references subsystems (id) on delete cascade,
    foreign key (alter_id) references alters (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin comment = 'Which alters are in which subsystems, and as what.';
