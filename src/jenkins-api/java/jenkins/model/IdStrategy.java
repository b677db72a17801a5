package jenkins.model;

public abstract class IdStrategy {
    private IdStrategy() {}

    public abstract int compare(String id1, String id2);

    public boolean equals(String id1, String id2) {
        return compare(id1, id2) == 0;
    }
}
