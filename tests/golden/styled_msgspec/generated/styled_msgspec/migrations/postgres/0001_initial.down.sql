drop table articles;
drop table makers;
drop type size;
