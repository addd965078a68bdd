select id, name || '-' || id, nick || name, name || active, name || born, 'x' || uid from people
select id, 1 || 2 || 'x', id || '', 'a' || (id * 2), -id || 'x' from people
select id, length(name), length(nick), length(id), length(raw), lower(name), upper(name), lower('ÄB'), upper(nick) from people
select id, trim(name), ltrim(name), rtrim(name), trim(name, 'ab'), ltrim(name, 'a'), rtrim(nick, 'b') from people
select id, substr(name, 1, 2), substr(name, 2), substr(nick, -2), substr(name, 0), substr(name, 0, 2), substring(name, 2, 1), substr(name, id - 3) from people
select id, substr(name, 1, instr(name, 'a') - 1), substr(nick, 1, instr(nick, '_') - 1), substr(name, 1, id) from people
select id, instr(name, 'a'), instr(nick, 'o'), instr(name, ''), replace(name, 'a', 'xx'), replace(nick, 'b', ''), replace(name, '', 'x') from people
select id, hex(name), hex(raw), unicode(name), unicode(nick), char(65, 9731) from people
select upper(substr(name, 1, 1)) || lower(substr(name, 2)) from people
select id from people where length(trim(name)) > 2 and instr(lower(name), 'b')
select id, name || case when active then '!' else '?' end, coalesce(nick, name) || '.' from people
select lower(name) as n, count(*) from people group by lower(name) order by n
select id, name = lower(name), upper(nick) < name, name || nick like 'ADA%' from people
