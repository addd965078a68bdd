drop table gaps;
drop table samples;
