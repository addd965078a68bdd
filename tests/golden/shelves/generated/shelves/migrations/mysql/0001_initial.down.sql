drop table books;
drop table shelves;
