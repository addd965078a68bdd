drop table articles;
drop table makers;
