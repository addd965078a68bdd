drop table `order`;
drop table class;
