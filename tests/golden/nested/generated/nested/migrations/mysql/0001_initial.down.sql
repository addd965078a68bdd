drop table notes;
drop table `lines`;
drop table orders;
drop table customers;
