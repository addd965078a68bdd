drop table loans;
drop table members;
