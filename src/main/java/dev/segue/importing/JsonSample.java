package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the fields of the first objects of JSON lines. */
final class JsonSample {

    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> columns = new LinkedHashSet<>();
    private final List<Map<String, String>> rows = new ArrayList<>();

    private JsonSample() {}

    /**
     * Examines the beginning of a file.
     *
     * @param whole whether the bytes are the whole file, so that its last line is complete
     */
    static Sample of(byte[] head, boolean whole) {
        var sample = new JsonSample();
        String[] lines = new String(head, UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length - (whole ? 0 : 1) && sample.rows.size() < Sample.ROWS; i++) {
            sample.add(lines[i]);
        }
        return new Sample(List.copyOf(sample.columns), sample.rows);
    }

    private void add(String line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (object.isObject()) {
                Map<String, String> row = new HashMap<>();
                add("", object, row);
                rows.add(row);
            }
        } catch (JacksonException e) {
            // counted when the rows are read
        }
    }

    private void add(String prefix, JsonNode object, Map<String, String> row) {
        object.properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                add(name + ".", value, row);
            } else {
                columns.add(name);
                if (value.isValueNode() && !value.isNull()) {
                    row.put(name, value.asString());
                }
            }
        });
    }
}
