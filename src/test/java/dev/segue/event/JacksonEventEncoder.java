package dev.segue.event;

import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Encodes events like {@link EventEncoder} with Jackson's streaming generator, for comparison. */
final class JacksonEventEncoder {

    private final JsonFactory factory = new JsonFactory();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);

    byte[] line(Event event) {
        encode(event);
        return bytes.toByteArray();
    }

    /** The length of the line, which stays in the buffer. */
    int encode(Event event) {
        bytes.reset();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("message", event.message().json());
            json.writeNumberProperty("timestamp", event.timestamp());
            json.writeName("user");
            if (event.listener().quoted()) {
                json.writeString(event.listener().text());
            } else {
                json.writeNumber(event.listener().key());
            }
            playback(json, event.playback());
            json.writeNumberProperty("latency", event.latency());
            recommendation(json, event.recommendation());
            arms(json, event.experiments());
            json.writeNumberProperty("v", Event.VERSION);
            json.writeNumberProperty("session", event.session());
            json.writeNumberProperty("seq", event.sequence());
            origin(json, event.recommendation());
            optionalFields(json, event);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.size();
    }

    private static void playback(JsonGenerator json, @Nullable Playback playback) {
        if (playback != null) {
            json.writeNumberProperty("track", playback.track());
            json.writeNumberProperty("time", playback.time());
        }
    }

    private static void recommendation(JsonGenerator json, Recommendation recommendation) {
        if (recommendation.isNone()) {
            json.writeNullProperty("recommendation");
        } else {
            json.writeNumberProperty("recommendation", recommendation.track());
        }
    }

    private static void arms(JsonGenerator json, Arms arms) {
        json.writeObjectPropertyStart("experiments");
        for (int i = 0; i < arms.experiments().size(); i++) {
            json.writeStringProperty(arms.experiments().get(i), arms.arms().get(i));
        }
        json.writeEndObject();
    }

    private static void origin(JsonGenerator json, Recommendation origin) {
        if (!origin.hasOrigin()) {
            return;
        }
        json.writeStringProperty("recommender", origin.recommender());
        json.writeNumberProperty("fallback", origin.fallback());
        if (Double.isNaN(origin.propensity())) {
            json.writeNullProperty("propensity");
        } else {
            json.writeNumberProperty("propensity", origin.propensity());
        }
        json.writeNumberProperty("candidates", origin.candidates());
    }

    private static void optionalFields(JsonGenerator json, Event event) {
        if (event.generation() != null) {
            json.writeStringProperty("generation", event.generation());
        }
        if (event.requestId() != null) {
            json.writeStringProperty("request_id", event.requestId());
        }
        if (!event.recommendations().isEmpty()) {
            json.writeArrayPropertyStart("recommendations");
            event.recommendations().forEach(json::writeNumber);
            json.writeEndArray();
        }
        strings(json, "forced", event.experiments().forced());
    }

    private static void strings(JsonGenerator json, String name, List<String> strings) {
        if (!strings.isEmpty()) {
            json.writeArrayPropertyStart(name);
            strings.forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
