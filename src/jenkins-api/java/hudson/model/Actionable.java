package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

public abstract class Actionable {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    public void addAction(Action a) {
        actions.add(a);
    }

    public <T extends Action> List<T> getActions(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public boolean removeAction(Action a) {
        return actions.remove(a);
    }

    public boolean addOrReplaceAction(Action a) {
        List<Action> sameType =
                actions.stream().filter(action -> action.getClass() == a.getClass()).toList();
        if (sameType.contains(a)) {
            return false;
        }
        actions.removeAll(sameType);
        return actions.add(a);
    }
}
