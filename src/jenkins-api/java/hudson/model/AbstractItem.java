package hudson.model;

public abstract class AbstractItem extends Actionable implements Item {
    protected AbstractItem(ItemGroup parent, String name) {}

    /** Nothing but builds is addressed without a controller. */
    @Override
    public final String getUrl() {
        return "";
    }
}
