package io.jenkins.plugins.supabase.testing;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Drops the databases of a class of tests when all else of the class has ended; JUnit finds it by itself. */
public final class DatabasesOfClass implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        if (context.getEnclosingTestClasses().isEmpty()) {
            TestDatabase.dropAll();
        }
    }
}
