package io.jenkins.plugins.supabase.pages;

import java.util.List;

/** What the views of records, which can call no static method, need of Java. */
public abstract class TableView {
    /** More rows than that open only when somebody asks for them. */
    private static final int OPEN_ROWS = 50;
    /** More rows than that no person reads; the JSON has them all. */
    private static final int MOST_ROWS = 1_000;

    /** @return the first rows, as many as a page can show */
    public <T> List<T> first(List<T> rows) {
        return rows.size() <= MOST_ROWS ? rows : rows.subList(0, MOST_ROWS);
    }

    /** @return how many rows {@link #first} leaves out */
    public int rest(List<?> rows) {
        return Math.max(0, rows.size() - MOST_ROWS);
    }

    public boolean opens(List<?> rows) {
        return rows.size() <= OPEN_ROWS;
    }

    public String word(Enum<?> constant) {
        return Words.of(constant);
    }

    public String bytes(long bytes) {
        return Words.size(bytes);
    }

    public String duration(long millis) {
        return Words.duration(millis);
    }

    public String shortened(String digest) {
        return Words.shortened(digest);
    }

    public String joined(List<String> words) {
        return String.join(", ", words);
    }
}
