-- byte order mark;
create table bom (id int);
