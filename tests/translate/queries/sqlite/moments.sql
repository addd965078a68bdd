select id, date(met), time(met), datetime(met), date(born), datetime(born), date(seen), datetime(left_at) from people
select id, strftime('%Y-%m', met), strftime('%Y', born), strftime('%d.%m.%Y %H:%M:%S', seen), strftime('%j', born), strftime('%Y week', born), strftime('%s', seen) from people
select id, datetime(met, '+1 day'), datetime(met, '-3 hours', '+10 minutes'), date(born, '+45 days'), date(born, '-1.5 days'), datetime(seen, '+90 seconds') from people
select id, date(born, '+1 month'), date(born, '-1 year'), date(met, '+13 months', '-2 days'), date(born, '+1 year') from people
select id, date(born, 'start of month'), date(born, 'start of month', '+1 month', '-1 day'), datetime(met, 'start of day'), date(seen, 'start of year', '+6 months') from people
select id, date(born, '+' || id || ' days'), date(born, '-' || (id * 2) || ' months'), datetime(met, id || ' hours') from people
select id, julianday(born), unixepoch(met), unixepoch(born), julianday(seen) - julianday(born), cast(julianday(met) - julianday(born) as integer) from people
select id, datetime(id * 100000, 'unixepoch'), date(id, 'unixepoch'), date('2024-01-31', '+1 month'), datetime('2024-02-29 12:30:00', '+1 year'), date('2024-05-05') from people
select id from people where date(seen) = '2023-12-28' or date(met) > '2024-01-05'
select id from people where born = date(met) or born < date('now') and met < datetime('now', '-1 day')
select id from people where met < current_timestamp and born <= current_date and seen < datetime('now')
select id from people where met >= datetime('2024-01-01', '+2 days') and born > date('2021-01-01', '-1 year')
select id from people where left_at > datetime('now', '-10 years') or left_at < date('now', 'start of month')
select id from people where strftime('%Y', born) = '2021' and strftime('%m', met) in ('01', '12')
select id, born, coalesce(born, date('2020-01-01')), max(born, '2021-01-01') from people where born is not date('now')
select date(date('2024-03-01'), '-1 day'), date(datetime('2024-03-01 23:00:00'), '+2 hours')
select strftime('%Y-%m', noted) as month, count(*), sum(qty) from sales group by month order by month
select strftime('%Y-%m', noted) as month, count(*) from sales group by 1 having count(*) > 1 order by 1 desc
select unixepoch('now') - unixepoch('now', '-90 seconds'), date('now') = date('now', '+0 days'), datetime('now') >= datetime('now', '-1 second')
select id from people where met < strftime('%Y-%m-%d %H:%M:%f000', 'now') and length(strftime('%Y-%m-%d %H:%M:%f000', 'now')) = 26
