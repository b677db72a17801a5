package io.jenkins.plugins.supabase.core.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An ALTER TABLE taken apart. Facts: PostgreSQL's manual, ALTER TABLE. */
record AlterTable(TableName table, List<Words> actions) {
    private static final Set<String> SERIALS =
            Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL2", "SERIAL4", "SERIAL8");

    /** Functions in defaults that are not volatile, so that one value serves all rows. */
    private static final Set<String> STABLE = Set.of(
            "NOW", "TRANSACTION_TIMESTAMP", "STATEMENT_TIMESTAMP", "CURRENT_SETTING", "TO_TIMESTAMP", "MAKE_INTERVAL",
            "TIMEZONE", "LOWER", "UPPER", "ROW", "ARRAY", "VARCHAR", "CHAR", "NUMERIC", "DECIMAL",
            "JSONB_BUILD_OBJECT");

    static Optional<AlterTable> of(Words words) {
        if (!words.startsWith("ALTER", "TABLE")) {
            return Optional.empty();
        }
        int at = words.skip(2, "IF", "EXISTS", "ONLY");
        return words.name(at).map(table -> {
            int after = words.afterName(at);
            return new AlterTable(table, words.from(words.is(after, "*") ? after + 1 : after).parts());
        });
    }

    /** What one action asks for. */
    enum Kind {
        ADD_COLUMN, SERIAL_COLUMN, STORED_COLUMN, VOLATILE_COLUMN, REQUIRED_COLUMN,
        ADD_CHECK, ADD_FOREIGN_KEY, ADD_UNIQUE, ADD_OTHER, DROP_COLUMN, DROP_OTHER, TYPE, SET_NOT_NULL, DROP_NOT_NULL,
        RENAME_COLUMN, RENAME, REWRITE, DETACH, ATTACH, ENABLE_SECURITY, DISABLE_SECURITY, OTHER
    }

    static Kind kind(Words action) {
        if (action.size() == 0) {
            return Kind.OTHER;
        }
        return switch (action.at(0).text()) {
            case "ADD" -> addition(action);
            case "DROP" -> action.is(1, "CONSTRAINT") ? Kind.DROP_OTHER : Kind.DROP_COLUMN;
            case "ALTER" -> column(action);
            case "RENAME" -> renaming(action);
            case "SET" -> setting(action);
            case "DETACH" -> Kind.DETACH;
            case "ATTACH" -> Kind.ATTACH;
            case "ENABLE", "FORCE" -> action.is(1, "ROW") ? Kind.ENABLE_SECURITY : Kind.OTHER;
            case "DISABLE" -> action.is(1, "ROW") ? Kind.DISABLE_SECURITY : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private static Kind renaming(Words action) {
        if (action.is(1, "CONSTRAINT")) {
            return Kind.OTHER;
        }
        return action.is(1, "TO") ? Kind.RENAME : Kind.RENAME_COLUMN;
    }

    private static Kind setting(Words action) {
        if (action.is(1, "SCHEMA")) {
            return Kind.RENAME;
        }
        boolean rewrites = action.is(1, "LOGGED") || action.is(1, "UNLOGGED") || action.is(1, "TABLESPACE")
                || action.is(1, "ACCESS", "METHOD");
        return rewrites ? Kind.REWRITE : Kind.OTHER;
    }

    private static Kind column(Words action) {
        if (action.is(1, "CONSTRAINT")) {
            return Kind.OTHER;
        }
        int after = action.skip(1, "COLUMN") + 1;
        if (action.is(after, "TYPE") || action.is(after, "SET", "DATA", "TYPE")) {
            return Kind.TYPE;
        }
        if (action.is(after, "SET", "NOT", "NULL")) {
            return Kind.SET_NOT_NULL;
        }
        return action.is(after, "DROP", "NOT", "NULL") ? Kind.DROP_NOT_NULL : Kind.OTHER;
    }

    private static Kind addition(Words action) {
        int at = action.is(1, "CONSTRAINT") ? 3 : 1;
        if (action.is(at, "CHECK")) {
            return Kind.ADD_CHECK;
        }
        if (action.is(at, "FOREIGN", "KEY")) {
            return Kind.ADD_FOREIGN_KEY;
        }
        if (action.is(at, "UNIQUE") || action.is(at, "PRIMARY", "KEY") || action.is(at, "EXCLUDE")) {
            return Kind.ADD_UNIQUE;
        }
        return at == 3 ? Kind.ADD_OTHER : column(definition(action), action);
    }

    private static Kind column(Words definition, Words action) {
        boolean identity = definition.has("AS", "IDENTITY");
        if (identity || definition.size() > 1 && SERIALS.contains(definition.at(1).text())) {
            return Kind.SERIAL_COLUMN;
        }
        if (definition.has("STORED")) {
            return Kind.STORED_COLUMN;
        }
        if (isVolatile(definition)) {
            return Kind.VOLATILE_COLUMN;
        }
        boolean required = definition.has("NOT", "NULL") || definition.has("PRIMARY", "KEY");
        return required && !definition.has("DEFAULT") ? Kind.REQUIRED_COLUMN : Kind.ADD_COLUMN;
    }

    /** @return of ADD COLUMN, from the column's name on */
    static Words definition(Words action) {
        return action.from(action.skip(1, "COLUMN", "IF", "NOT", "EXISTS"));
    }

    private static boolean isVolatile(Words definition) {
        int at = definition.find("DEFAULT");
        int end = definition.find(at, "CHECK");
        for (int i = at + 1; at >= 0 && i + 1 < (end < 0 ? definition.size() : end); i++) {
            boolean call = definition.isName(i) && definition.is(i + 1, "(") && !definition.is(i, "REFERENCES");
            if (call && !STABLE.contains(definition.at(i).text())) {
                return true;
            }
        }
        return false;
    }
}
