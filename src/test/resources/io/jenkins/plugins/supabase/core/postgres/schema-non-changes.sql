-- One a line, from the untouched schema on: neither pg_dump nor SchemaState may see any of these.
INSERT INTO app.people (name) VALUES ('Ada')
ANALYZE app.people
VACUUM FULL app.people
REINDEX TABLE app.people
SELECT nextval('app.numbers')
GRANT SELECT ON app.posts TO schema_reader; REVOKE SELECT ON app.posts FROM schema_reader
REVOKE EXECUTE ON FUNCTION app.twice(integer) FROM PUBLIC; GRANT EXECUTE ON FUNCTION app.twice(integer) TO PUBLIC
DROP INDEX app.posts_author; CREATE INDEX posts_author ON app.posts (author)
DROP VIEW app.names; CREATE VIEW app.names AS SELECT id, name FROM app.base
ALTER TABLE app.posts ADD COLUMN gone text; ALTER TABLE app.posts DROP COLUMN gone
ALTER TABLE app.people RENAME TO other; ALTER TABLE app.other RENAME TO people
DROP TABLE app.posts; CREATE TABLE app.posts (id integer PRIMARY KEY, author bigint REFERENCES app.people, body text, CONSTRAINT body_not_empty CHECK (body <> '')); CREATE INDEX posts_author ON app.posts (author)
REFRESH MATERIALIZED VIEW app.counts
ALTER TABLE app.posts ALTER COLUMN body TYPE text
CREATE TEMPORARY TABLE scratch (id integer)
