CREATE SCHEMA app;
CREATE TABLE app.authors (id bigint PRIMARY KEY, name text);
CREATE DOMAIN app.shelf AS text;
CREATE TABLE app.books (
    id bigint PRIMARY KEY, author bigint, title text NOT NULL, isbn varchar(20), price numeric(8, 2), pages integer,
    stock smallint, code char(5), meta json, created timestamp, place app.shelf, spare1 integer, spare2 integer);
CREATE INDEX books_title ON app.books (title);
CREATE INDEX books_isbn ON app.books (isbn);
CREATE INDEX books_stock ON app.books (stock);
CREATE TABLE app.reviews (id bigint PRIMARY KEY, book bigint REFERENCES app.books, body text, stars integer);
CREATE TABLE app.loans (id bigint PRIMARY KEY, book bigint, due date);
CREATE TABLE app.events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE app.events_2024 PARTITION OF app.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.events_2026 (id bigint, at date NOT NULL);
CREATE TABLE app.events_2027 (id bigint, at date NOT NULL
    CONSTRAINT in_2027 CHECK (at >= '2027-01-01' AND at < '2028-01-01'));
CREATE MATERIALIZED VIEW app.counts AS SELECT count(*) AS n FROM app.books;
CREATE UNIQUE INDEX counts_n ON app.counts (n);
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
