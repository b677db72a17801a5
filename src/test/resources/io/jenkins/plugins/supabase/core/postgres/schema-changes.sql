-- One change a line: each must be seen by pg_dump and by SchemaState alike.
CREATE TABLE public.t (a integer, b text)
ALTER TABLE public.t ADD COLUMN c date
ALTER TABLE public.t DROP COLUMN b
ALTER TABLE public.t ADD COLUMN b text
ALTER TABLE app.people ALTER COLUMN name DROP NOT NULL
ALTER TABLE app.people ALTER COLUMN name SET DEFAULT 'somebody'
ALTER TABLE app.people ALTER COLUMN name DROP DEFAULT
ALTER TABLE app.people ALTER COLUMN name TYPE varchar(200)
ALTER TABLE app.people ALTER COLUMN name TYPE varchar(300)
ALTER TABLE app.people ALTER COLUMN name TYPE varchar(300) COLLATE "C"
ALTER TABLE app.people ALTER COLUMN name SET STORAGE EXTERNAL
ALTER TABLE app.people ALTER COLUMN name SET COMPRESSION pglz
ALTER TABLE app.people ALTER COLUMN name SET STATISTICS 50
ALTER TABLE app.people ALTER COLUMN name SET (n_distinct = 7)
ALTER TABLE app.people ALTER COLUMN id SET GENERATED ALWAYS
ALTER TABLE app.people ALTER COLUMN id SET INCREMENT BY 5
ALTER TABLE app.people ALTER COLUMN doubled DROP EXPRESSION
ALTER TABLE app.people RENAME COLUMN mood TO feeling
ALTER TABLE app.people ENABLE ROW LEVEL SECURITY
ALTER TABLE app.people FORCE ROW LEVEL SECURITY
ALTER TABLE app.people REPLICA IDENTITY FULL
ALTER TABLE app.people REPLICA IDENTITY USING INDEX people_pkey
ALTER TABLE app.people CLUSTER ON people_pkey
ALTER TABLE app.people SET (fillfactor = 70)
ALTER TABLE app.people SET (toast.autovacuum_enabled = false)
ALTER TABLE app.base SET UNLOGGED
ALTER TABLE app.people OWNER TO schema_reader
ALTER TABLE app.posts DROP CONSTRAINT body_not_empty
ALTER TABLE app.posts ADD CONSTRAINT body_not_empty CHECK (body <> '') NOT VALID
ALTER TABLE app.posts VALIDATE CONSTRAINT body_not_empty
ALTER TABLE app.posts RENAME CONSTRAINT body_not_empty TO body_is_there
ALTER TABLE app.posts ALTER CONSTRAINT posts_author_fkey DEFERRABLE
ALTER TABLE app.posts ADD UNIQUE (body)
ALTER TABLE app.posts ADD EXCLUDE USING btree (id WITH =)
CREATE UNIQUE INDEX posts_lower ON app.posts (lower(body)) WHERE author IS NOT NULL
ALTER INDEX app.posts_lower SET (fillfactor = 50)
ALTER INDEX app.posts_lower ALTER COLUMN 1 SET STATISTICS 30
DROP INDEX app.posts_author
CREATE OR REPLACE VIEW app.names AS SELECT id, name FROM app.base WHERE id > 1
ALTER VIEW app.names SET (security_invoker = true)
ALTER VIEW app.names ALTER COLUMN name SET DEFAULT 'x'
DROP MATERIALIZED VIEW app.counts
CREATE MATERIALIZED VIEW app.counts AS SELECT count(*) + 1 AS n FROM app.people
ALTER SEQUENCE app.numbers INCREMENT BY 2
ALTER SEQUENCE app.numbers MAXVALUE 1000 CYCLE
ALTER SEQUENCE app.numbers AS integer
ALTER SEQUENCE app.numbers OWNED BY app.posts.id
CREATE OR REPLACE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n + n'
ALTER FUNCTION app.twice(integer) STABLE
ALTER FUNCTION app.twice(integer) SECURITY DEFINER
ALTER FUNCTION app.twice(integer) SET search_path = ''
ALTER FUNCTION app.twice(integer) COST 7
ALTER FUNCTION app.twice(integer) OWNER TO schema_reader
CREATE FUNCTION app.twice(n bigint) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT n * 2; END
CREATE OR REPLACE PROCEDURE app.nothing() LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE AGGREGATE app.total(integer) (sfunc = app.add, stype = integer, initcond = '1')
CREATE OPERATOR app.<-> (leftarg = integer, rightarg = integer, function = app.add, commutator = OPERATOR(app.<->))
CREATE OPERATOR FAMILY app.family USING btree
CREATE CAST (app.mood AS xml) WITH INOUT
ALTER TABLE app.people DISABLE TRIGGER touch
DROP TRIGGER touch ON app.people
CREATE TRIGGER touch AFTER UPDATE OF name ON app.people FOR EACH ROW WHEN (old.id > 3) EXECUTE FUNCTION app.touch()
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON app.posts DEFERRABLE FOR EACH ROW EXECUTE FUNCTION app.touch()
ALTER TABLE app.base DISABLE RULE quiet
DROP RULE quiet ON app.base
ALTER POLICY own ON app.people USING (id > 2)
ALTER POLICY own ON app.people TO schema_reader
CREATE POLICY writer ON app.people AS RESTRICTIVE FOR INSERT WITH CHECK (name <> '')
ALTER TYPE app.mood ADD VALUE 'angry' BEFORE 'ok'
ALTER TYPE app.mood RENAME VALUE 'sad' TO 'blue'
ALTER TYPE app.point ADD ATTRIBUTE z integer
ALTER TYPE app.point ALTER ATTRIBUTE z TYPE bigint
COMMENT ON COLUMN app.point.z IS 'height'
ALTER DOMAIN app.posint SET DEFAULT 1
ALTER DOMAIN app.posint DROP DEFAULT
ALTER DOMAIN app.posint ADD CONSTRAINT small CHECK (VALUE < 200) NOT VALID
CREATE TYPE app.wide AS RANGE (subtype = numeric, multirange_type_name = app.wides)
ALTER STATISTICS app.name_mood SET STATISTICS 40
DROP STATISTICS app.name_mood
CREATE STATISTICS app.name_mood (ndistinct) ON name, feeling FROM app.people
ALTER PUBLICATION feed ADD TABLE app.posts (id) WHERE (id > 5)
ALTER PUBLICATION feed SET (publish = 'insert')
CREATE PUBLICATION whole FOR TABLES IN SCHEMA public
ALTER PUBLICATION feed DROP TABLE app.posts
ALTER EVENT TRIGGER watch DISABLE
DROP EVENT TRIGGER watch
ALTER SERVER far OPTIONS (ADD host 'example.org')
ALTER FOREIGN TABLE app.remote OPTIONS (ADD name 'x')
ALTER FOREIGN TABLE app.remote ALTER COLUMN id OPTIONS (ADD name 'y')
CREATE USER MAPPING FOR schema_reader SERVER far
ALTER TEXT SEARCH CONFIGURATION app.words DROP MAPPING FOR email
CREATE TEXT SEARCH DICTIONARY app.stem (template = snowball, language = english)
CREATE COLLATION app.french (provider = icu, locale = 'fr')
CREATE EXTENSION pg_trgm
ALTER EXTENSION citext SET SCHEMA app
DROP EXTENSION pg_trgm
COMMENT ON TABLE app.people IS 'persons'
COMMENT ON COLUMN app.people.name IS 'full'
COMMENT ON INDEX app.posts_lower IS 'quick'
COMMENT ON CONSTRAINT body_is_there ON app.posts IS 'why'
COMMENT ON FUNCTION app.twice(integer) IS 'doubles'
COMMENT ON SCHEMA app IS 'ours'
COMMENT ON POLICY own ON app.people IS 'mine'
COMMENT ON TABLE app.people IS NULL
GRANT SELECT ON app.heir TO schema_reader
GRANT SELECT ON app.posts TO PUBLIC
GRANT SELECT ON app.posts TO schema_reader WITH GRANT OPTION
GRANT UPDATE (body) ON app.posts TO schema_reader
REVOKE EXECUTE ON FUNCTION app.twice(integer) FROM PUBLIC
GRANT USAGE ON SEQUENCE app.numbers TO schema_reader
GRANT USAGE ON SCHEMA app TO schema_reader
GRANT USAGE ON TYPE app.point TO schema_reader
REVOKE USAGE ON TYPE app.mood FROM PUBLIC
GRANT USAGE ON FOREIGN SERVER far TO schema_reader
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO schema_reader
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC
CREATE TABLE app.parted_2027 PARTITION OF app.parted FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')
ALTER TABLE app.parted DETACH PARTITION app.parted_2026
ALTER TABLE app.parted ATTACH PARTITION app.parted_2026 FOR VALUES FROM ('2025-01-01') TO ('2027-01-01')
ALTER TABLE app.heir NO INHERIT app.base
ALTER TABLE app.heir INHERIT app.base
ALTER TABLE app.posts SET SCHEMA public
ALTER TABLE public.posts RENAME TO articles
ALTER SCHEMA app RENAME TO program
DROP TABLE public.t
REVOKE ALL ON SCHEMA public FROM PUBLIC
