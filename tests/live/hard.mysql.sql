create table a (id bigint unsigned auto_increment primary key, b_id int, name varchar(200) character set latin1 collate latin1_swedish_ci default 'it''s CHARACTER SET utf8mb4 DEFAULT NULL' comment 'x AUTO_INCREMENT=3 ''q'' , DEFAULT NULL', bits bit(5) default b'101', e enum('a,b','it''s','(') not null default 'it''s', s set('x','y') default 'x,y', ts timestamp null default null on update current_timestamp, d decimal(8,3) unsigned zerofill, g int generated always as (b_id * 2) stored, v varchar(240) as (concat(name, ')')) virtual, t text, fulltext key ft (t), key pre (t(10), b_id desc), hid int invisible default 3, `odd``name` int, key `k``ey` (`odd``name`), dt datetime(3) default current_timestamp(3), j json, bl tinyblob, vb varbinary(9) default 'ab', y year default 2020, tm time(2), bo boolean not null default true, check (b_id > 0 and name <> 'CHARACTER SET latin1'), constraint named check (d < 100)) auto_increment=50 comment='it''s ENGINE=InnoDB COLLATE=x';
create table b (id int primary key, a_id bigint unsigned not null, self int, c int, constraint b_a foreign key (a_id) references a (id) on delete cascade on update cascade, foreign key (self) references b (id) on delete set null);
alter table a add constraint a_b foreign key (b_id) references b (id);
create table m (id int primary key) engine=MyISAM default charset=latin1;
create table parts (id int not null, y int not null, primary key (id, y)) partition by range (y) (partition p0 values less than (10), partition p1 values less than maxvalue);
create function zz(n int) returns int deterministic return n + 1;
create function yy(n int) returns varchar(20) character set utf8mb4 deterministic begin declare r int default 0; if n > 1 then set r = zz(n); end if; return concat(r, ';', 'DEFINER=x'); end;
create view w2 as select id, upper(name) as n, yy(b_id) as z from a where name <> 'w1' with check option;
create algorithm=merge sql security invoker view w1 as select n, count(*) as c from w2 group by n;
create trigger tr1 before insert on a for each row begin if new.name = ';' then set new.name = 'x'; end if; end;
create trigger tr2 before insert on a for each row follows tr1 set new.hid = 4;
create procedure pp(in x int) begin select x; end
