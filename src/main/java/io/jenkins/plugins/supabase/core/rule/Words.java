package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.postgres.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens of a statement, or of a part of one, and how rules ask about them. */
final class Words {
    private final List<SqlToken> tokens;

    Words(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    int size() {
        return tokens.size();
    }

    /** @return where the first token stands in the file */
    int offset() {
        return tokens.isEmpty() ? 0 : tokens.get(0).offset();
    }

    boolean is(int at, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at < 0 || at + i >= tokens.size() || !tokens.get(at + i).text().equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(String... words) {
        return is(0, words);
    }

    /** @return where the words stand one after the other, at any depth; -1 where they do not */
    int find(String... words) {
        return find(0, words);
    }

    int find(int from, String... words) {
        for (int at = from; at + words.length <= tokens.size(); at++) {
            if (is(at, words)) {
                return at;
            }
        }
        return -1;
    }

    boolean has(String... words) {
        return find(words) >= 0;
    }

    SqlToken at(int index) {
        return tokens.get(index);
    }

    /** @return the number of the first token from {@code at} on that is none of these */
    int skip(int at, String... words) {
        int next = at;
        while (next < tokens.size() && List.of(words).contains(tokens.get(next).text())) {
            next++;
        }
        return next;
    }

    boolean isName(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isName();
    }

    /** @return the name of a table, a function and so on that begins at {@code at} */
    Optional<TableName> name(int at) {
        if (!isName(at)) {
            return Optional.empty();
        }
        if (is(at + 1, ".") && isName(at + 2)) {
            return Optional.of(new TableName(tokens.get(at).name(), tokens.get(at + 2).name()));
        }
        return Optional.of(new TableName("public", tokens.get(at).name()));
    }

    /** @return the token behind the name that begins at {@code at} */
    int afterName(int at) {
        return is(at + 1, ".") ? at + 3 : at + 1;
    }

    Words from(int at) {
        return new Words(tokens.subList(Math.min(Math.max(at, 0), tokens.size()), tokens.size()));
    }

    /** @return what stands between the parenthesis that opens at {@code at} and the one that closes it */
    Words inside(int at) {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return new Words(tokens.subList(at + 1, i));
            }
        }
        return new Words(tokens.subList(Math.min(at + 1, tokens.size()), tokens.size()));
    }

    /** @return the parts between commas outside parentheses */
    List<Words> parts() {
        List<Words> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (token.isSymbol(",") && depth == 0) {
                parts.add(new Words(tokens.subList(start, i)));
                start = i + 1;
            }
        }
        parts.add(new Words(tokens.subList(start, tokens.size())));
        return parts;
    }

    /** @return all names of a list such as that of DROP TABLE */
    List<TableName> names(int from) {
        List<TableName> names = new ArrayList<>();
        for (Words part : from(from).parts()) {
            part.name(0).ifPresent(names::add);
        }
        return names;
    }
}
