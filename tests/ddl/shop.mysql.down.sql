drop view order_totals;
drop table audit_log;
drop table employees, departments;
drop table order_lines;
drop table orders;
drop table products;
drop table customers;
