package dev.segue.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response of Subsonic's protocol, in JSON or XML.
 *
 * <p>In XML, texts, numbers and booleans are attributes, an object is an element, and an array is an element for each of its elements.
 *
 * @param members the members of {@code subsonic-response}: texts, numbers, booleans, maps and lists
 * @see <a href="https://opensubsonic.netlify.app/docs/responses/subsonic-response/">subsonic-response</a>
 */
public record SubsonicResponse(Map<String, Object> members) {

    /** The version of the protocol. */
    public static final String VERSION = "1.16.1";

    private static final String ROOT = "subsonic-response";
    private static final String NAMESPACE = "http://subsonic.org/restapi";
    private static final JsonMapper JSON = new JsonMapper();
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    /** A response with the result of a method. */
    public static SubsonicResponse ok(String serverVersion, Map<String, Object> result) {
        return of("ok", serverVersion, result);
    }

    /** A response with an error. */
    public static SubsonicResponse failed(String serverVersion, SubsonicException error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", error.code());
        members.put("message", String.valueOf(error.getMessage()));
        return of("failed", serverVersion, Map.of("error", members));
    }

    private static SubsonicResponse of(String status, String serverVersion, Map<String, Object> result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", status);
        members.put("version", VERSION);
        members.put("type", "segue");
        members.put("serverVersion", serverVersion);
        members.put("openSubsonic", true);
        members.putAll(result);
        return new SubsonicResponse(members);
    }

    /** The response as JSON in UTF-8. */
    public byte[] toJson() {
        return JSON.writeValueAsBytes(Map.of(ROOT, members));
    }

    /** The response as XML in UTF-8. */
    public byte[] toXml() {
        var out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(out, UTF_8.name());
            xml.writeStartDocument(UTF_8.name(), "1.0");
            xml.writeStartElement(ROOT);
            xml.writeDefaultNamespace(NAMESPACE);
            writeMembers(xml, members);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // there is no I/O
        }
        return out.toByteArray();
    }

    private static void writeMembers(XMLStreamWriter xml, Map<?, ?> object) throws XMLStreamException {
        for (Map.Entry<?, ?> member : object.entrySet()) {
            if (isScalar(member.getValue())) {
                xml.writeAttribute((String) member.getKey(), text(member.getValue()));
            }
        }
        for (Map.Entry<?, ?> member : object.entrySet()) {
            String name = (String) member.getKey();
            if (member.getValue() instanceof List<?> elements) {
                for (Object element : elements) {
                    writeElement(xml, name, element);
                }
            } else if (!isScalar(member.getValue())) {
                writeElement(xml, name, member.getValue());
            }
        }
    }

    private static void writeElement(XMLStreamWriter xml, String name, Object value) throws XMLStreamException {
        xml.writeStartElement(name);
        if (value instanceof Map<?, ?> object) {
            writeMembers(xml, object);
        } else {
            xml.writeCharacters(text(value));
        }
        xml.writeEndElement();
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    /** The text of a scalar; characters that XML cannot have are replaced. */
    private static String text(Object value) {
        StringBuilder text = new StringBuilder();
        value.toString().codePoints().map(c -> isXml(c) ? c : 0xfffd).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xd800)
                || (c >= 0xe000 && c < 0xfffe)
                || c > 0xffff;
    }
}
