package hudson;

public class Util {
    private Util() {}

    public static String fixEmptyAndTrim(String s) {
        String trimmed = s == null ? "" : s.trim();
        return trimmed.isEmpty() ? null : trimmed;
    }
}
