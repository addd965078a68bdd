select id, seen + interval '1 day', seen - interval '2 hours 30 minutes', met + '1 week', seen + interval '1 month', met - interval '1 year 2 months 3 days' from people
select id, born + 1, born - 7, 3 + born, born + id::int, born - date '2020-01-01', born + interval '1 day 02:00', born - interval '1 month' from people
select id, seen - left_at, met - timestamp '2023-01-01', left_at - seen > interval '1 day' from people
select id, pause + interval '1 hour', pause - pause, -pause, pause * 2, 3 * interval '1 day', interval '90 minutes' from people
select id, seen + pause, seen - pause, met + pause * 2, seen + interval '1 day' * id::int, seen + id::int * interval '1 month' from people
select id, seen + make_interval(days => id::int), seen - make_interval(months => 1, hours => 2), seen + make_interval(0, 0, 1) from people
select id, seen - 1.5 * interval '1 day', interval '1 day 01:00' * 1.5::float8, pause * 0.5::float8 from people
select id, date_trunc('day', seen), date_trunc('month', met), date_trunc('week', seen), date_trunc('quarter', seen), date_trunc('hour', met), date_trunc('year', born) from people
select id, extract(year from seen), extract(month from born), extract(day from met), extract(dow from seen), extract(isodow from born), extract(doy from seen) from people
select id, extract(epoch from seen), extract(epoch from born), extract(second from seen), extract(hour from met), extract(minute from seen), extract(week from born), extract(quarter from seen), extract(epoch from pause), extract(milliseconds from seen) from people
select id, date_part('year', seen), date_part('epoch', seen), date_part('day', born) from people
select id, seen::date, met::date, born::timestamp, born::timestamptz, met::timestamptz, seen::timestamp, seen::time from people
select id, seen at time zone 'utc', met at time zone 'UTC', (seen at time zone 'utc')::date from people
select id, extract(epoch from left_at - seen) from people
select id from people where seen > timestamptz '2024-01-01 00:00:00+01' - interval '3 days'
select id from people where seen::date = '2023-12-28' or met::date > current_date
select id from people where seen < now() and left_at < current_timestamp and met < localtimestamp and born <= current_date
select id, coalesce(left_at, seen), coalesce(born, '2020-01-01'), greatest(seen, left_at), least(met, '2024-01-01') from people
select extract(epoch from now() - (now() - interval '90 seconds')), current_date - current_date, now() > now() - interval '1 second'
