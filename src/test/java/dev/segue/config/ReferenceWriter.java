package dev.segue.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of the configuration reference from {@link Setting} and the tables of {@link Key}. A table stands between
 * the lines {@code <!-- table NAME -->} and {@code <!-- end of table -->}; the text around the tables is kept.
 */
final class ReferenceWriter {

    private static final Pattern TABLE =
            Pattern.compile("(<!-- table (\\S+) -->\n).*?(<!-- end of table -->\n)", Pattern.DOTALL);

    private ReferenceWriter() {}

    /** Returns the page with new tables. */
    static String write(String page) {
        Map<String, String> tables = tables();
        StringBuilder written = new StringBuilder();
        Matcher table = TABLE.matcher(page);
        while (table.find()) {
            String rows = tables.remove(table.group(2));
            if (rows == null) {
                throw new IllegalStateException(
                        "the page has table " + table.group(2) + " twice, or no such table exists");
            }
            table.appendReplacement(
                    written, Matcher.quoteReplacement(table.group(1) + "\n" + rows + "\n" + table.group(3)));
        }
        if (!tables.isEmpty()) {
            throw new IllegalStateException("the page lacks the tables " + tables.keySet());
        }
        return table.appendTail(written).toString();
    }

    private static Map<String, String> tables() {
        List<String> head = List.of("Key", "Type", "Default", "Range", "Meaning");
        List<String> rulesHead = List.of("Type", "Parameter", "Type", "Default", "Range", "Meaning");
        List<String> recommendersHead = List.of("Key", "Type", "Default", "Range", "For types", "Meaning");
        List<List<String>> top = settings("");
        top.add(cells(Configuration.SCHEMA, "absent"));
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("top", table(head, top));
        SettingSections.DESCRIPTIONS.keySet().forEach(section -> tables.put(section, table(head, settings(section))));
        tables.put("rules", described(Configuration.RULES, table(rulesHead, rules())));
        tables.put("recommenders", described(Configuration.RECOMMENDERS, table(recommendersHead, recommenders())));
        tables.put("experiments", described(Configuration.EXPERIMENTS, table(head, experiments())));
        return tables;
    }

    private static String described(Key<?> key, String table) {
        return key.description().replaceAll("(.{1,128})( |$)", "$1\n") + "\n" + table;
    }

    private static List<List<String>> experiments() {
        List<Key<?>> required = List.of(ExperimentSettings.NAME, ExperimentSettings.ARMS);
        return ExperimentSettings.KEYS.stream()
                .map(key -> cells(key, byDefault(key, required.contains(key))))
                .toList();
    }

    private static List<List<String>> settings(String section) {
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (setting.section().equals(section)) {
                boolean integer = setting.type() == Scalar.Type.INTEGER;
                String text = setting.defaultText();
                String missing = setting == Setting.TRACKS_CATALOG ? "required" : "absent";
                rows.add(List.of(
                        code(setting.key()),
                        setting.type() == Scalar.Type.SECRETS
                                ? "object name → secret"
                                : setting.type().name().toLowerCase(Locale.ROOT),
                        text == null ? missing : integer ? text : code(text),
                        integer ? range(setting.range()) : "",
                        setting.description()));
            }
        }
        return rows;
    }

    private static List<List<String>> rules() {
        List<List<String>> rows = new ArrayList<>();
        for (RuleType type : RuleType.values()) {
            for (Key<?> key : type.keys()) {
                List<String> row = new ArrayList<>();
                row.add(key.equals(type.keys().get(0)) ? code(type.text()) : "");
                row.addAll(cells(key, byDefault(key, false)));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> recommenders() {
        List<List<String>> rows = new ArrayList<>();
        for (Key<?> key : RecommenderSettings.KEYS) {
            List<RecommenderType> types = SchemaWriter.typesWith(key);
            List<RecommenderType> requiring = SchemaWriter.requiring(key);
            boolean required = key.equals(RecommenderSettings.TYPE) || (!types.isEmpty() && requiring.equals(types));
            List<String> row = new ArrayList<>(cells(key, byDefault(key, required)));
            String of = types.stream()
                    .map(type -> code(type.text()) + (!required && requiring.contains(type) ? " (required)" : ""))
                    .collect(Collectors.joining(", "));
            row.add(row.size() - 1, types.isEmpty() ? "all" : of);
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(Key<?> key, String byDefault) {
        String type;
        if (key.values() instanceof Range) {
            type = "integer";
        } else if (key.values() instanceof Values.Numbers) {
            type = "number";
        } else {
            type = key.values() instanceof Values.Form<?> form ? form.name() : "text";
        }
        return List.of(code(key.name()), type, byDefault, range(key), key.description());
    }

    private static String byDefault(Key<?> key, boolean required) {
        @Nullable Object value = key.defaultValue();
        if (value == null) {
            return required ? "required" : "absent";
        }
        if (value instanceof Map<?, ?>) {
            return code("{}");
        }
        if (value instanceof Double number && number == number.longValue()) {
            return String.valueOf(number.longValue());
        }
        return value instanceof Number ? value.toString() : code(value.toString());
    }

    private static String range(Key<?> key) {
        if (key.values() instanceof Range range) {
            return range(range);
        } else if (key.values() instanceof Values.Choice<?> choice) {
            return choice.texts().stream().map(ReferenceWriter::code).collect(Collectors.joining(", "));
        } else if (key.values() instanceof Values.Numbers numbers) {
            return numbers == Values.Numbers.SHARE ? "0 to 1" : "0 or more";
        }
        return "";
    }

    private static String range(Range range) {
        return bound(range.least()) + " to " + bound(range.most());
    }

    private static String bound(long value) {
        if (value == Long.MIN_VALUE) {
            return "−2⁶³";
        }
        if (value == Long.MAX_VALUE) {
            return "2⁶³−1";
        }
        return value == Integer.MAX_VALUE ? "2³¹−1" : String.valueOf(value);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(head));
        table.append("|---".repeat(head.size())).append("|\n");
        rows.forEach(cells -> table.append(row(cells)));
        return table.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? "" : cell + " ")
                .collect(Collectors.joining("| ", "| ", "|\n"));
    }
}
