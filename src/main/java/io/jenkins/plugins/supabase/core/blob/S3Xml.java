package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An answer of S3: a root with texts, and with groups of texts. Deeper elements have no meaning here.
 *
 * @param root   its name, without name space
 * @param texts  directly below the root
 * @param groups elements directly below the root that hold elements: name of the group, then its texts
 */
record S3Xml(String root, Map<String, String> texts, Map<String, List<Map<String, String>>> groups) {
    /** @throws IOException when it is no XML */
    static S3Xml parse(byte[] xml) throws IOException {
        // The JDK's own, whatever other libraries a process has.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(new StringReader(new String(xml, StandardCharsets.UTF_8).strip()));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IOException("the answer is no XML", e);
        }
    }

    private static S3Xml read(XMLStreamReader reader) throws XMLStreamException {
        reader.nextTag();
        S3Xml xml = new S3Xml(reader.getLocalName(), new HashMap<>(), new HashMap<>());
        Map<String, String> group = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String name = reader.getLocalName();
                if (depth == 2) {
                    group.put(name, text.toString());
                } else if (depth == 1 && group.isEmpty()) {
                    xml.texts.put(name, text.toString());
                } else if (depth == 1) {
                    xml.groups.computeIfAbsent(name, unused -> new ArrayList<>()).add(group);
                    group = new HashMap<>();
                }
                depth--;
            }
        }
        return xml;
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    List<Map<String, String>> group(String name) {
        return groups.getOrDefault(name, List.of());
    }
}
