-- The tables as they should be. `sqlwright generate` writes a class for each,
-- and the first migration script.

create table projects (
    id integer primary key,
    name text not null unique,
    created_at timestamp not null default current_timestamp
);

create table tasks (
    id integer primary key,
    project_id integer not null references projects (id) on delete cascade,
    title text not null,
    done boolean not null default false,
    due_on date
);

create index tasks_by_project on tasks (project_id, due_on);
