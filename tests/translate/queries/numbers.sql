select id, qty + small, qty - 3, qty * 2, -qty, +small, qty % 7, small / 3, big / 7, abs(qty), mod(qty, 5) from sales
select id, qty / nullif(small, 0), qty % nullif(small, 0) from sales
select id, qty / (case when small = 0 then null else small end) from sales
select id, qty & 6, qty | 1, qty << 2, qty >> 1, ~qty from sales where qty >= 0
select id, price + rate, price - loose, price * rate, price + 1, price * 1.5, -price, qty - price from sales
select id, price / 3, rate / 7, price / nullif(rate, 0), qty / 3.0, price / nullif(qty, 0), big / 3.0 from sales
select id, price / nullif(price * 3, 0), (price + rate) / 7 from sales
select id, price % 7, rate % nullif(price, 0) from sales
select id, abs(price), round(price), round(rate, 2), round(price, -1), trunc(rate, 1), trunc(price) from sales
select id, floor(price), ceil(rate), ceiling(loose), sign(price), sign(qty) from sales
select id, floor(ratio), ceil(ratio), round(ratio), trunc(ratio), abs(ratio), sign(ratio) from sales
select id, ratio + 1, ratio * qty, ratio - price, ratio / 4, ratio / nullif(maybe, 0), -ratio, qty * 1.5::float8 from sales
select id, sqrt(abs(ratio)), power(ratio, 2), power(qty, 3), ratio ^ 2 from sales
select id, greatest(qty, small), least(qty, small), greatest(price, rate), least(price, 10) from sales
select id, greatest(qty, 3, 5), least(price, rate), greatest(ratio, maybe), greatest(kind, 'n') from sales
select id, coalesce(small, 0), coalesce(rate, 0), coalesce(rate, price, 1.5), coalesce(maybe, 0), coalesce(maybe, price) from sales
select id, nullif(qty, 3), nullif(price, 50), nullif(price, rate), nullif(kind, 'new'), nullif(loose, 0) from sales
select id, case when qty > 3 then 1 when qty > 0 then 2.5 else 0 end, case when qty > 0 then price else 0 end from sales
select id, case qty when 1 then 'one' when 2 then 'two' else kind end, case price when 50 then 1 else 0 end from sales
select id, case when qty > 3 then ratio else 1 end, case when qty > 0 then 1 end from sales
select id, qty::numeric, qty::float8, price::int, price::float8, price::numeric(12, 1), rate::numeric(8, 2), qty::text from sales
select id, ratio::int, ratio::numeric, ratio::numeric(10, 2), maybe::bigint from sales where abs(ratio) < 1e6
select id, (price * 1.1)::numeric(12, 2), price::text, (qty > 3)::int, qty::boolean, '12'::int + qty from sales
select id, '1.50'::numeric, '1.505'::numeric(6, 2), numeric '7', '0.1'::float8, 1e3, 1e-3, .5 from sales
select id, (qty + small) * 2 - 1 as x, 2 * (3 + qty) from sales
select id, ((price)), (price * qty)::numeric(14, 2) from sales
select id, '42'::text::int, ' 7 '::text::bigint, '1.5'::text::numeric, 'yes'::text::boolean from sales
select id, qty + 1 as a, price + 1 as b from sales order by b, a, id
