package dev.segue.http;

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

    /** The same as text. */
    static String string(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
