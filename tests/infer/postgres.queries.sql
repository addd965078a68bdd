-- name: q001 :many
select * from users;

-- name: q002 :many
select u.* from users u where u.id = :id;

-- name: q003 :many
select id, name as label, age + 1, -age, balance * 2, score / 2 from users;

-- name: q004 :many
select count(*), count(age), sum(age), sum(small), sum(balance), sum(score), avg(age), avg(score), max(name), min(born) from users;

-- name: q005 :many
select sum(id), avg(small), max(mood), bool_and(active), every(active), string_agg(name, ', '), array_agg(age), json_agg(name) from users;

-- name: q006 :many
select id / 2, id % 2, id ^ 2, 7 / 2, 7.0 / 2, 2 ^ 3, small + 1, small + small, id + small, score + balance::float8 from users;

-- name: q007 :many
select name || 'x', name || age, 'a' || 'b', name like 'a%', name ilike :p, name ~ 'x', name is null, not active from users;

-- name: q008 :many
select upper(name), length(name), substring(name from 1 for 2), position('a' in name), trim(both 'x' from name), left(name, 1), replace(name, 'a', :b) from users;

-- name: q009 :many
select coalesce(age, 0), coalesce(age, :d), coalesce(note, 'none'), nullif(total, 0), greatest(orders.id, 1), least(total, 2.5) from orders, users;

-- name: q010 :many
select case when age > 18 then 'adult' when age is null then null else 'child' end as stage, case mood when 'sad' then 1 else 2 end, case when active then age end from users;

-- name: q011 :many
select now(), current_date, current_timestamp, localtime, localtimestamp, current_time, current_user, session_user, current_schema;

-- name: q012 :many
select seen_at - interval '1 day', seen_at - now(), born - current_date, born + 1, age(born), date_trunc('day', seen_at), extract(year from born), seen_at::date, seen_at at time zone 'UTC' from users;

-- name: q013 :many
select to_char(seen_at, 'YYYY'), make_date(2020, 1, 2), date_part('hour', seen_at), justify_hours(patience), patience * 2, born::timestamp, seen_at + patience from users;

-- name: q014 :many
select settings -> 'a', settings ->> 'a', settings #> '{a,b}', settings #>> '{a,b}', settings ? 'a', settings @> '{"a": 1}', settings || '{}', settings - 'a', jsonb_typeof(settings) from users;

-- name: q015 :many
select jsonb_build_object('id', id, 'name', name), to_jsonb(u), row_to_json(u), jsonb_agg(u), json_build_array(1, 'x') from users u group by u.id;

-- name: q016 :many
select tags[1], tags[1:2], array_length(tags, 1), cardinality(tags), tags || array['x'], array['a', 'b'], array[1, 2]::bigint[], tags @> array['x'], 'x' = any(tags), unnest(tags) from users;

-- name: q017 :many
select array_position(tags, 'x'), array_append(tags, :tag), array_to_string(tags, ','), string_to_array(name, ','), array(select id from orders) from users;

-- name: q018 :many
select id::text, id::integer, name::varchar(3), '1'::int, cast(:x as numeric), :y::uuid, 'ok'::mood, mood::text, '{1,2}'::int[], null::date from users where false;

-- name: q019 :many
select token, gen_random_uuid(), md5(name), photo, encode(photo, 'hex'), sha256(photo), octet_length(photo) from users;

-- name: q020 :many
select luck, luck + 1, email, upper(email), spot, (spot).a, (spot).b, row(1, 'x') from users;

-- name: q021 :many
select abs(age), round(balance, 1), ceil(score), floor(balance), sqrt(4), power(2, 3), random(), mod(age, 2), sign(score), trunc(balance) from users;

-- name: q022 :many
select 1, 1.5, 'x', true, null, 1e3, 10000000000, b'1', interval '1 day', date '2020-01-01', timestamp '2020-01-01 00:00:00', array[]::text[];

-- name: q023 :many
select exists (select 1 from orders), (select count(*) from orders), (select name from users where id = :id), id in (select user_id from orders), array(select 1) from users;

