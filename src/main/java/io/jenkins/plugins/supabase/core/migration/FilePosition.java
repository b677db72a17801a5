package io.jenkins.plugins.supabase.core.migration;

/**
 * A place in a file as editors count it.
 *
 * @param line   from 1
 * @param column from 1, in characters (code points)
 * @param text   of the line, at most 160 characters around the place
 */
public record FilePosition(int line, int column, String text) {
    private static final int EXCERPT = 160;

    public static FilePosition of(String content, int offset) {
        int at = Math.min(Math.max(offset, 0), content.length());
        int lineStart = content.lastIndexOf('\n', at - 1) + 1;
        int line = 1 + (int) content.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int newline = content.indexOf('\n', at);
        int lineEnd = newline < 0 ? content.length() : newline;
        int from = Math.max(lineStart, Math.min(at - EXCERPT / 2, lineEnd - EXCERPT));
        String text = content.substring(from, Math.min(lineEnd, from + EXCERPT)).strip();
        return new FilePosition(line, 1 + content.codePointCount(lineStart, at), text);
    }

    String in(String fileName) {
        return fileName + ", line " + line + ", column " + column + ",";
    }
}
