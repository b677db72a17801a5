package io.jenkins.plugins.supabase.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The plugin's configuration as Jenkins saved it, flattened: whatever settings there are, this needs not know them.
 *
 * @param environments settings by the environment's name, each named by its path, such as {@code policy.trace}
 * @param shared       settings outside of environments; those of an element of a list with its name, as in
 *     {@code destinations.archive.bucket}, or its class, as in {@code notifiers.MailNotifier.recipients}
 */
record SavedConfiguration(SortedMap<String, SortedMap<String, String>> environments, SortedMap<String, String> shared) {
    private static final String ENVIRONMENT = ".EnvironmentConfiguration";
    private static final String JAVA = "java.";
    private static final String FIXED_LIST = "java.util.CollSer";
    private static final Set<String> OF_FIXED_LIST = Set.of("default", "int");
    private static final String TEXT = "string";

    static SavedConfiguration read(InputStream xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml);
            Collector collector = new Collector();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> collector.begin(reader.getLocalName());
                    case XMLStreamConstants.CHARACTERS -> collector.text(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> collector.end();
                    default -> {
                        // Comments and the like.
                    }
                }
            }
            return new SavedConfiguration(collector.environments, collector.shared);
        } catch (XMLStreamException e) {
            throw new IOException("The saved configuration is no XML", e);
        }
    }

    /** Takes leaves together: those of one environment, of one other element of a list, and of all else. */
    private static final class Collector {
        private final SortedMap<String, SortedMap<String, String>> environments = new TreeMap<>();
        private final SortedMap<String, String> shared = new TreeMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        /** Of what is taken together at the moment; null for nothing. */
        private SortedMap<String, String> part;
        private int depth;
        private boolean leaf;

        void begin(String name) {
            path.addLast(name);
            text.setLength(0);
            leaf = true;
            if (part == null && path.size() > 1 && isElement(name)) {
                part = new TreeMap<>();
                depth = path.size();
            }
        }

        void text(String more) {
            text.append(more);
        }

        void end() {
            List<String> names = new ArrayList<>(path);
            if (leaf && names.size() > 1 && !isOfFixedList(names)) {
                boolean own = part != null;
                add(own ? part : shared, setting(names.subList(own ? depth : 1, names.size())));
            }
            if (part != null && names.size() == depth) {
                keep(names, part);
                part = null;
            }
            leaf = false;
            text.setLength(0);
            path.removeLast();
        }

        private void keep(List<String> names, SortedMap<String, String> ended) {
            String type = names.get(names.size() - 1);
            if (type.endsWith(ENVIRONMENT)) {
                environments.put(ended.getOrDefault("name", ""), ended);
                return;
            }
            String label = ended.getOrDefault("name", type.substring(type.lastIndexOf('.') + 1));
            ended.forEach((setting, value) ->
                    merge(shared, names.get(1) + "." + label + (setting.isEmpty() ? "" : "." + setting), value));
        }

        /** A list has several values of one name. */
        private void add(SortedMap<String, String> settings, String name) {
            merge(settings, name, text.toString().strip());
        }

        private static void merge(SortedMap<String, String> settings, String name, String value) {
            settings.merge(name, value, (a, b) -> a + "\n" + b);
        }

        /** Elements of lists are called by their classes. */
        private static boolean isElement(String name) {
            return name.indexOf('.') > 0 && !name.startsWith(JAVA);
        }

        /** How Java writes a list that cannot be changed says how long it is. */
        private static boolean isOfFixedList(List<String> names) {
            int next = names.lastIndexOf(FIXED_LIST) + 1;
            return next > 0 && next < names.size() && OF_FIXED_LIST.contains(names.get(next));
        }

        private static String setting(List<String> names) {
            return names.stream()
                    .filter(name -> name.indexOf('.') < 0 && !name.equals(TEXT))
                    .collect(Collectors.joining("."));
        }
    }
}
