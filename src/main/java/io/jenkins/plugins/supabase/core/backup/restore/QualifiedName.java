package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Sql;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table or sequence, as the catalogue has it. */
record QualifiedName(String schema, String name) {
    private static final String QUOTED = "(U&)?\"((?:[^\"]|\"\")+)\"";
    private static final Pattern BOTH = Pattern.compile(QUOTED + "\\." + QUOTED);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|[0-9a-f]{4})");
    private static final int HEX = 16;

    /** @param quoted as backups write it: always quoted, and with control characters escaped */
    static QualifiedName parse(String quoted) {
        Matcher matcher = BOTH.matcher(quoted);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(quoted + " is no qualified name");
        }
        return new QualifiedName(
                plain(matcher.group(1), matcher.group(2)), plain(matcher.group(3), matcher.group(4)));
    }

    private static String plain(String escaped, String text) {
        String name = text.replace("\"\"", "\"");
        return escaped == null ? name : ESCAPE.matcher(name).replaceAll(QualifiedName::character);
    }

    private static String character(MatchResult escape) {
        String code = escape.group(1);
        return Matcher.quoteReplacement(
                code.equals("\\") ? code : String.valueOf((char) Integer.parseInt(code, HEX)));
    }

    String quoted() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    /** @return as people write it */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
