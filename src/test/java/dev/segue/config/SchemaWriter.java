package dev.segue.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/** Writes the JSON Schema of the configuration file from {@link Setting} and the tables of {@link Key}. */
final class SchemaWriter {

    private static final Map<Key<?>, Map<String, Object>> OBJECTS = Map.of(
            Configuration.RECOMMENDERS, recommenders(),
            Configuration.EXPERIMENTS, experiments(),
            ScoringSettings.SOURCES, sources(),
            ExperimentSettings.NAME, reference("name"),
            ExperimentSettings.ARMS, arms(),
            ExperimentSettings.WEIGHTS, map(reference("arm"), integers(ExperimentSettings.WEIGHT_VALUES)),
            ExperimentSettings.FORCED, forced());

    private SchemaWriter() {}

    static String write() {
        Map<String, Object> schema = object(
                "$schema", "https://json-schema.org/draft/2020-12/schema",
                "title", "Segue configuration",
                "description",
                        "The settings of Segue. Flags take precedence over environment variables (SEGUE_SERVER_PORT for"
                                + " server.port), these over this file, and this file over the defaults. Relative paths"
                                + " start at the folder of this file; in flags and environment variables they start at"
                                + " the working directory.");
        schema.putAll(closedObject(List.of(Setting.TRACKS_CATALOG.key()), top()));
        schema.put("$defs", definitions());
        var separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        var printer = new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
        return JsonMapper.shared().writer().with(printer).writeValueAsString(schema) + "\n";
    }

    private static Map<String, Object> definitions() {
        return object(
                "name",
                        object(
                                "description", "1 to 64 letters, digits, and _ . -",
                                "type", "string",
                                "pattern", "^" + Names.ALLOWED + "$"),
                "arm",
                        object(
                                "description", "C for the control, T1, T2, … for the treatments.",
                                "type", "string",
                                "pattern", "^(C|T[1-9][0-9]?)$"),
                "rule", rule(),
                "recommender", recommender(),
                "experiment",
                        closedObject(
                                Key.names(List.of(ExperimentSettings.NAME, ExperimentSettings.ARMS)),
                                properties(ExperimentSettings.KEYS)));
    }

