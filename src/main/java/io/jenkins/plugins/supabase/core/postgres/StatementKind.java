package io.jenkins.plugins.supabase.core.postgres;

import java.util.List;

/** What a statement means for the transaction that it would run in. Facts: PostgreSQL's manual, each command's notes. */
public enum StatementKind {
    /** Runs inside a transaction, or the server will say that it does not. */
    ORDINARY,
    /** Begins, ends or prepares a transaction. */
    TRANSACTION_CONTROL,
    /** Is refused by the server inside a transaction. */
    OUTSIDE_TRANSACTION,
    /** Wants a client that sends or takes rows. */
    COPY_STREAM;

    public static StatementKind of(SqlText.Piece statement) {
        if (isTransactionControl(statement)) {
            return TRANSACTION_CONTROL;
        }
        if (isOutsideTransaction(statement)) {
            return OUTSIDE_TRANSACTION;
        }
        List<String> words = statement.words();
        return statement.startsWith("COPY") && (words.contains("STDIN") || words.contains("STDOUT"))
                ? COPY_STREAM
                : ORDINARY;
    }

    /** @return whether the statement opens a transaction and asks for nothing special of it */
    public static boolean isPlainBegin(SqlText.Piece statement) {
        List<String> words = statement.words();
        return words.equals(List.of("BEGIN"))
                || words.equals(List.of("BEGIN", "WORK"))
                || words.equals(List.of("BEGIN", "TRANSACTION"))
                || words.equals(List.of("START", "TRANSACTION"));
    }

    public static boolean isPlainCommit(SqlText.Piece statement) {
        boolean commit = statement.startsWith("COMMIT") || statement.startsWith("END");
        String second = statement.word(1);
        return commit
                && (statement.words().size() == 1
                        || statement.words().size() == 2 && (second.equals("WORK") || second.equals("TRANSACTION")));
    }

    private static boolean isTransactionControl(SqlText.Piece statement) {
        return switch (statement.word(0)) {
            case "BEGIN", "COMMIT", "END", "ABORT" -> true;
            case "START", "PREPARE" -> statement.word(1).equals("TRANSACTION");
            case "ROLLBACK" -> {
                boolean noise = statement.word(1).equals("WORK") || statement.word(1).equals("TRANSACTION");
                yield !statement.word(noise ? 2 : 1).equals("TO");
            }
            default -> false;
        };
    }

    private static boolean isOutsideTransaction(SqlText.Piece statement) {
        List<String> words = statement.words();
        return switch (statement.word(0)) {
            case "VACUUM" -> true;
            case "CLUSTER" -> words.size() == 1 || words.equals(List.of("CLUSTER", "VERBOSE"));
            case "CREATE" -> statement.startsWith("CREATE", "INDEX", "CONCURRENTLY")
                    || statement.startsWith("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY")
                    || statement.startsWith("CREATE", "DATABASE")
                    || statement.startsWith("CREATE", "TABLESPACE");
            case "DROP" -> statement.startsWith("DROP", "INDEX", "CONCURRENTLY")
                    || statement.startsWith("DROP", "DATABASE")
                    || statement.startsWith("DROP", "TABLESPACE");
            case "REINDEX" -> words.contains("CONCURRENTLY")
                    || words.contains("DATABASE")
                    || words.contains("SYSTEM")
                    || words.contains("SCHEMA");
            case "ALTER" -> statement.startsWith("ALTER", "SYSTEM")
                    || statement.startsWith("ALTER", "TABLE")
                            && words.contains("DETACH")
                            && words.contains("PARTITION")
                            && words.contains("CONCURRENTLY");
            default -> false;
        };
    }
}
