--: common
-- What every question below begins with. A schema is the platform's when the Supabase CLI leaves it out of dumps; of what
-- lies in those only policies and triggers that somebody attached to their tables belong to the application.
WITH ns AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl, n.nspname ~ '{platform}' AS platform
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'supabase_delivery')
), member AS (
    SELECT e.classid, e.objid FROM pg_catalog.pg_depend e WHERE e.deptype = 'e'
), rel AS (
    SELECT c.oid, c.relkind, c.relname, n.nspname, n.platform,
           NOT n.platform AND NOT EXISTS (
               SELECT FROM member e WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid) AS own,
           CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
                          WHEN 'f' THEN 'foreign table ' WHEN 'c' THEN 'type ' ELSE 'table ' END
               || pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity
    FROM pg_catalog.pg_class c JOIN ns n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
)

--: schemas
SELECT pg_catalog.format('schema %I', n.nspname) AS identity,
       ROW(pg_catalog.pg_get_userbyid(n.nspowner))::text AS definition,
       'pg_catalog.pg_namespace'::regclass AS class, n.oid, 0 AS subid,
       n.nspacl AS acl, pg_catalog.acldefault('n', n.nspowner) AS acldefault
FROM ns n
WHERE NOT n.platform
  AND NOT EXISTS (SELECT FROM member e WHERE e.classid = 'pg_catalog.pg_namespace'::regclass AND e.objid = n.oid)

--: relations
SELECT r.identity,
       ROW(r.relkind, pg_catalog.pg_get_userbyid(c.relowner), c.relpersistence, c.relreplident, c.relrowsecurity,
           c.relforcerowsecurity, (SELECT a.amname FROM pg_catalog.pg_am a WHERE a.oid = c.relam),
           (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace),
           (SELECT pg_catalog.array_agg(o ORDER BY o COLLATE "C") FROM pg_catalog.unnest(c.reloptions) o),
           (SELECT t.reloptions FROM pg_catalog.pg_class t WHERE t.oid = c.reltoastrelid),
           CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END,
           CASE WHEN r.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
           CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
           CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
           h.parents, f.server, f.ftoptions, q.definition, q.owned)::text AS definition,
       'pg_catalog.pg_class'::regclass AS class, c.oid, 0 AS subid,
       c.relacl AS acl,
       pg_catalog.acldefault(CASE r.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner) AS acldefault
FROM rel r JOIN pg_catalog.pg_class c ON c.oid = r.oid
LEFT JOIN (
    SELECT i.inhrelid, pg_catalog.array_agg(p.identity ORDER BY i.inhseqno) AS parents
    FROM pg_catalog.pg_inherits i JOIN rel p ON p.oid = i.inhparent GROUP BY i.inhrelid) h ON h.inhrelid = c.oid
LEFT JOIN (
    SELECT t.ftrelid, s.srvname AS server, t.ftoptions
    FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver) f ON f.ftrelid = c.oid
LEFT JOIN (
    SELECT s.seqrelid,
           ROW(pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache,
               s.seqcycle)::text AS definition,
           o.owned
    FROM pg_catalog.pg_sequence s
    LEFT JOIN (
        SELECT d.objid, min(ROW(d.deptype, p.identity, a.attname)::text) AS owned
        FROM pg_catalog.pg_depend d
        JOIN rel p ON p.oid = d.refobjid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
          AND d.deptype IN ('a', 'i')
        GROUP BY d.objid) o ON o.objid = s.seqrelid) q ON q.seqrelid = c.oid
WHERE r.own AND r.relkind <> 'c'

--: columns
SELECT r.identity || pg_catalog.format(' / column %I', a.attname) AS identity,
       ROW(pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid), l.collation, a.attstorage, {compression},
           coalesce(a.attstattarget, -1), a.attoptions, a.attfdwoptions, a.attislocal)::text AS definition,
       'pg_catalog.pg_class'::regclass AS class, a.attrelid AS oid, a.attnum::int AS subid,
       a.attacl AS acl, NULL::aclitem[] AS acldefault
FROM rel r
JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN (
    SELECT o.oid, pg_catalog.format('%I.%I', n.nspname, o.collname) AS collation
    FROM pg_catalog.pg_collation o JOIN pg_catalog.pg_namespace n ON n.oid = o.collnamespace
) l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
WHERE r.own AND r.relkind <> 'S'