-- name: q024 :many
select row_number() over (), rank() over (order by age), lag(name) over w, lead(age, 1, 0) over w, first_value(orders.id) over w, sum(total) over (partition by user_id), ntile(4) over w, percent_rank() over w, count(*) over () from users join orders on user_id = users.id window w as (order by users.id);

-- name: q025 :many
select u.name, o.total from users u join orders o on o.user_id = u.id;

-- name: q026 :many
select u.name, o.total, o.id from users u left join orders o on o.user_id = u.id;

-- name: q027 :many
select u.name, o.total from orders o right join users u on o.user_id = u.id;

-- name: q028 :many
select u.id, o.id from users u full join orders o on o.user_id = u.id;

-- name: q029 :many
select * from users join orders using (id);

-- name: q030 :many
select * from orders natural join lines;

-- name: q031 :many
select u.name, o.* from users u cross join lateral (select total, note from orders where user_id = u.id order by id limit 1) o;

-- name: q032 :many
select u.name, o.total from users u left join lateral (select total from orders where user_id = u.id limit 1) o on true;

-- name: q033 :many
select o.id, u.name, g.name as org from orders o join users u on u.id = o.user_id join orgs g on g.id = u.org_id left join orgs p on p.id = g.parent_id;

-- name: q034 :many
select g.name, p.name as parent from orgs g left join orgs p on p.id = g.parent_id;

-- name: q035 :many
select p.name from orgs g left join orgs p on p.id = g.parent_id where p.id is not null;

-- name: q036 :many
select p.name, q.name from orgs g left join orgs p on p.id = g.parent_id left join orgs q on q.id = p.parent_id;

-- name: q037 :many
select a.name, b.name from users a, users b where a.id < b.id;

-- name: q038 :many
select * from (select id, age as years from users) s where years > :n;

-- name: q039 :many
select * from (values (1, 'x', null), (2, null, 3.5)) v (a, b, c);

-- name: q040 :many
values (1, 'x'), (2, 'y');

-- name: q041 :many
select * from generate_series(1, 3) n;

-- name: q042 :many
select n, n * 2 from generate_series(1::bigint, :n) as n;

-- name: q043 :many
select * from unnest(array[1, 2], array['a', 'b']) as t (x, y);

-- name: q044 :many
select * from unnest(:ids::int[]) with ordinality t (id, place);

-- name: q045 :many
select * from pairs(3);

-- name: q046 :many
select p.a, twice(p.a) from pairs(:n) p;

-- name: q047 :many
select key, value from jsonb_each(:doc::jsonb);

-- name: q048 :many
select * from jsonb_to_recordset('[]') as r (a int, b text);

-- name: q049 :many
select e ->> 'x', e from users, jsonb_array_elements(settings) e;

-- name: q050 :many
select * from regexp_split_to_table('a b', ' ') w;

-- name: q051 :many
select * from active_users where age > :age;

-- name: q052 :many
select * from totals;

-- name: q053 :many
select t.total, t.orders, t.note, u.name from users u left join totals t on t.user_id = u.id;

-- name: q054 :many
select org_id, count(*), max(age), array_agg(name order by id), sum(balance) filter (where active) from users group by org_id;

-- name: q055 :many
select org_id, active, count(*) from users group by rollup (org_id, active);

-- name: q056 :many
select org_id, mood, count(*), grouping(org_id) from users group by grouping sets ((org_id), (mood), ());

-- name: q057 :many
select org_id from users group by org_id having count(*) > :n;

-- name: q058 :many
select mood, percentile_cont(0.5) within group (order by age), mode() within group (order by name), percentile_disc(0.5) within group (order by born) from users group by mood;

-- name: q059 :many
select distinct org_id, mood from users order by org_id;

-- name: q060 :many
select distinct on (org_id) org_id, name from users order by org_id, age desc nulls last;

-- name: q061 :many
select id from users union select user_id from orders;

-- name: q062 :many
select id, null as x from users union all select id, total from orders;

-- name: q063 :many
select name, age from users intersect select what, quantity from lines;

-- name: q064 :many
select age from users except all select id from orders;

-- name: q065 :many
select 1 as n union all select null order by n limit :n offset :m;

