CREATE SCHEMA "Schéma ""x""";
CREATE EXTENSION hstore SCHEMA public;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine"');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$BEGIN NEW.changed := 'touched; by trigger'; RETURN NEW; END$f$;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE TABLE values_ (id bigint GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 7) PRIMARY KEY, gone int, f float8, r real,
    n numeric, b bytea, t text, j jsonb, js json, x xml, ts timestamptz, tz time with time zone, i interval, d date,
    u uuid, ip inet, m mood, ms mood[], p pair, ps pair[], pos positive, rng int4range, mr int4multirange, arr int[][],
    h hstore, tsv tsvector, bits bit varying, money money, pt point, doubled int GENERATED ALWAYS AS (twice(3)) STORED);
ALTER TABLE values_ DROP COLUMN gone;
ALTER TABLE values_ ADD COLUMN changed text DEFAULT 'later';
INSERT INTO values_ (f, r, n, b, t, j, js, x, ts, tz, i, d, u, ip, m, ms, p, ps, pos, rng, mr, arr, h, tsv, bits, money, pt) VALUES
    ('NaN', 'Infinity', 'NaN', '\x00ff5c0a', E'tab\there\nnewline \\N \\. backslash\\ ünï 🎉', '{"a": [1, null, "\u00e9"]}', '{"b" :  1}',
     '<a>é</a>', 'infinity', '24:00:00+02', '1 mon -3 days 04:05:06.000007', '-infinity', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
     '::1/64', 'it''s "fine"', '{sad,ok}', '(1,"a,""b")', ARRAY[(1,'x')::pair, NULL], 1, '[1,5)', '{[1,3),[7,9)}',
     '[0:1][2:3]={{1,2},{3,NULL}}', 'a=>1, b=>NULL', 'fat:2 cat', B'0101', 12.34, '(1,2)'),
    ('-Infinity', 1e-40, 1e100, '', '', 'null', 'null', NULL, '4713-01-01 BC', NULL, NULL, 'infinity', NULL, NULL, NULL, '{}', NULL, '{}', 2, 'empty',
     '{}', '{}', '', '', B'', -1, NULL),
    (1.0000000000000002, 3.4028235e38, 0.10, NULL, E'\\.', NULL, NULL, NULL, '294276-12-31 23:59:59.999999+00', NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE "Schéma ""x"""."Täbel 表; --" ("Column "" one" serial, "select" text, "a	tab" int);
INSERT INTO "Schéma ""x"""."Täbel 表; --" ("select", "a	tab") SELECT 'row ' || g, g FROM generate_series(1, 500) g;
CREATE TABLE "line
feed" (a int); INSERT INTO "line
feed" VALUES (1), (1), (1);
CREATE TABLE nothing (); INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES;
CREATE TABLE empty_ (a int);
CREATE UNLOGGED TABLE unlogged_ (a int); INSERT INTO unlogged_ VALUES (1);
CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
BEGIN; INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (2, 1); COMMIT;
CREATE TABLE self (id int PRIMARY KEY, parent int REFERENCES self); INSERT INTO self VALUES (1, 2), (2, 1);
CREATE TABLE measures (at date NOT NULL, v int, PRIMARY KEY (at, v)) PARTITION BY RANGE (at);
CREATE TABLE measures_1 PARTITION OF measures FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY HASH (v);
CREATE TABLE measures_1a PARTITION OF measures_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE measures_1b PARTITION OF measures_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE measures_d PARTITION OF measures DEFAULT;
INSERT INTO measures SELECT '2026-12-20'::date + g, g FROM generate_series(1, 40) g;
CREATE INDEX ON measures (v);
CREATE TABLE parent (a int); CREATE TABLE child (b int) INHERITS (parent); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 3);
CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM self; CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE VIEW of_values WITH (security_barrier) AS SELECT id, t FROM values_;
CREATE RULE ignore AS ON DELETE TO self DO INSTEAD NOTHING;
CREATE TRIGGER touch BEFORE INSERT ON values_ FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE self ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON self FOR SELECT TO nasty_reader USING (id > 0);
GRANT SELECT (id, t) ON values_ TO nasty_reader; GRANT USAGE ON SCHEMA public TO nasty_reader WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO nasty_reader;
CREATE INDEX part_ ON values_ (lower(t)) INCLUDE (f) WHERE t <> ''; CREATE STATISTICS st ON f, t FROM values_;
ALTER TABLE a REPLICA IDENTITY FULL; CLUSTER values_ USING values__pkey;
COMMENT ON TABLE a IS 'It''s a; comment -- with $$ all'; COMMENT ON COLUMN a.b IS E'line\nfeed';
CREATE SEQUENCE counting CYCLE MAXVALUE 3; SELECT nextval('counting'), nextval('counting');
CREATE SEQUENCE fresh START 5; CREATE SEQUENCE reset; SELECT setval('reset', 42, false);
SELECT lo_from_bytea(424242, decode(repeat('00ff27', 200000), 'hex')); SELECT lo_create(424243);
COMMENT ON LARGE OBJECT 424242 IS E'it''s\na \\ large one'; GRANT SELECT ON LARGE OBJECT 424242 TO nasty_reader;
CREATE PUBLICATION pub FOR TABLE a, b;
CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION noted();
CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY, email text); CREATE TABLE auth.schema_migrations (version text);
INSERT INTO auth.users VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'somebody@example.org'); INSERT INTO auth.schema_migrations VALUES ('1');
CREATE SCHEMA vault; CREATE TABLE vault.secrets (s text); INSERT INTO vault.secrets VALUES ('never backed up');