--: column order
SELECT r.identity || ' / columns' AS identity,
       pg_catalog.array_agg(a.attname ORDER BY a.attnum)::text AS definition,
       'pg_catalog.pg_class'::regclass AS class, r.oid, -1 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.own AND r.relkind <> 'S' GROUP BY r.identity, r.oid

--: constraints
SELECT coalesce(r.identity, pg_catalog.format('type %I.%I', n.nspname, t.typname))
           || pg_catalog.format(' / constraint %I', o.conname) AS identity,
       ROW(o.contype, pg_catalog.pg_get_constraintdef(o.oid), o.conislocal, o.convalidated)::text AS definition,
       'pg_catalog.pg_constraint'::regclass AS class, o.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM pg_catalog.pg_constraint o
JOIN ns n ON n.oid = o.connamespace
LEFT JOIN rel r ON r.oid = o.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = o.contypid
WHERE o.contype <> 't' AND (r.own OR o.contypid <> 0 AND NOT n.platform AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = o.contypid))

--: indexes
SELECT r.identity || pg_catalog.format(' / index %I', c.relname) AS identity,
       ROW(pg_catalog.pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident,
           (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace),
           (SELECT pg_catalog.array_agg(ROW(a.attnum, a.attstattarget)::text ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0))::text AS definition,
       'pg_catalog.pg_class'::regclass AS class, c.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r
JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE r.own

--: triggers
SELECT r.identity || pg_catalog.format(' / trigger %I', t.tgname) AS identity,
       ROW(pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled)::text AS definition,
       'pg_catalog.pg_trigger'::regclass AS class, t.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r
JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
LEFT JOIN ns f ON f.oid = p.pronamespace
WHERE NOT t.tgisinternal AND (r.own OR NOT f.platform)

--: rules
SELECT r.identity || pg_catalog.format(' / rule %I', w.rulename) AS identity,
       ROW(pg_catalog.pg_get_ruledef(w.oid), w.ev_enabled)::text AS definition,
       'pg_catalog.pg_rewrite'::regclass AS class, w.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
WHERE r.own AND (w.rulename <> '_RETURN' OR r.relkind NOT IN ('v', 'm'))

--: policies
SELECT r.identity || pg_catalog.format(' / policy %I', p.polname) AS identity,
       ROW(p.polcmd, p.polpermissive,
           (SELECT pg_catalog.array_agg(CASE u.oid WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(u.oid)::text END
                                        ORDER BY pg_catalog.pg_get_userbyid(u.oid)::text COLLATE "C")
            FROM pg_catalog.unnest(p.polroles) u(oid)),
           pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
       )::text AS definition,
       'pg_catalog.pg_policy'::regclass AS class, p.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
WHERE r.nspname <> 'cron' OR p.polname NOT LIKE 'cron\_job\_%'

--: functions
SELECT CASE p.prokind WHEN 'a' THEN 'aggregate ' WHEN 'p' THEN 'procedure ' ELSE 'function ' END
           || pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes)) AS identity,
       ROW(pg_catalog.pg_get_userbyid(p.proowner),
           CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END,
           (SELECT ROW(pg_catalog.pg_get_function_arguments(p.oid), p.proparallel, g.aggkind, g.aggnumdirectargs,
                       g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn,
                       g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify,
                       g.aggmfinalmodify, g.aggsortop::regoperator, pg_catalog.format_type(g.aggtranstype, NULL),
                       g.aggtransspace, pg_catalog.format_type(g.aggmtranstype, NULL), g.aggmtransspace, g.agginitval,
                       g.aggminitval)::text
            FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid))::text AS definition,
       'pg_catalog.pg_proc'::regclass AS class, p.oid, 0 AS subid,
       p.proacl AS acl, pg_catalog.acldefault('f', p.proowner) AS acldefault
FROM pg_catalog.pg_proc p JOIN ns n ON n.oid = p.pronamespace AND NOT n.platform
WHERE NOT EXISTS (SELECT FROM member e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid)
  -- Made together with a range type.
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i
                  WHERE i.classid = 'pg_catalog.pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')