-- name: q066 :many
(select id from users order by id limit 1) union all (select id from users order by id desc limit 1);

-- name: q067 :many
with recent as (select * from orders where placed_at > now() - interval '1 day') select user_id, sum(total) from recent group by user_id;

-- name: q068 :many
with a as (select id, name from users), b as (select a.*, o.total from a left join orders o on o.user_id = a.id) select * from b;

-- name: q069 :many
with recursive t (n) as (values (1) union all select n + 1 from t where n < 10) select n from t;

-- name: q070 :many
with recursive tree as (select id, parent_id, name, 1 as depth from orgs where parent_id is null union all select g.id, g.parent_id, g.name, t.depth + 1 from orgs g join tree t on g.parent_id = t.id) select * from tree;

-- name: q071 :many
with recursive tree as (select id, name, array[id] as path, name as root from orgs union all select g.id, g.name, path || g.id, t.root from orgs g join tree t on g.parent_id = t.id where not g.id = any(path)) select id, path, root from tree;

-- name: q072 :many
with gone as (delete from lines where quantity = :q returning *) select count(*), max(what) from gone;

-- name: q073 :many
with new as (insert into orders (user_id, total) values (:user_id, :total) returning id, total, note) select * from new;

-- name: q074 :many
with changed as (update users set age = age + 1 where id = :id returning id, age) select c.age, u.name from changed c join users u on u.id = c.id;

-- name: q075 :many
select * from users where id = :id and (name = :name or age between :low and :high);

-- name: q076 :many
select * from users where name = any(:names) and mood = any(:moods) and id in (:ids);

-- name: q077 :many
select * from users where born >= :since and seen_at < :until and patience > :wait and token = :token;

-- name: q078 :many
select * from users where tags && :tags and settings @> :doc and photo = :photo;

-- name: q079 :many
select * from users where (id, name) > (:id, :name) order by id, name limit :limit;

-- name: q080 :many
select * from users where lower(name) like '%' || :part || '%';

-- name: q081 :many
select * from users where age > :age? and (:name? is null or name = :name);

-- name: q082 :many
select * from users where extract(year from born) = :year and score > :score and balance >= :balance;

-- name: q083 :many
select * from users where seen_at > now() - :days * interval '1 day';

-- name: q084 :many
select * from users where seen_at > now() - :wait::interval;

-- name: q085 :many
select * from users where date_trunc('month', seen_at) = date_trunc('month', :day::timestamptz);

-- name: q086 :many
select * from orders where total = (select max(total) from orders where user_id = :id);

-- name: q087 :many
select * from users where exists (select from orders o where o.user_id = users.id and o.total > :total);

-- name: q088 :many
select * from users where not exists (select 1 from orders where user_id = users.id);

-- name: q089 :many
select * from users where mood = :mood and mood <> 'sad';

-- name: q090 :many
select * from users where mood in ('ok', :mood);

-- name: q091 :many
select * from users where coalesce(age, :other) > 3;

-- name: q092 :many
select * from users where case when :flag then active else true end;

-- name: q093 :many
select * from users where active = :flag and active is not distinct from :other;

-- name: q094 :many
select * from users where $1 = name and $2 > age and $1 <> 'x';

-- name: q095 :many
select id from users order by case when :by = 'name' then name end, id;

-- name: q096 :many
select :a::int + :b, :c || 'x', :d::text || :e;

-- name: q097 :many
select name from users limit :n::int offset :m;

-- name: q098 :many
select settings ->> :key, settings -> :index::int, tags[(:place)], jsonb_set(settings, '{a}', :value) from users;

-- name: q099 :many
insert into users (org_id, name, email) values (:org_id, :name, :email);

-- name: q100 :many
insert into users (org_id, name, email, age, mood, tags, settings, born) values (:org_id, :name, :email, :age, :mood, :tags, :settings, :born) returning *;

-- name: q101 :many
insert into users (org_id, name, email) values (:org_id, :name, :email) returning id, age, upper(name) as loud;

-- name: q102 :many
insert into orders values (default, :user_id, :total, :note, default, :shipped) returning id;

