package dev.segue.http;

import dev.segue.id.TrackIds;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The configured JSON library, which reads strictly. */
final class Json {

    /** Refuses duplicate keys and all encodings but UTF-8; never quotes the input in its messages. */
    static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(STRICT).build();

    private Json() {}

    /** Maps, lists, strings, numbers, booleans and nulls as JSON in UTF-8. */
    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Track ids as values for {@link #bytes} and {@link #string}: integers and strings. */
    static List<Object> ids(List<Integer> tracks) {
        return tracks.stream().map(TrackIds::json).toList();
    }

    /** The same as text. */
    static String string(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
