create table s1 (id serial, name text, key (name(10)));
create table s2 (id serial primary key, `order` int, `select` varchar(5), unique `u1` (`order`, `select`));
create table s3 (
    id bigint auto_increment key, v varchar(20) unique, w varchar(20) unique key comment 'w', x int check (x > 0),
    l int as (length(v)) virtual, fulltext key ft (v, w), constraint chk2 check (x < 5)
);
create table parent (a int, b varchar(10), c int not null, primary key (a, b), unique key (c));
create table child (
    id int not null auto_increment, pa int, pb varchar(10), pc int, primary key (id),
    constraint fk1 foreign key (pa, pb) references parent (a, b) on delete cascade,
    constraint fkx foreign key (pc) references parent (c) on delete set null
);
create table if not exists child (id int);
create table likes like s2;
create table made (extra int not null default 5, id bigint) select pa + 1 as more, id, pb from child;
alter table child drop foreign key fkx, drop foreign key fk1;
alter table child add column z1 int first, add column z2 varchar(5) not null after id, add (m1 int, m2 int not null),
    modify pb varchar(20), change pc pcc int null comment 'renamed', add key ix (z2), add unique key uq (z1);
alter table child alter column z2 set default 'q', drop index ix, drop column m2, rename column m1 to m11;
alter table child alter z2 drop default;
alter table s2 modify id bigint unsigned not null, drop primary key, add primary key (id);
alter table s1 engine=innodb, comment='changed', convert to character set utf8mb4;
alter table s3 rename to s33, add column late datetime;
alter table s33 rename index ft to ft2;
rename table s33 to s333, likes to liked;
create unique index ui on liked (`order`, id);
create index short on liked (`select`(3)) comment 'prefix';
drop index short on liked;
create view v1 as select id, z2 as name, pcc from child where id > 5;
create or replace algorithm=undefined sql security definer view v2 (x, n) as select id, count(*) from child group by id;
