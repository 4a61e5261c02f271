package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.file.InputMember;
import dev.segue.file.LineInput;
import dev.segue.file.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The responses of ListenBrainz's API: one or several objects {@code {"payload":{"listens":[…]}}}, on one line each or not. */
final class ListenPages {

    private static final JsonMapper JSON = new JsonMapper();

    private ListenPages() {}

    /** Whether a file begins like a response of the API. */
    static boolean isAtStart(String head) {
        return head.replaceAll("\\s", "").startsWith("{\"payload\":{");
    }

    /**
     * The listens of all responses in a file, as JSON lines.
     *
     * @throws UnreadableInput if the file is not JSON
     */
    static LineInput lines(InputMember member) throws IOException {
        var lines = new ByteArrayOutputStream();
        try (MappingIterator<JsonNode> pages = JSON.readerFor(JsonNode.class).readValues(member.content())) {
            while (pages.hasNextValue()) {
                for (JsonNode listen : pages.nextValue().path("payload").path("listens")) {
                    lines.writeBytes(listen.toString().getBytes(UTF_8));
                    lines.write('\n');
                }
            }
        } catch (JacksonException e) {
            throw new UnreadableInput(
                    "malformed JSON in line " + e.getLocation().getLineNr() + "; download it again");
        }
        return LineInput.elements(new ByteArrayInputStream(lines.toByteArray()), member.bytesRead());
    }
}