-- name: q103 :many
insert into orders (user_id, total) select id, balance from users where active = :active returning id, user_id;

-- name: q104 :many
insert into orders (user_id, total, note) values (:a, :b, :c), (:d, :e, null) returning note;

-- name: q105 :many
insert into lines (order_id, place, what, quantity) values (:order_id, :place, :what, :quantity) on conflict (order_id, place) do update set quantity = lines.quantity + excluded.quantity, price = :price returning quantity, price;

-- name: q106 :many
insert into orgs (id, name) values (:id, :name) on conflict do nothing returning id;

-- name: q107 :many
insert into orgs (id, name) values (:id, :name) on conflict (id) do update set name = excluded.name where orgs.name <> :old;

-- name: q108 :many
insert into orgs (id, name) values (default, 'x') returning id, mood;

-- name: q109 :many
insert into orgs (id, name, mood) select i, 'x' || i, :mood from generate_series(1, :n) i;

-- name: q110 :many
insert into users (org_id, name, email, token) select :org_id, unnest(:names::text[]), 'a@b', unnest(:tokens::uuid[]);

-- name: q111 :many
update users set name = :name, age = :age where id = :id;

-- name: q112 :many
update users set name = :name, age = :age, settings = :settings, tags = array_append(tags, :tag) where id = :id returning id, age, tags;

-- name: q113 :many
update users set age = coalesce(:age, age), seen_at = now() where id = :id returning seen_at;

-- name: q114 :many
update users set (name, age) = (:name, :age) where id = :id;

-- name: q115 :many
update users set (name, age) = (select name, quantity from lines, orgs limit 1) where id = :id;

-- name: q116 :many
update users u set balance = u.balance + o.total from orders o where o.user_id = u.id and o.id = :id returning u.id, o.note, o.total;

-- name: q117 :many
update orders set note = u.name from users u left join totals t on t.user_id = u.id where orders.user_id = u.id returning orders.id, u.age, t.total;

-- name: q118 :many
update users set balance = balance - :amount where id = :id and balance >= :amount returning balance;

-- name: q119 :many
update users set mood = :mood, luck = :luck, active = not active where mood = :old;

-- name: q120 :many
delete from lines where order_id = :id;

-- name: q121 :many
delete from orders where id = :id returning *;

-- name: q122 :many
delete from orders o using users u where u.id = o.user_id and u.name = :name returning o.id, u.age;

-- name: q123 :many
delete from users where id in (select user_id from orders where total < :low) returning name, email;

-- name: q124 :many
merge into orgs g using users u on g.id = u.org_id when matched and u.age > :age then update set name = u.name when not matched then insert (id, name) values (u.org_id, :name);

-- name: q125 :many
select twice(age), twice(3), twice(:n) from users;

-- name: q126 :many
select count(distinct age), count(*) filter (where age > :n), sum(distinct age), avg(age) filter (where active) from users;

-- name: q127 :many
select bool_or(age > 3), bit_and(age), corr(score, age), stddev(age), variance(balance), regr_count(score, age) from users;

-- name: q128 :many
select json_object_agg(name, age), jsonb_object_agg(id, settings), xmlagg(null), array_agg(tags) from users;

-- name: q129 :many
select (select array_agg(o.id) from orders o where o.user_id = u.id) as orders, (select jsonb_agg(o) from orders o) from users u;

-- name: q130 :many
select (select o.total from orders o where o.user_id = u.id order by id limit 1) as first, (select max(total) from orders) from users u;

-- name: q131 :many
select coalesce((select sum(total) from orders o where o.user_id = u.id), 0) as spent from users u;

-- name: q132 :many
select u.id as "user.id", u.name as "Full Name", 1 as "select", 2 as "a""b" from users u;

-- name: q133 :many
select id, id, name as id from users;

-- name: q134 :many
select users from users;

-- name: q135 :many
select u, o from users u join orders o on o.user_id = u.id;

-- name: q136 :many
select (u).name, (u).id + 1 from users u;

-- name: q137 :many
select * from users for update skip locked limit :n;

-- name: q138 :many
select * from users tablesample bernoulli (10);

