package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the ledger, on a database whose owner grants everything to everybody by default. */
@Timeout(120)
class LedgerAccessTest {
    private static final String GRANTS =
            """
            select g.name || ': ' || coalesce(r.rolname, 'PUBLIC') || ' ' || g.privilege_type
            from (select 'schema' as name, a.* from pg_namespace n, aclexplode(n.nspacl) a
                  where n.nspname = 'supabase_delivery' and a.grantee <> n.nspowner
                  union all
                  select c.relname, a.* from pg_class c, aclexplode(c.relacl) a
                  where c.relnamespace = 'supabase_delivery'::regnamespace and a.grantee <> c.relowner
                  union all
                  select p.proname, a.* from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                  where p.pronamespace = 'supabase_delivery'::regnamespace and a.grantee <> p.proowner) g
            left join pg_roles r on r.oid = g.grantee
            order by 1
            """;

    private LedgerFixture fixture;
    private ConnectionSource owner;

    /** As Supabase's postgres role, which is no superuser; its default privileges are Supabase's and more. */
    @BeforeEach
    void prepare() throws SQLException {
        fixture = new LedgerFixture();
        try (Connection connection = fixture.database.connect()) {
            SupabaseRoles.prepare(connection);
        }
        fixture.database.execute("""
                do $$
                begin
                    create role ledger_owner login createrole createdb bypassrls;
                    create role ledger_auditor;
                exception when duplicate_object then null;
                end;
                $$;
                grant create on database %s to ledger_owner;
                alter default privileges for role ledger_owner
                    grant all on schemas to anon, authenticated, service_role, ledger_auditor, public;
                alter default privileges for role ledger_owner
                    grant all on tables to anon, authenticated, service_role, ledger_auditor, public;
                alter default privileges for role ledger_owner
                    grant all on sequences to anon, authenticated, service_role, ledger_auditor, public;
                alter default privileges for role ledger_owner
                    grant all on functions to anon, authenticated, service_role, ledger_auditor, public;
                """.formatted(fixture.database.name()));
        owner = () -> as("ledger_owner");
    }

    private Connection as(String role) throws SQLException {
        Connection connection = fixture.database.connect();
        execute(connection, "set session authorization " + role);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void shouldWorkWithoutASuperuserAndGrantNothingToAnybody() throws SQLException {
        try (Ledger ledger = Ledger.open(owner, LedgerFixture.LONG)) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            assertThat(ledger.ask(LedgerReader::current)).isPresent();
        }
        assertThat(fixture.database.query(GRANTS)).isEmpty();
        assertThat(fixture.database.query("select relname from pg_class where relkind = 'r' and not relrowsecurity"
                        + " and relnamespace = 'supabase_delivery'::regnamespace"))
                .as("tables without row level security")
                .isEmpty();
        assertThat(fixture.database.query("select proname from pg_proc where pronamespace ="
                        + " 'supabase_delivery'::regnamespace and (prosecdef or not proconfig::text like"
                        + " '%search_path%')"))
                .as("functions with the owner's rights, or without a search_path of their own")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anon", "authenticated", "service_role", "ledger_auditor"})
    void shouldBeInvisible(String role) throws SQLException {
        Ledger.open(owner).close();
        try (Connection connection = fixture.database.connect()) {
            execute(connection, "set role " + role);
            assertThatThrownBy(() -> execute(connection, "select * from supabase_delivery.deployments_current"))
                    .hasMessageContaining("permission denied for schema supabase_delivery");
            assertThatThrownBy(() -> execute(connection, "select supabase_delivery.deployment_digest(1)"))
                    .hasMessageContaining("permission denied for schema supabase_delivery");
        }
    }

    @Test
    void shouldKeepAnAuditorsRightsAndTheRolesOfTheApiOutWhenItIsUpgraded() throws SQLException {
        List<String> migrations = LedgerSchema.PLUGIN.migrations();
        try (Connection connection = as("ledger_owner")) {
            new LedgerSchema(migrations.subList(0, 1)).upgrade(connection);
            execute(connection, "grant usage on schema supabase_delivery to ledger_auditor, anon; grant select on"
                    + " supabase_delivery.releases to ledger_auditor, anon");
        }
        Ledger.open(owner).close();

        assertThat(fixture.database.query(GRANTS))
                .contains("schema: ledger_auditor USAGE", "releases: ledger_auditor SELECT")
                .noneMatch(grant -> grant.contains("anon") || grant.contains("PUBLIC"));
    }

    @Test
    void shouldLetAnAuditorReadAsTheDocumentationSays() throws SQLException, IOException {
        try (Ledger ledger = Ledger.open(owner, LedgerFixture.LONG)) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
        }
        try (Connection connection = as("ledger_owner")) {
            execute(connection, documented("do $grant$").replace("auditor", "ledger_auditor"));
        }
        try (Connection connection = fixture.database.connect()) {
            execute(connection, "set role ledger_auditor");

            assertThat(Ledger.read(connection).history(Long.MAX_VALUE, 10)).hasSize(1);
            Verification verification = LedgerVerifier.verify(connection, null);
            assertThat(verification.problems()).isEmpty();
            assertThat(verification.events()).isEqualTo(2);
            assertThatThrownBy(() -> execute(connection, "delete from supabase_delivery.steps"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void shouldGoAsTheDocumentationSays() throws SQLException, IOException {
        Ledger.open(owner).close();
        try (Connection connection = as("ledger_owner")) {
            execute(connection, documented("drop schema"));
            assertThat(Ledger.read(connection).exists()).isFalse();
        }
    }

    /** @return the SQL example of the documentation that begins so */
    private static String documented(String beginning) throws IOException {
        String page = Files.readString(Path.of("docs/ledger.md"));
        int start = page.indexOf("```sql\n" + beginning) + "```sql\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
