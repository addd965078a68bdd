select id from people where name like 'a%'
select id, nick like '%o_', nick not like '%o%', name ilike 'AD%', nick not ilike '%B%' from people
select id from people where name like '50\%' or name like 'Bob\_1' or name like 'a\\b'
select id from people where name like '50!%' escape '!' or name like '%\%' escape ''
select id, name like nick from people
select id, lower(name), upper(name), length(name), octet_length(name), char_length(nick) from people
select id, name || '-' || coalesce(nick, '?'), name || id, id || name, name || mood, name || born, name || active from people
select id, concat(name, nick, id, active), concat(nick), concat_ws('-', name, nick, id), concat(born, mood) from people
select id, substring(name from 2), substring(name from 1 for 2), substring(name, 2, 1), substr(name, 3), substring(name for 2) from people
select id, substring(name from -1 for 3), substring(name from 0 for 2), substring(name from (id % 4)::int for 2) from people
select id, left(name, 2), right(name, 2), left(name, -1), right(name, -1), left(name, 0), right(name, 0), right(nick, 20) from people
select id, trim(name), btrim(name, 'ab'), ltrim(name), rtrim(name, 'a'), trim(leading 'a' from name), trim(trailing from name), trim(both 'x ' from name) from people
select id, replace(name, 'a', 'bb'), replace(name, '', 'x'), position('b' in name), strpos(name, 'a'), position('' in nick) from people
select id, repeat(name, 2), repeat(name, -1), reverse(name) from people
select id, name::varchar(2), nick::text, uid::text, mood::text, born::text, active::text from people
select id, coalesce(nick, name, 'x') || '!' from people
select id, 'a' || 1 + 2 from people
select id, length(name || 'x') + 1, length(raw), octet_length(raw) from people
select id, length(name) > 3 and name <> '' from people
select id, 'sad'::mood = mood, 'sad' = mood from people
select id from people where lower(name) = lower(nick)