    private static Map<String, Object> top() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.putAll(properties(List.of(Configuration.SCHEMA)));
        addSettings("", properties);
        SettingSections.DESCRIPTIONS.forEach((section, description) -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            addSettings(section, settings);
            Map<String, Object> value = object("description", description);
            value.putAll(closedObject(List.of(), settings));
            properties.put(section, value);
        });
        properties.putAll(
                properties(List.of(Configuration.RULES, Configuration.RECOMMENDERS, Configuration.EXPERIMENTS)));
        return properties;
    }

    private static void addSettings(String section, Map<String, Object> properties) {
        for (Setting setting : Setting.values()) {
            if (setting.section().equals(section)) {
                properties.put(setting.keyInSection(), scalar(setting));
            }
        }
    }

    private static Map<String, Object> scalar(Setting setting) {
        Map<String, Object> value = object("description", plain(setting.description()));
        String text = setting.defaultText();
        value.putAll(
                switch (setting.type()) {
                    case INTEGER -> integers(setting.range());
                    case BOOLEAN -> object("type", "boolean");
                    case SECRETS ->
                        map(object("minLength", 1, "maxLength", AdapterSettings.MAX_LISTENER_LENGTH), texts());
                    case TEXT, PATH, SECRET -> texts();
                });
        if (setting == Setting.SERVER_ALLOW_ORIGIN) {
            value.put("pattern", "^(\\*|" + ServerSettings.ORIGINS + ")$");
        }
        if (text != null) {
            value.put(
                    "default",
                    switch (setting.type()) {
                        case INTEGER -> (Object) Long.valueOf(text);
                        case BOOLEAN -> Boolean.valueOf(text);
                        default -> text;
                    });
        }
        return value;
    }

    private static Map<String, Object> rule() {
        List<Object> forms = new ArrayList<>();
        forms.add(object("enum", RuleType.NAMES.texts()));
        for (RuleType type : RuleType.values()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("type", object("description", plain(type.description()), "const", type.text()));
            properties.putAll(properties(type.keys()));
            forms.add(closedObject(List.of("type"), properties));
        }
        return object("oneOf", forms);
    }

    private static Map<String, Object> recommender() {
        Map<String, Object> recommender =
                closedObject(List.of(RecommenderSettings.TYPE.name()), properties(RecommenderSettings.KEYS));
        List<Object> conditions = new ArrayList<>();
        for (Key<?> key : RecommenderSettings.KEYS) {
            List<RecommenderType> types = typesWith(key);
            Map<String, Object> refused = object("properties", object(key.name(), false));
            if (!types.isEmpty()) {
                conditions.add(object("if", ofTypes(types), "else", refused));
            }
            List<RecommenderType> requiring = requiring(key);
            if (!requiring.isEmpty()) {
                conditions.add(object("if", ofTypes(requiring), "then", object("required", List.of(key.name()))));
            }
            if (key.equals(ScoringSettings.CONTEXT)) {
                conditions.add(
                        object("if", object("required", List.of(ScoringSettings.MODEL.name())), "then", refused));
            }
        }
        Map<String, Object> zero = object("const", 0);
        conditions.add(object(
                "if", object("required", List.of(RecommenderSettings.BEST.name())),
                "then",
                        object(
                                "properties",
                                object(
                                        ScoringSettings.EXPLORATION.name(), zero,
                                        ScoringSettings.TEMPERATURE.name(), zero))));
        recommender.put("allOf", conditions);
        return recommender;
    }

    static List<RecommenderType> requiring(Key<?> key) {
        return Arrays.stream(RecommenderType.values())
                .filter(type -> type.requires(key))
                .toList();
    }

    /** Returns the types that have a key; empty for a key of all types. */
    static List<RecommenderType> typesWith(Key<?> key) {
        return Arrays.stream(RecommenderType.values())
                .filter(type -> type.keys().contains(key))
                .toList();
    }

    private static Map<String, Object> ofTypes(List<RecommenderType> types) {
        List<String> names = types.stream().map(RecommenderType::text).toList();
        return object("properties", object(RecommenderSettings.TYPE.name(), object("enum", names)));
    }

    private static Map<String, Object> properties(List<? extends Key<?>> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            Map<String, Object> value = object("description", plain(key.description()));
            value.putAll(values(key));
            Object byDefault = key.defaultValue();
            if (byDefault != null) {
                value.put("default", byDefault);
            }
            properties.put(key.name(), value);
        }
        return properties;
    }

    private static Map<String, Object> values(Key<?> key) {
        Values<?> values = key.values();
        if (values instanceof Range range) {
            return integers(range);
        } else if (values instanceof Values.Numbers numbers) {
            return numbers == Values.Numbers.SHARE
                    ? object("type", "number", "minimum", 0, "maximum", 1)
                    : object("type", "number", "minimum", 0);
        } else if (values instanceof Values.Choice<?> choice) {
            return object("enum", choice.texts());
        }
        return form(key);
    }

    /** Returns the schema of a key whose values are read by a function. */
    private static Map<String, Object> form(Key<?> key) {
        Map<String, Object> values = OBJECTS.get(key);
        if (values != null) {
            return values;
        }
        if (key.values().equals(Values.Form.NAMES)) {
            return names();
        } else if (key.values().equals(RuleType.RULES)) {
            return object("type", "array", "items", reference("rule"));
        }
        return key.values().equals(Values.Form.BOOLEAN) ? object("type", "boolean") : texts();
    }

    private static Map<String, Object> sources() {
        Map<String, Object> names = names();
        names.put("minItems", 1);
        Map<String, Object> weights = map(reference("name"), object("type", "number", "exclusiveMinimum", 0));
        weights.put("minProperties", 1);
        return object("oneOf", List.of(names, weights));
    }

    private static Map<String, Object> recommenders() {
        Map<String, Object> recommenders = map(reference("name"), reference("recommender"));
        recommenders.put("minProperties", 1);
        return recommenders;
    }

    private static Map<String, Object> experiments() {
        String serves = ExperimentSettings.SERVES.name();
        return object(
                "type",
                "array",
                "items",
                reference("experiment"),
                "contains",
                object(
                        "required", List.of(serves),
                        "properties", object(serves, object("const", true))),
                "minContains",
                1,
                "maxContains",
                1);
    }

    private static Map<String, Object> arms() {
        Map<String, Object> arms = map(reference("arm"), reference("name"));
        arms.put("required", List.of("C"));
        arms.put("maxProperties", ExperimentSettings.ARM_COUNTS.most());
        return arms;
    }

    private static Map<String, Object> forced() {
        return map(object("minLength", 1, "maxLength", ExperimentSettings.MAX_LISTENER_LENGTH), reference("arm"));
    }

    private static Map<String, Object> reference(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> names() {
        return object("type", "array", "items", reference("name"), "uniqueItems", true);
    }

    private static Map<String, Object> map(Map<String, Object> names, Map<String, Object> values) {
        return object("type", "object", "propertyNames", names, "additionalProperties", values);
    }

    private static Map<String, Object> integers(Range range) {
        return object("type", "integer", "minimum", range.least(), "maximum", range.most());
    }

    private static Map<String, Object> texts() {
        return object("type", "string", "minLength", 1);
    }

    private static Map<String, Object> closedObject(List<String> required, Map<String, Object> properties) {
        Map<String, Object> value = object("type", "object", "additionalProperties", false);
        if (!required.isEmpty()) {
            value.put("required", required);
        }
        value.put("properties", properties);
        return value;
    }

    /** Returns Markdown as plain text, without code marks and links. */
    private static String plain(String markdown) {
        return markdown.replace("`", "").replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
    }

    /** Returns an object of alternating keys and values. */
    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }
}
