create type mood as enum ('sad', 'glad');
create type mood as enum ('calm');
