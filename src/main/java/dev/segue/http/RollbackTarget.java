package dev.segue.http;

import static dev.segue.http.FieldValues.bad;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The generation that a rollback returns to, such as {@code {"generation":"1a2b3c4d","force":true}}.
 *
 * @param generation its fingerprint; null for the previous one
 * @param isForced whether faults are no reason to refuse it
 */
record RollbackTarget(@Nullable String generation, boolean isForced) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{8}");
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("force", "generation"));

    /**
     * Reads a body; empty for the previous generation.
     *
     * @throws ProblemException if it is malformed
     */
    static RollbackTarget read(byte[] body) {
        if (body.length == 0) {
            return new RollbackTarget(null, false);
        }
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JacksonException e) {
            throw JsonBody.malformed(e);
        }
        if (!object.isObject()) {
            throw bad("the body must be a JSON object, such as {\"generation\":\"1a2b3c4d\"}");
        }
        object.propertyNames().forEach(name -> {
            if (!FIELDS.contains(name)) {
                throw bad("unknown field \"" + name + "\"; a rollback has " + String.join(" and ", FIELDS));
            }
        });
        return new RollbackTarget(generation(object.path("generation")), isForced(object.path("force")));
    }

    private static @Nullable String generation(JsonNode given) {
        if (given.isMissingNode()) {
            return null;
        }
        if (!given.isString() || !FINGERPRINT.matcher(given.asString()).matches()) {
            throw bad("\"generation\" must be the fingerprint of a generation, 8 hexadecimal digits in lower case;"
                    + " GET /admin/generations lists them");
        }
        return given.asString();
    }

    private static boolean isForced(JsonNode given) {
        if (given.isMissingNode()) {
            return false;
        }
        if (!given.isBoolean()) {
            throw bad("\"force\" must be true or false");
        }
        return given.asBoolean();
    }
}
