create type address as (street text, city text, zip integer);
create domain label as text;
create table spots (
    id integer primary key,
    parent integer references spots,
    name text not null,
    weight numeric,
    home address,
    tags text[],
    labels label[],
    grid integer[][],
    doc jsonb,
    raw json,
    place point,
    page xml,
    day date,
    span int4range,
    spans int4multirange
);
create table visits (id integer primary key, spot_id integer references spots, who text not null, count integer unique);
create view plain as select id, name, weight from spots;
create view above as select id, name from plain;
create view computed as select id, weight + 1 as more from spots;
create view grouped as select parent, count(*) as n from spots group by parent;
create view apart as select distinct name from spots;
create view joined as select s.id, v.who from spots s join visits v on v.spot_id = s.id;
create view either as select id from spots union select id from visits;
create view first as select id from spots limit 3;
create view ranked as select id, row_number() over () as place from spots;
create view spread as select id, generate_series(1, 2) as n from spots;
create materialized view kept as select id, name from spots;
create view guarded as select distinct who from visits;
create function guard() returns trigger language plpgsql as 'begin return new; end';
create trigger guarding instead of insert or update or delete on guarded for each row execute function guard();
create view ruled as select distinct who from visits;
create rule ruling as on update to ruled do instead nothing;
create function all_spots() returns setof spots language sql as 'select * from spots';
create function home_of(spots) returns address language sql as 'select ($1).home';
create function counted(n integer) returns table (x integer, y text) language sql as 'select 1, $$a$$::text';
create function pair(n integer, out x integer, out y text) language sql as 'select 1, $$a$$::text';
create function anything() returns setof record language sql as 'select 1, 2';
