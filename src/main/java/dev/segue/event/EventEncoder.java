package dev.segue.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.id.TrackIds;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.List;

/**
 * Encodes events as lines of JSON, including the newline; {@link EventReader} decodes them.
 *
 * <p>The encoder is hand-written because it runs for every request: it reuses one buffer and creates no strings.
 * Jackson's streaming generator takes three to five times as long for the same line and allocates 40 times as much
 * (EventEncoderBenchmark). Not thread-safe.
 */
public final class EventEncoder {

    private static final byte[] MESSAGE = ascii("{\"message\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":");
    private static final byte[] USER = ascii(",\"user\":");
    private static final byte[] TRACK = ascii(",\"track\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] LATENCY = ascii(",\"latency\":");
    private static final byte[] RECOMMENDATION = ascii(",\"recommendation\":");
    private static final byte[] NULL = ascii("null");
    private static final byte[] EXPERIMENTS = ascii(",\"experiments\":{");
    private static final byte[] VERSION_AND_SESSION = ascii("},\"v\":" + Event.VERSION + ",\"session\":");
    private static final byte[] SEQUENCE = ascii(",\"seq\":");
    private static final byte[] RECOMMENDER = ascii(",\"recommender\":");
    private static final byte[] FALLBACK = ascii(",\"fallback\":");
    private static final byte[] PROPENSITY = ascii(",\"propensity\":");
    private static final byte[] CANDIDATES = ascii(",\"candidates\":");
    private static final byte[] GENERATION = ascii(",\"generation\":");
    private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
    private static final byte[] RECOMMENDATIONS = ascii(",\"recommendations\":[");
    private static final byte[] FORCED = ascii(",\"forced\":[");
    private static final byte[] END = ascii("}\n");

    private final LineBuffer line = new LineBuffer();

    /** Encodes an event as UTF-8, including the newline. */
    public byte[] line(Event event) {
        return encode(event).toByteArray();
    }

    /** Like {@link #line} without a copy: the result is valid until the next call. */
    LineBuffer encode(Event event) {
        line.clear();
        line.append(MESSAGE);
        line.appendAscii(event.message().json());
        number(TIMESTAMP, event.timestamp());
        line.append(USER);
        if (event.listener().quoted()) {
            line.appendString(event.listener().text());
        } else {
            line.appendAscii(event.listener().text());
        }
        playback(event);
        line.append(LATENCY);
        line.appendSeconds(Math.round(event.latency() * 1e9));
        recommendation(event);
        arms(event.experiments());
        number(VERSION_AND_SESSION, event.session());
        number(SEQUENCE, event.sequence());
        origin(event);
        optionalFields(event);
        line.append(END);
        return line;
    }

    private void playback(Event event) {
        Playback playback = event.playback();
        if (playback != null) {
            line.append(TRACK);
            if (playback.hasStringId()) {
                line.appendString(playback.trackId());
            } else {
                line.appendNumber(playback.track());
            }
            line.append(TIME);
            line.appendDecimal(playback.time());
        }
    }

    private void recommendation(Event event) {
        if (event.recommendation().isNone()) {
            line.append(RECOMMENDATION);
            line.append(NULL);
        } else {
            line.append(RECOMMENDATION);
            track(event.recommendation().track());
        }
    }

    private void arms(Arms arms) {
        line.append(EXPERIMENTS);
        for (int i = 0; i < arms.experiments().size(); i++) {
            comma(i);
            line.appendString(arms.experiments().get(i));
            line.append(':');
            line.appendString(arms.arms().get(i));
        }
    }

    private void origin(Event event) {
        Recommendation origin = event.recommendation();
        if (!origin.hasOrigin()) {
            return;
        }
        line.append(RECOMMENDER);
        line.appendString(origin.recommender());
        number(FALLBACK, origin.fallback());
        line.append(PROPENSITY);
        if (Double.isNaN(origin.propensity())) {
            line.append(NULL);
        } else {
            line.appendDecimal(origin.propensity());
        }
        number(CANDIDATES, origin.candidates());
    }

    private void optionalFields(Event event) {
        if (event.generation() != null) {
            line.append(GENERATION);
            line.appendString(event.generation());
        }
        if (event.requestId() != null) {
            line.append(REQUEST_ID);
            line.appendString(event.requestId());
        }
        List<Integer> recommendations = event.recommendations();
        if (!recommendations.isEmpty()) {
            line.append(RECOMMENDATIONS);
            for (int i = 0; i < recommendations.size(); i++) {
                comma(i);
                track(recommendations.get(i));
            }
            line.append(']');
        }
        List<String> forced = event.experiments().forced();
        if (!forced.isEmpty()) {
            line.append(FORCED);
            for (int i = 0; i < forced.size(); i++) {
                comma(i);
                line.appendString(forced.get(i));
            }
            line.append(']');
        }
    }

    private void number(byte[] field, long number) {
        line.append(field);
        line.appendNumber(number);
    }

    private void track(int track) {
        if (TrackIds.isText(track)) {
            line.appendString(TrackIds.text(track));
        } else {
            line.appendNumber(track);
        }
    }

    private void comma(int index) {
        if (index > 0) {
            line.append(',');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
