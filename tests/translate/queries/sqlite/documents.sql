select id, facts, facts -> 'a', facts -> 'c' -> 2, facts -> 'zz' from people
select id, json_object('id', id, 'name', name, 'active', active, 'none', null, 'born', born, 'facts', json(facts)) from people
select id, json_array(id, nick, verified, uid, 'x', 1, json_array(1, 2)), json_array() from people
select id, json_array_length(facts -> 'c'), json_array_length(facts) from people
select id from people where json_array_length(facts -> 'c') > 2
select kind, json_group_array(qty) from (select * from sales order by id) group by kind
select json_group_array(json_object('q', qty, 'k', kind)) from (select * from sales order by id)
select json_group_array(qty), json_group_object(kind, qty) from sales where id < 0
select json_group_object('k' || id, qty) from sales
select json('{"a": [1, 2]}'), json('[]')
select p.id, json_object('id', p.id, 'sales', json((select json_group_array(json_object('id', s.id, 'kind', s.kind, 'sold', s.sold)) from sales s where s.person = p.id))) from people p
select p.id, json_group_array(s.id) filter (where s.id is not null) from people p left join sales s on s.person = p.id and s.id < 9 group by p.id
select p.id, json_group_array(json_object('id', s.id)) filter (where s.qty > 3) as found from people p left join sales s on s.person = p.id and s.id < 9 group by p.id
select json_object('p', price, 'r', rate) from sales order by id
select p.id, json((select json_group_array(json_object('id', s.id, 'price', s.price)) from sales s where s.person = p.id)) from people p
