select id, qty + 1, qty - 2, qty * 3, -qty, +qty, qty + small, abs(qty), abs(maybe) from sales
select id, qty / 2, qty / 3, qty % 3, qty / small, qty % small, qty / 0, qty % (qty - qty) from sales
select id, ratio / 2, ratio / maybe, qty / 2.0, ratio * qty, ratio + 1, ratio - maybe, maybe / 0 from sales
select 7 / 2, -7 / 2, 7 % -3, -7 % 3, 7.0 / 2, 1 + 2 * 3, (1 + 2) * 3, 2 - (3 - 4), 10 / 4 * 2
select 2147483647 + 1, 65536 * 65536, 1 << 40, 255 >> 4, 6 & 3, 6 | 3, ~5
select id, qty & 7, qty | 1, id << 3, ~qty, big >> 3, (id & 1) = 1, id & 1 + 1 from sales
select id, round(ratio), round(maybe), round(qty), round(qty, 2), round(-2.5), round(2.5), round(0.5), round(-0.4) from sales
select id, floor(ratio), ceil(ratio), ceiling(maybe), floor(qty), trunc(ratio), sign(qty), sign(ratio) from sales
select id, sqrt(qty), sqrt(abs(ratio)), sqrt(4) from sales
select id, cast(ratio as integer), cast(qty as real), cast(qty as text), cast(active as integer), cast(name as text) from sales join people using (id)
select cast('12abc' as integer), cast('  -7' as integer), cast('x' as integer), cast('' as integer), cast(3.9 as integer), cast(-3.9 as int), cast(null as integer)
select id, cast(name as integer), cast(nick as integer) from people
select id from sales where qty * 2 > id and ratio + qty > 0 or qty - -1 = 2
select id, (qty > 0) + (qty > 5), (qty > 0) * 10, qty * (ratio > 0) from sales
select id, price, rate, max(price, rate) from sales where price > 0
select id, qty = 3, qty <> 3, qty < 3 = 0, qty in (1, 2) = 1 from sales
select length(name) * 1000000000 from people
select count(*) * 3 + 1, sum(qty) / count(*), sum(qty) * 1.0 / count(*), max(qty) - min(qty) from sales
