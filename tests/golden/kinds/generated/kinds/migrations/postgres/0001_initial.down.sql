drop table gaps;
drop table samples;
drop type mood;
