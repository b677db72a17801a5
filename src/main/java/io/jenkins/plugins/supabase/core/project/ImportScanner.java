package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.project.ScriptTokens.Kind;
import io.jenkins.plugins.supabase.core.project.ScriptTokens.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a JavaScript or TypeScript module imports without running it: static and side-effect imports, re-exports,
 * type imports, and dynamic imports whose argument is a literal. What only looks like an import inside a comment, a
 * string or a template literal is none.
 */
final class ImportScanner {
    /**
     * @param specifier as written; null for a dynamic import whose argument is computed
     * @param line      counted from 1
     */
    record Import(String specifier, int line) {}

    private final List<Token> tokens;
    private final List<Import> imports = new ArrayList<>();

    private ImportScanner(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Import> scan(String source) {
        ImportScanner scanner = new ImportScanner(ScriptTokens.of(source));
        for (int i = 0; i < scanner.tokens.size(); i++) {
            scanner.at(i);
        }
        return scanner.imports;
    }

    private void at(int i) {
        if (punctuator(i - 1, ".")) {
            return;
        }
        if (word(i, "import")) {
            importAt(i);
        } else if (word(i, "export")) {
            exportAt(i);
        }
    }

    private void importAt(int i) {
        if (kind(i + 1) == Kind.STRING) {
            add(i + 1);
        } else if (punctuator(i + 1, "(")) {
            dynamicImport(i);
        } else {
            fromClause(i + 1);
        }
    }

    private void dynamicImport(int i) {
        boolean method = punctuator(i + 2, ")");
        if (method) {
            return;
        }
        boolean onlyArgument = punctuator(i + 3, ")") || punctuator(i + 3, ",");
        if (kind(i + 2) == Kind.STRING && onlyArgument) {
            add(i + 2);
        } else {
            imports.add(new Import(null, tokens.get(i).line()));
        }
    }

    private void exportAt(int i) {
        int clause = word(i + 1, "type") ? i + 2 : i + 1;
        if (punctuator(clause, "*") || punctuator(clause, "{")) {
            fromClause(clause);
        }
    }

    /** Everything between the keyword and {@code from} is names, braces, commas and stars; anything else ends it. */
    private void fromClause(int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (depth == 0 && word(i, "from") && kind(i + 1) == Kind.STRING) {
                add(i + 1);
                return;
            }
            if (token.kind() == Kind.PUNCTUATOR) {
                switch (token.text()) {
                    case "{" -> depth++;
                    case "}" -> depth--;
                    case "*", "," -> {}
                    default -> {
                        return;
                    }
                }
            } else if (token.kind() == Kind.OTHER || (token.kind() == Kind.STRING && depth == 0)) {
                return;
            }
            boolean nextStatement = depth == 0 && i > start && (word(i, "import") || word(i, "export"));
            if (depth < 0 || nextStatement || (depth == 0 && punctuator(i, "}") && !word(i + 1, "from"))) {
                return;
            }
        }
    }

    private void add(int i) {
        imports.add(new Import(tokens.get(i).text(), tokens.get(i).line()));
    }

    private boolean word(int i, String text) {
        return kind(i) == Kind.WORD && tokens.get(i).text().equals(text);
    }

    private boolean punctuator(int i, String text) {
        return kind(i) == Kind.PUNCTUATOR && tokens.get(i).text().equals(text);
    }

    private Kind kind(int i) {
        return i < 0 || i >= tokens.size() ? null : tokens.get(i).kind();
    }
}
