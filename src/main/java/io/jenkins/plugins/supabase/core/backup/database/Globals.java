package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * SQL that makes the roles which a server lacks, without passwords and never as superusers, with their memberships and
 * settings, and that sets what is set for the database. Roles that are there already stay as they are.
 */
final class Globals {
    private static final String ROLES =
            """
            SELECT pg_catalog.format('IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %L)'
                       || ' THEN CREATE ROLE %I WITH %s %s %s %s %s %s CONNECTION LIMIT %s;'
                       || ' made := made || %L::name; END IF;', rolname, rolname,
                   CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
                   CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                   CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
                   CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
                   CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
                   CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
                   rolconnlimit, rolname)
            FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname
            """;

    private static final String MEMBERSHIPS =
            """
            SELECT pg_catalog.format('IF %L = ANY (made) THEN GRANT %I TO %I%s; END IF;', m.rolname, g.rolname,
                m.rolname,
                   CASE WHEN a.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END)
            FROM pg_catalog.pg_auth_members a
            JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
            JOIN pg_catalog.pg_roles m ON m.oid = a.member
            WHERE m.rolname !~ '^pg_'
            GROUP BY g.rolname, m.rolname, a.admin_option ORDER BY g.rolname, m.rolname
            """;

    /** Values of settings that are lists of names are kept quoted already. */
    private static final String SETTINGS =
            """
            SELECT CASE WHEN r.rolname IS NULL
                   THEN pg_catalog.format('EXECUTE pg_catalog.format(%L, pg_catalog.current_database());',
                            'ALTER DATABASE %I SET ' || pg_catalog.replace(v.setting, '%', '%%'))
                   ELSE pg_catalog.format('IF %L = ANY (made) THEN ALTER ROLE %I SET %s; END IF;', r.rolname, r.rolname,
                            v.setting) END
            FROM pg_catalog.pg_db_role_setting s
            LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
            CROSS JOIN pg_catalog.unnest(s.setconfig) c(text)
            CROSS JOIN LATERAL (SELECT pg_catalog.split_part(c.text, '=', 1) AS name,
                                       pg_catalog.substr(c.text, pg_catalog.strpos(c.text, '=') + 1) AS value) p
            CROSS JOIN LATERAL (SELECT CASE WHEN p.value <> '' AND p.name IN ('search_path', 'temp_tablespaces',
                                    'local_preload_libraries', 'session_preload_libraries')
                                THEN pg_catalog.format('%s TO %s', p.name, p.value)
                                ELSE pg_catalog.format('%s TO %L', CASE WHEN p.name ~ '[.]' THEN (SELECT
                                    pg_catalog.string_agg(pg_catalog.quote_ident(w), '.' ORDER BY o)
                                    FROM pg_catalog.unnest(pg_catalog.string_to_array(p.name, '.')) WITH ORDINALITY
                                        u(w, o))
                                    ELSE pg_catalog.quote_ident(p.name) END, p.value) END AS setting) v
            WHERE s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database
                                        WHERE datname = pg_catalog.current_database()))
              AND (r.rolname IS NULL AND s.setdatabase <> 0 OR r.rolname !~ '^pg_' AND s.setdatabase = 0)
            ORDER BY 1
            """;

    private Globals() {}

    static String sql(Connection connection) throws SQLException {
        StringBuilder body = new StringBuilder("DECLARE made name[] := ARRAY[]::name[];\nBEGIN\n");
        for (String query : List.of(ROLES, MEMBERSHIPS, SETTINGS)) {
            Rows.texts(connection, query).forEach(line -> body.append(line).append('\n'));
        }
        body.append("END");
        return "SET standard_conforming_strings = on;\nDO '" + body.toString().replace("'", "''") + "';\n";
    }
}