--: types
SELECT pg_catalog.format('type %I.%I', n.nspname, t.typname) AS identity,
       ROW(t.typtype, pg_catalog.pg_get_userbyid(t.typowner), t.typnotnull, t.typdefault,
           CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
           CASE WHEN t.typcollation <> coalesce(b.typcollation, 0) THEN pg_catalog.pg_describe_object(
               'pg_catalog.pg_collation'::regclass, t.typcollation, 0) END,
           (SELECT pg_catalog.array_agg(v.enumlabel ORDER BY v.enumsortorder)
            FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid),
           (SELECT pg_catalog.array_agg(ROW(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.attcollation <> y.typcollation THEN pg_catalog.pg_describe_object(
                           'pg_catalog.pg_collation'::regclass, a.attcollation, 0) END)::text ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
            WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
           (SELECT ROW(pg_catalog.format_type(g.rngsubtype, NULL), g.rngcollation::regcollation,
                       pg_catalog.pg_describe_object('pg_catalog.pg_opclass'::regclass, g.rngsubopc, 0),
                       g.rngcanonical, g.rngsubdiff)::text
            FROM pg_catalog.pg_range g WHERE g.rngtypid = t.oid),
           CASE WHEN t.typtype = 'b' THEN ROW(t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout,
               t.typanalyze, t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdelim,
               t.typelem::regtype)::text END)::text AS definition,
       'pg_catalog.pg_type'::regclass AS class, t.oid, 0 AS subid,
       t.typacl AS acl, pg_catalog.acldefault('T', t.typowner) AS acldefault
FROM pg_catalog.pg_type t
JOIN ns n ON n.oid = t.typnamespace AND NOT n.platform
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.typtype IN ('e', 'd', 'r', 'c', 'b', 'p') AND (t.typrelid = 0 OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  AND NOT EXISTS (SELECT FROM member e WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid)

--: composite attributes
SELECT r.identity || pg_catalog.format(' / attribute %I', a.attname) AS identity, NULL::text AS definition,
       'pg_catalog.pg_class'::regclass AS class, r.oid, a.attnum::int AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM rel r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.own AND r.relkind = 'c'

--: statistics
SELECT pg_catalog.format('statistics %I.%I', n.nspname, s.stxname) AS identity,
       ROW(pg_catalog.pg_get_statisticsobjdef(s.oid), coalesce(s.stxstattarget, -1),
           pg_catalog.pg_get_userbyid(s.stxowner))::text AS definition,
       'pg_catalog.pg_statistic_ext'::regclass AS class, s.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM pg_catalog.pg_statistic_ext s JOIN ns n ON n.oid = s.stxnamespace AND NOT n.platform

--: others in schemas
SELECT o.kind || ' ' || (pg_catalog.pg_identify_object(o.class, o.oid, 0)).identity AS identity,
       ROW(o.definition, pg_catalog.pg_get_userbyid(o.owner))::text AS definition,
       o.class::regclass AS class, o.oid, 0 AS subid,
       NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
FROM (
    SELECT 'operator' AS kind, 'pg_catalog.pg_operator'::regclass::oid AS class, o.oid, o.oprnamespace AS namespace,
           o.oprowner AS owner,
           ROW(o.oprresult::regtype, o.oprcanmerge, o.oprcanhash, o.oprcode, o.oprcom::regoperator,
               o.oprnegate::regoperator, o.oprrest, o.oprjoin)::text AS definition
    FROM pg_catalog.pg_operator o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator class', 'pg_catalog.pg_opclass'::regclass, o.oid, o.opcnamespace, o.opcowner,
           ROW(o.opcintype::regtype, o.opcdefault, o.opckeytype::regtype,
               pg_catalog.pg_describe_object('pg_catalog.pg_opfamily'::regclass, o.opcfamily, 0))::text
    FROM pg_catalog.pg_opclass o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator family', 'pg_catalog.pg_opfamily'::regclass, f.oid, f.opfnamespace, f.opfowner,
           ROW((SELECT pg_catalog.array_agg(ROW(o.amopstrategy, o.amoppurpose, o.amopopr::regoperator)::text
                       ORDER BY o.amopstrategy, o.amopopr::regoperator::text COLLATE "C")
                FROM pg_catalog.pg_amop o WHERE o.amopfamily = f.oid),
               (SELECT pg_catalog.array_agg(ROW(o.amprocnum, o.amproc::regprocedure)::text
                       ORDER BY o.amprocnum, o.amproc::regprocedure::text COLLATE "C")
                FROM pg_catalog.pg_amproc o WHERE o.amprocfamily = f.oid))::text
    FROM pg_catalog.pg_opfamily f WHERE f.oid >= 16384
    UNION ALL
    SELECT 'collation', 'pg_catalog.pg_collation'::regclass, c.oid, c.collnamespace, c.collowner,
           (pg_catalog.to_jsonb(c) - '{oid,collnamespace,collowner,collversion,collencoding}'::text[])::text
    FROM pg_catalog.pg_collation c WHERE c.oid >= 16384
    UNION ALL
    SELECT 'conversion', 'pg_catalog.pg_conversion'::regclass, c.oid, c.connamespace, c.conowner,
           ROW(c.conforencoding, c.contoencoding, c.conproc, c.condefault)::text
    FROM pg_catalog.pg_conversion c WHERE c.oid >= 16384
    UNION ALL
    SELECT 'text search configuration', 'pg_catalog.pg_ts_config'::regclass, c.oid, c.cfgnamespace, c.cfgowner,
           ROW((SELECT pg_catalog.format('%I.%I', n.nspname, p.prsname) FROM pg_catalog.pg_ts_parser p
                JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace WHERE p.oid = c.cfgparser),
               (SELECT pg_catalog.array_agg(ROW(m.maptokentype, m.mapseqno, m.mapdict::regdictionary)::text
                       ORDER BY m.maptokentype, m.mapseqno)
                FROM pg_catalog.pg_ts_config_map m WHERE m.mapcfg = c.oid))::text
    FROM pg_catalog.pg_ts_config c WHERE c.oid >= 16384
    UNION ALL
    SELECT 'text search dictionary', 'pg_catalog.pg_ts_dict'::regclass, d.oid, d.dictnamespace, d.dictowner,
           ROW(pg_catalog.pg_describe_object('pg_catalog.pg_ts_template'::regclass, d.dicttemplate, 0),
               d.dictinitoption)::text
    FROM pg_catalog.pg_ts_dict d WHERE d.oid >= 16384
    UNION ALL
    SELECT 'text search parser', 'pg_catalog.pg_ts_parser'::regclass, p.oid, p.prsnamespace, 0,
           ROW(p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)::text
    FROM pg_catalog.pg_ts_parser p WHERE p.oid >= 16384
    UNION ALL
    SELECT 'text search template', 'pg_catalog.pg_ts_template'::regclass, t.oid, t.tmplnamespace, 0,
           ROW(t.tmplinit, t.tmpllexize)::text
    FROM pg_catalog.pg_ts_template t WHERE t.oid >= 16384
) o
JOIN ns n ON n.oid = o.namespace AND NOT n.platform
WHERE NOT EXISTS (SELECT FROM member e WHERE e.classid = o.class AND e.objid = o.oid)

--: others
SELECT o.identity, o.definition, o.class::regclass AS class, o.oid, 0 AS subid, o.acl, o.acldefault
FROM (
    SELECT pg_catalog.format('extension %I', x.extname) AS identity,
           ROW(x.extversion, (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = x.extnamespace))::text
               AS definition,
           'pg_catalog.pg_extension'::regclass::oid AS class, x.oid,
           NULL::aclitem[] AS acl, NULL::aclitem[] AS acldefault
    FROM pg_catalog.pg_extension x WHERE x.oid >= 16384
    UNION ALL
    SELECT 'cast ' || pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL),
           ROW(c.castfunc::regprocedure, c.castcontext, c.castmethod)::text,
           'pg_catalog.pg_cast'::regclass, c.oid, NULL, NULL
    FROM pg_catalog.pg_cast c
    -- That of a range to its multirange is made with the type.
    WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i
        WHERE i.classid = 'pg_catalog.pg_cast'::regclass AND i.objid = c.oid AND i.deptype = 'i')
    UNION ALL
    SELECT pg_catalog.format('language %I', l.lanname),
           ROW(pg_catalog.pg_get_userbyid(l.lanowner), l.lanpltrusted, l.lanplcallfoid::regproc,
               l.laninline::regproc, l.lanvalidator::regproc)::text,
           'pg_catalog.pg_language'::regclass, l.oid, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
    FROM pg_catalog.pg_language l WHERE l.oid >= 16384
    UNION ALL
    SELECT pg_catalog.format('access method %I', a.amname), ROW(a.amtype, a.amhandler)::text,
           'pg_catalog.pg_am'::regclass, a.oid, NULL, NULL
    FROM pg_catalog.pg_am a WHERE a.oid >= 16384
    UNION ALL
    SELECT pg_catalog.format('transform for %s language %I', pg_catalog.format_type(t.trftype, NULL), l.lanname),
           ROW(t.trffromsql, t.trftosql)::text, 'pg_catalog.pg_transform'::regclass, t.oid, NULL, NULL
    FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON l.oid = t.trflang
    UNION ALL
    SELECT pg_catalog.format('foreign data wrapper %I', f.fdwname),
           ROW(pg_catalog.pg_get_userbyid(f.fdwowner), f.fdwhandler::regproc, f.fdwvalidator::regproc, {options:f.fdwoptions}
           )::text,
           'pg_catalog.pg_foreign_data_wrapper'::regclass, f.oid, f.fdwacl, pg_catalog.acldefault('F', f.fdwowner)
    FROM pg_catalog.pg_foreign_data_wrapper f
    UNION ALL
    SELECT pg_catalog.format('server %I', s.srvname),
           ROW(pg_catalog.pg_get_userbyid(s.srvowner), s.srvtype, s.srvversion,
               (SELECT f.fdwname FROM pg_catalog.pg_foreign_data_wrapper f WHERE f.oid = s.srvfdw), {options:s.srvoptions}
           )::text,
           'pg_catalog.pg_foreign_server'::regclass, s.oid, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
    FROM pg_catalog.pg_foreign_server s
    UNION ALL
    -- Its options are passwords, so that only its being there is told.
    SELECT pg_catalog.format('server %I / user mapping for %I', u.srvname, u.usename), '',
           'pg_catalog.pg_user_mapping'::regclass, u.umid, NULL, NULL
    FROM pg_catalog.pg_user_mappings u
    UNION ALL
    SELECT pg_catalog.format('event trigger %I', t.evtname),
           ROW(t.evtevent, pg_catalog.pg_get_userbyid(t.evtowner), t.evtfoid::regproc, t.evtenabled, t.evttags)::text,
           'pg_catalog.pg_event_trigger'::regclass, t.oid, NULL, NULL
    FROM pg_catalog.pg_event_trigger t
    JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
    JOIN ns n ON n.oid = p.pronamespace AND NOT n.platform
    UNION ALL
    SELECT pg_catalog.format('publication %I', p.pubname),
           ((pg_catalog.to_jsonb(p) - '{oid,pubowner}'::text[])
               || pg_catalog.jsonb_build_object('owner', pg_catalog.pg_get_userbyid(p.pubowner)))::text,
           'pg_catalog.pg_publication'::regclass, p.oid, NULL, NULL
    FROM pg_catalog.pg_publication p WHERE p.pubname NOT LIKE 'supabase\_realtime\_%'
    UNION ALL
    SELECT pg_catalog.format('publication %I / ', p.pubname) || r.identity,
           {publication}, 'pg_catalog.pg_publication_rel'::regclass, l.oid, NULL, NULL
    FROM pg_catalog.pg_publication_rel l
    JOIN pg_catalog.pg_publication p ON p.oid = l.prpubid AND p.pubname NOT LIKE 'supabase\_realtime\_%'
    JOIN rel r ON r.oid = l.prrelid AND NOT r.platform
    {publishedSchemas}
    UNION ALL
    SELECT pg_catalog.format('subscription %I', s.subname),
           ROW(pg_catalog.pg_get_userbyid(s.subowner), s.subenabled, s.subslotname, s.subpublications)::text,
           'pg_catalog.pg_subscription'::regclass, s.oid, NULL, NULL
    FROM pg_catalog.pg_subscription s
    WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
    UNION ALL
    SELECT 'default privileges of ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(d.defaclrole))
               || coalesce(' in schema ' || pg_catalog.quote_ident(n.nspname), '')
               || CASE d.defaclobjtype WHEN 'r' THEN ' on tables' WHEN 'S' THEN ' on sequences' WHEN 'f' THEN ' on functions'
                       WHEN 'T' THEN ' on types' WHEN 'n' THEN ' on schemas' ELSE ' on others' END,
           (SELECT pg_catalog.array_agg(i::text ORDER BY i::text COLLATE "C")::text
            FROM pg_catalog.unnest(d.defaclacl) i),
           'pg_catalog.pg_default_acl'::regclass, d.oid, NULL, NULL
    FROM pg_catalog.pg_default_acl d
    LEFT JOIN ns n ON n.oid = d.defaclnamespace
    WHERE (d.defaclnamespace = 0 OR NOT n.platform)
      AND pg_catalog.pg_get_userbyid(d.defaclrole) <> 'supabase_admin'
    UNION ALL
    SELECT 'security label on ' || l.objtype || ' ' || l.objname, ROW(l.provider, l.label)::text, l.classoid, l.objoid,
           NULL, NULL
    FROM pg_catalog.pg_seclabels l
    WHERE l.objnamespace IS NULL OR l.objnamespace IN (SELECT n.oid FROM ns n WHERE NOT n.platform)
) o
WHERE NOT EXISTS (SELECT FROM member e WHERE e.classid = o.class AND e.objid = o.oid)
