package io.jenkins.plugins.supabase.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The plugin's configuration as Jenkins saved it, flattened: whatever settings there are, this needs not know them.
 *
 * @param environments settings by the environment's name, each named by its path, such as {@code policy.trace}
 * @param shared       settings outside of environments
 */
record SavedConfiguration(SortedMap<String, SortedMap<String, String>> environments, SortedMap<String, String> shared) {
    private static final String ENVIRONMENT = ".EnvironmentConfiguration";
    private static final String ENVIRONMENTS = "environments";

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

    private static final class Collector {
        private final SortedMap<String, SortedMap<String, String>> environments = new TreeMap<>();
        private final SortedMap<String, String> shared = new TreeMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private SortedMap<String, String> environment;
        private int depth;
        private boolean leaf;

        void begin(String name) {
            path.addLast(name);
            text.setLength(0);
            leaf = true;
            if (name.endsWith(ENVIRONMENT)) {
                environment = new TreeMap<>();
                depth = path.size();
            }
        }

        void text(String part) {
            text.append(part);
        }

        void end() {
            List<String> names = new ArrayList<>(path);
            if (leaf && environment != null) {
                add(environment, String.join(".", names.subList(depth, names.size())));
            } else if (leaf && names.size() > 1 && !names.get(1).equals(ENVIRONMENTS)) {
                add(shared, names.get(1));
            }
            if (environment != null && names.size() == depth) {
                environments.put(environment.getOrDefault("name", ""), environment);
                environment = null;
            }
            leaf = false;
            text.setLength(0);
            path.removeLast();
        }

        /** A list has several values of one name. */
        private void add(SortedMap<String, String> settings, String name) {
            settings.merge(name, text.toString().strip(), (a, b) -> a + "\n" + b);
        }
    }
}