-- name: q139 :many
select tableoid, ctid, xmin from users;

-- name: q140 :many
select pg_typeof(id), version(), pg_backend_pid() from users;

-- name: q141 :many
select relname, relkind from pg_class where relname = :name;

-- name: q142 :many
select table_name, column_name from information_schema.columns where table_schema = :schema;

-- name: q143 :many
select inet '127.0.0.1', '10.0.0.0/8'::cidr >> inet '10.1.1.1', int4range(1, 5), int4range(1, :n) @> 3, numrange(1, 2), point '(1,2)', macaddr '08:00:2b:01:02:03';

-- name: q144 :many
select to_tsvector('english', name) @@ to_tsquery(:q), ts_rank(to_tsvector(name), plainto_tsquery('x')) from users;

-- name: q145 :many
select lower(int4range(1, 5)), upper(int4range(1, 5)), isempty(int4range(1, 1)), daterange(born, current_date) from users;

-- name: q146 :many
select overlay(name placing 'x' from 1 for 2), lpad(name, :n), repeat(name, 2), reverse(name), split_part(name, ' ', 1), initcap(name), ascii(name), chr(65), concat(name, age), concat_ws(',', name, age), format('%s', name), quote_literal(name) from users;

-- name: q147 :many
select regexp_replace(name, 'a', 'b'), regexp_matches(name, 'a'), regexp_match(name, 'a'), starts_with(name, 'a'), translate(name, 'a', 'b'), to_number(name, '9'), to_date(name, 'YYYY'), to_timestamp(1) from users;

-- name: q148 :many
select name collate "C", name is distinct from :x, age is not null and active, active is true, active is unknown, name between 'a' and :z from users;

-- name: q149 :many
select cast(age as text), cast(balance as integer), cast(seen_at as date), cast('1' as smallint), age::numeric(5, 1), balance::money from users;

-- name: q150 :many
select width_bucket(score, 0, 1, 4), gcd(4, 6), div(7, 2), log(2.0), exp(1), ln(2), pi(), degrees(1), cbrt(8), factorial(3), @ -5, |/ 4, !!:flag? is null from users;

-- name: q151 :many
select age & 1, age | 2, age # 3, ~age, age << 1, age >> 1 from users;

-- name: q152 :many
select (array[1, 2, 3])[2], (array['a'])[(:n)], array[name, 'x'], array[array[1], array[2]], '{a,b}'::text[] from users;

-- name: q153 :many
select nth_value(name, 2) over (order by id), last_value(age) over (order by id rows between unbounded preceding and unbounded following), cume_dist() over (order by id), dense_rank() over (order by mood), sum(age) over (order by id rows between 3 preceding and 1 preceding) from users;

-- name: q154 :many
select nextval('orders_id_seq'), currval('orders_id_seq'), lastval();

-- name: q155 :many
select mood, count(*) from users group by mood order by count(*) desc, mood limit 1;

-- name: q156 :many
select enum_range(null::mood), enum_first(mood), mood < 'happy' from users;

-- name: q157 :many
select * from users u join (orders o join lines l on l.order_id = o.id) on o.user_id = u.id;

-- name: q158 :many
select u.id from users u left join (orders o join lines l on l.order_id = o.id) on o.user_id = u.id where l.place is null;

-- name: q159 :many
select l.place, o.id from users u left join (orders o join lines l on l.order_id = o.id) on o.user_id = u.id;

-- name: q160 :many
select sum(l.quantity * l.price), sum(l.quantity), o.id from orders o join lines l on l.order_id = o.id group by o.id;

-- name: q161 :many
select o.id, coalesce(sum(l.quantity * l.price), 0) as worth from orders o left join lines l on l.order_id = o.id group by o.id;

-- name: q162 :many
select o.user_id, max(o.placed_at), min(l.place), count(l.place) from orders o left join lines l on l.order_id = o.id group by o.user_id;

-- name: q163 :many
table orgs;

-- name: literals_of_distinct_rows :many
select distinct 'a' as c from users union select 'b'::varchar;

-- name: literals_of_all_rows :many
select 'a' as c from users union select 'b'::varchar;
