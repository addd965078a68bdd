drop table "order";
drop table class;
drop type "select";
