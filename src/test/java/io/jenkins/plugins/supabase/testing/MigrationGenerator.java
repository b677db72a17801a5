package io.jenkins.plugins.supabase.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes migration files that PostgreSQL 15 accepts and that try a statement splitter: the same seed gives the same files.
 * What the Supabase CLI cuts wrongly is left out, as its push would fail.
 */
public final class MigrationGenerator {
    private final Random random;
    private final String prefix;
    private int objects;

    /** @param file number of the file, so that files of one database do not collide */
    public MigrationGenerator(long seed, int file) {
        this.random = new Random(seed * 1_000_003 + file);
        this.prefix = "g" + file + "_";
    }

    public String file() {
        List<String> statements = new ArrayList<>();
        int count = 1 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            statements.add(pick(producers()).get());
        }
        boolean wrapped = random.nextInt(25) == 0;
        if (wrapped) {
            statements.add(0, one("begin", "BEGIN TRANSACTION", "start  transaction"));
            statements.add(one("commit", "END", "commit work"));
        }
        StringBuilder sql = new StringBuilder(random.nextInt(30) == 0 ? "\uFEFF" : "");
        for (int i = 0; i < statements.size(); i++) {
            sql.append(trivia()).append(statements.get(i));
            boolean last = i == statements.size() - 1;
            sql.append(last ? one(";", ";\n", "", " ;;\n", "\n", "; ; \t;") : one(";", ";\n", " ;\n", "\n;\n", ";;\n"));
        }
        sql.append(random.nextBoolean() ? "" : ending());
        String text = sql.toString();
        return random.nextInt(6) == 0 ? text.replaceAll("(?<!\r)\n", "\r\n") : text;
    }

    private List<Supplier<String>> producers() {
        return List.of(
                this::table,
                this::insertion,
                this::strings,
                this::continuedStrings,
                this::identifiers,
                this::operators,
                this::doBlock,
                this::plpgsqlFunction,
                this::atomicFunction,
                this::quotedFunction,
                this::rule,
                this::comment,
                this::parentheses,
                this::emptyOrCommentOnly,
                this::wordsThatLookAlike);
    }

    private String table() {
        return "create table " + name() + " (id int primary key, " + gap() + " note text default "
                + one("'a;b'", "$$c;d$$", "E'e\\';f'", "'it''s; fine'") + gap() + ", \"odd; \"\"name\" int" + one("", " -- end; '\n")
                + ")";
    }

    private String insertion() {
        return "create table " + lastOf("t") + " as select * from (values (" + number() + ", " + string() + "), (" + number()
                + ", " + string() + ")) v(a, b)";
    }

    private String strings() {
        return "select " + string() + gap() + " as x, " + string() + ", " + one("n'ational;'", "b'1010'", "x'1F'", "u&'\\0061;\\\\'", "U&'d!0061;' uescape '!'");
    }

    private String continuedStrings() {
        return "select " + one("'first;'\n  'second;'", "E'first\\';'\n'sec\\'ond;'", "e'a\\\\'\r\n  -- comment; '\n  'b\\';'",
                "E'a' -- same line; '\n 'b\\';'", "'a\\'\n'b\\'", "E'tail\\\\' ", "E'\\\\\\'' || ';'");
    }

    private String identifiers() {
        return "create view " + name() + " as select 1 as " + one("\"semi;colon\"", "\"dq\"\"; in\"", "\"apo'strophe;\"", "\"ünï;cødé\"",
                "\"--no comment;\"", "\"/* none; */\"", "\"$$\"", "u&\"d\\0061t;a\"", "a$b$c", "тест");
    }

    private String operators() {
        return "select " + one("1 - -1", "5/2", "5 /-- c;\n 2", "4 *-- d;'\n 2", "'{\"a;\":1}'::jsonb ->> 'a;'", "2^3", "3 -/* ; */ 1", "6 /(2)",
                "'{}'::jsonb #>> '{a;}'", "array[1,2]::int[] @> array[1]", "1::text || $$;$$ || 'x'", "-1", "date'2020-01-01'", "- - 3");
    }

    private String doBlock() {
        String tag = tag();
        return "do " + one("", "language plpgsql ") + tag + "\n" + one("declare\n  v text := 'x;';\n", "") + "begin\n  "
                + one("perform 1;", "raise debug 'a;b %', $q$ c;d $q$;", "-- comment; ' $\n  null;", "/* block; ' /* nested; */ */ null;",
                        "if true then perform 'end;'; end if;", "execute 'select 1; select 2';") + "\nend " + tag;
    }

    private String plpgsqlFunction() {
        String tag = tag();
        return "create or replace function " + name() + "(a int, b text default 'x;y')\nreturns text language plpgsql as " + tag
                + "\nbegin\n  if a > 0 then\n    return b || ';' || " + one("$q$ ; $q$", "e'\\'; '", "'it''s'") + ";\n  end if;\n  return null; "
                + gap() + "end;\n" + tag + one("", " immutable", "\n strict ");
    }

    private String atomicFunction() {
        return one("create function ", "CREATE OR REPLACE FUNCTION ") + name() + "(a int) returns int "
                + one("language sql\n", "LANGUAGE SQL immutable ") + one("begin atomic", "BEGIN ATOMIC", "Begin\n  Atomic", "begin\tatomic") + "\n"
                + one("", "  select 1;\n", "  select case when a > 1 then 2 else 3 end;\n", "  -- end; comment\n  select 4;\n",
                        "  /* end; /* nested; end */ */ select 5;\n", "  select ';end'::text;\n", "  select 6 as \"end\";\n")
                + "  select " + one("a", "(a + 1)", "case a when 1 then 2 end", "case when true then case a when 1 then 5 end end", "length('end;')")
                + one(";", " ;\n", "; -- last;\n", "; /* the end; */ ") + one("\nend", "\n  END", " End");
    }

    private String quotedFunction() {
        return "create function " + name() + "(int, text) returns text language sql as "
                + one("'select $2 || '';''; -- done'", "$f$ select $2 || ';'; $f$", "E'select \\';\\' || $2;'");
    }

    private String rule() {
        String table = name();
        return "create table " + table + " (a int, b int);\ncreate rule r as on insert to " + table + " do also "
                + one("(delete from " + table + " where a = 1; update " + table + " set b = 2)",
                        "(\n  update " + table + " set b = 1; -- first;\n  delete from " + table + " where b < 0;\n)",
                        "notify \"ch;annel\"", "(notify x; /* ); */ notify y)");
    }

    private String comment() {
        String table = name();
        return "create table " + table + " ();" + gap() + "comment on table " + table + " is " + string();
    }

    private String parentheses() {
        return "select " + one("((1))", "(((1) + 2) * (3))", "(select ';' from (select 1) x)", "(1, ')', '(', $$)$$)", "coalesce((null), (2 /* ) ; */))",
                "(-- );\n1)", "array[(1), (2)]", "(')')");
    }

    /** What has no statement in it counts for the CLI if there is a comment. */
    private String emptyOrCommentOnly() {
        return one("", "-- only a comment; nothing else\n", "/* only; this */", " ", "\n\n", "/* /* deep; */ */ -- and; more\n");
    }

    private String wordsThatLookAlike() {
        return one("select name'a\\'", "select 1 as atomic", "select 'begin atomic ; end'", "select 1 as begin_atomic", "select 1 as e, 'x\\'",
                "select 1 as a$, 'b;$'", "select 'x' as ende", "create table " + name() + " (atomic int, e text default 'c\\')");
    }

    private String string() {
        return one("'plain'", "'semi;colon'", "'quote '' ; quote'", "'back\\slash'", "'ends with \\'", "E'esc \\' ; aped'", "e'\\\\'", "$$dollar ; $ ' quoted$$",
                "$a$ $b$ ; $$ $a$", "$тег$ ; $тег$", "'línea\n; two'", "'日本;語 🐘'", "'--not; a comment'", "'/* nor; this'", "''", "''''", "E''", "$_1$;$_1$");
    }

    private String tag() {
        return one("$$", "$body$", "$_$", "$fn1$", "$Ünï$");
    }

    private String trivia() {
        return one("", "", "\n", "-- a line; with 'quotes' and $$\n", "/* block; ' \" */\n", "/* outer /* inner; */ still; */ ", "  \t",
                "--\n", "/**/", "-- carriage; return\r", "/*/ tricky; */", "---- dashes;\n");
    }

    private String ending() {
        return one("-- the end", "-- the end;", "/* the; end */", "\n\n", "-- done\n", " ", "\n/* a */ -- b; '");
    }

    private String gap() {
        return one(" ", "\n", " /* g; */ ", " -- g;\n");
    }

    private String number() {
        return one("1", "-2", "3.5", "1e3", ".5");
    }

    private String name() {
        objects++;
        return prefix + objects;
    }

    private String lastOf(String kind) {
        return name() + kind;
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
