package hudson;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/** The extensions that SezPoz indexed on the class path, each instantiated once a process, highest ordinal first. */
public class ExtensionList<T> extends AbstractList<T> {
    public final Class<T> extensionType;

    private final List<T> extensions;

    protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
        this.extensionType = extensionType;
        this.extensions = new CopyOnWriteArrayList<>(Indexed.ofType(extensionType));
    }

    public static <T> ExtensionList<T> create(Jenkins jenkins, Class<T> type) {
        return new ExtensionList<>(jenkins, type);
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return Jenkins.get().getExtensionList(type);
    }

    public static <U> U lookupSingleton(Class<U> type) {
        List<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    public <U extends T> U get(Class<U> type) {
        for (T extension : extensions) {
            if (extension.getClass() == type) {
                return type.cast(extension);
            }
        }
        return null;
    }

    @Override
    public T get(int index) {
        return extensions.get(index);
    }

    @Override
    public int size() {
        return extensions.size();
    }

    @Override
    @Deprecated
    public boolean add(T extension) {
        return extensions.add(extension);
    }

    @Override
    public boolean remove(Object extension) {
        return extensions.remove(extension);
    }

    private static final class Indexed {
        private static final List<Object> INSTANCES = load();

        static <T> Collection<T> ofType(Class<T> type) {
            List<T> matching = new ArrayList<>();
            for (Object instance : INSTANCES) {
                if (type.isInstance(instance)) {
                    matching.add(type.cast(instance));
                }
            }
            return matching;
        }

        private static List<Object> load() {
            List<IndexItem<Extension, Object>> items = new ArrayList<>();
            Index.load(Extension.class, Object.class, Extension.class.getClassLoader()).forEach(items::add);
            items.sort(Comparator.comparingDouble((IndexItem<Extension, Object> item) -> item.annotation().ordinal())
                    .reversed());
            List<Object> instances = new ArrayList<>();
            for (IndexItem<Extension, Object> item : items) {
                try {
                    instances.add(item.instance());
                } catch (InstantiationException e) {
                    throw new IllegalStateException("The extension " + item.className() + " cannot be created", e);
                }
            }
            return instances;
        }
    }
}
