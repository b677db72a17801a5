package jenkins.management;

public class Badge {
    public enum Severity {
        INFO,
        WARNING,
        DANGER
    }

    private final String text;
    private final String tooltip;

    public Badge(String text, String tooltip, Severity severity) {
        this.text = text;
        this.tooltip = tooltip;
    }

    public String getText() {
        return text;
    }

    public String getTooltip() {
        return tooltip;
    }
}
