package dev.segue.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields in the names of parent folders, as Hive and Spark write them: {@code message=next/part-0.json}. A file's
 * own fields take precedence.
 */
public final class Partitions {

    private static final Pattern FOLDER = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private Partitions() {}

    /**
     * Returns a map from name to value, a {@link Long} or a {@link String}, from the outermost folder to the innermost;
     * empty for the standard input.
     */
    static Map<String, Object> of(Path file) {
        Map<String, Object> values = new LinkedHashMap<>();
        Path folders = file.equals(InputFile.STANDARD_INPUT)
                ? null
                : file.toAbsolutePath().getParent();
        if (folders == null) {
            return values;
        }
        for (Path folder : folders) {
            Matcher matcher = FOLDER.matcher(folder.toString());
            if (matcher.matches() && !matcher.group(2).equals(NO_VALUE)) {
                String value = URLDecoder.decode(matcher.group(2).replace("+", "%2B"), UTF_8);
                values.put(matcher.group(1), INTEGER.matcher(value).matches() ? Long.valueOf(value) : value);
            }
        }
        return values;
    }

    /** The fields as a JSON object followed by a newline; empty if there are none. */
    public static byte[] asJsonLine(Path file) {
        Map<String, Object> values = of(file);
        if (values.isEmpty()) {
            return new byte[0];
        }
        byte[] object = new JsonMapper().writeValueAsBytes(values);
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        return line;
    }
}
