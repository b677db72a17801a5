package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything of an environment that a deployment may change, to be compared. */
record EnvironmentImage(
        SchemaState schema,
        List<String> rows,
        Map<Section, String> config,
        Map<String, String> buckets,
        Map<String, String> functions) {
    static EnvironmentImage of(DeployFixture app) throws Exception {
        Map<String, String> functions = new TreeMap<>();
        app.project.functions().live().forEach(function ->
                functions.put(function.slug(), function.ezbrSha256() + " " + function.status()));
        Map<String, String> buckets = new TreeMap<>();
        app.project.buckets().names().forEach(bucket -> buckets.put(
                bucket,
                app.project.buckets().setting(bucket, "public") + " "
                        + app.project.buckets().setting(bucket, "file_size_limit")));
        Map<Section, String> config = Arrays.stream(Section.values())
                .collect(Collectors.toMap(
                        section -> section,
                        section -> app.project.config().section(section).toString(),
                        (one, other) -> one,
                        TreeMap::new));
        try (Connection connection = app.database.connect()) {
            return new EnvironmentImage(SchemaState.read(connection), rows(app), config, buckets, functions);
        }
    }

    private static List<String> rows(DeployFixture app) throws Exception {
        List<String> rows = new ArrayList<>();
        for (String table : app.database.query("select tablename from pg_tables where schemaname = 'public' order by 1")) {
            rows.addAll(app.database.query("select '" + table + ' ' + "' || t::text from public." + table + " t order by 1"));
        }
        rows.addAll(app.history());
        return rows;
    }
}
