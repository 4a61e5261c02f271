package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema and the reference page agree with each other and with the program. */
class ConfigurationSchemaTest {

    private static final Path ORIGINAL = Path.of("data/original.json");

    private static final JsonNode JSON = read();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON);

    private static JsonNode read() {
        try (InputStream in = Configuration.class.getResourceAsStream("config.schema.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Error> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    @Test
    void theShippedConfigurationsAreValid() throws IOException {
        for (Path shipped : List.of(Path.of("config.json"), ORIGINAL)) {
            String json = Files.readString(shipped);
            assertEquals(List.of(), errors(json));
            Configuration.load(shipped, Map.of(), Map.of());
            assertTrue(Files.exists(shipped.resolveSibling(
                    JsonMapper.shared().readTree(json).get("$schema").asString())));
        }
    }

    @Test
    void theOriginalExperimentsConfigurationEqualsTheDefaults(@TempDir Path folder) throws IOException {
        ConfigFolder config = new ConfigFolder(Files.createDirectory(folder.resolve("data")));
        for (String name : List.of(
                "tracks_with_recs.json", "RecSystracks_with_recs.json", "top_tracks.json", "recommendations.json")) {
            Files.createFile(config.file().resolveSibling(name));
        }
        Configuration c = config.with(Files.readString(ORIGINAL)).load();
        Configuration defaults = config.with("""
                {'TRACKS_CATALOG': 'tracks_with_recs.json', 'TRACKS_CATALOG_NN': 'RecSystracks_with_recs.json',
                 'TOP_TRACKS_CATALOG': 'top_tracks.json',
                 'RECOMMENDATIONS_FILE_PATH': 'recommendations.json', 'DATA_LOG_FILE': '../log/original.json'}""").load();
        assertEquals(defaults, c);
    }

    /** Both arms of the shipped experiment are under the rules; the treatment is the session model. */
    @Test
    void theShippedTreatmentIsTheSessionModelUnderRules() {
        Configuration c = Configuration.load(Path.of("config.json"), Map.of(), Map.of());
        assertEquals(
                Map.of("C", "contextual", "T1", "session"),
                c.servingExperiment().arms());
        assertEquals(
                Stream.of(RuleType.NO_REPEAT, RuleType.SKIP_MEMORY, RuleType.ARTIST_SPACING)
                        .map(RuleType::defaults)
                        .toList(),
                c.rules());
        c.recommenders().values().forEach(settings -> assertEquals(Optional.empty(), settings.rules()));
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaRefusesTheErrorsThatItCanExpress(BadConfig bad) {
        boolean refused;
        try {
            refused = !errors(ConfigFolder.json(bad.json())).isEmpty();
        } catch (RuntimeException e) {
            refused = false; // the text is not JSON, so the schema does not apply
        }
        assertEquals(bad.schemaRefuses(), refused);
    }

    @Test
    void schemaAndReferenceAreGenerated() throws IOException {
        String remedy = "run scripts/configuration";
        String page = Files.readString(ConfigurationReference.PAGE);

        assertEquals(SchemaWriter.write(), Files.readString(ConfigurationReference.SCHEMA), remedy);
        assertEquals(ReferenceWriter.write(page), page, remedy);
    }

    @Test
    void thePageKeepsItsTextAndHasEveryTableOnce() throws IOException {
        String page = Files.readString(ConfigurationReference.PAGE);

        assertEquals(page, ReferenceWriter.write(page.replace("| `server.port` |", "| `server.prt` |")));
        assertEquals("New text.\n" + page, ReferenceWriter.write("New text.\n" + page));
        assertThrows(IllegalStateException.class, () -> ReferenceWriter.write(page + page));
        assertThrows(
                IllegalStateException.class, () -> ReferenceWriter.write(page.replace("<!-- table server -->", "")));
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaHasTheRangeOfEverySetting(Setting setting) {
        if (setting.type() == Scalar.Type.INTEGER) {
            assertRange(setting.range(), value -> inFile(setting, String.valueOf(value)));
        } else {
            String value = switch (setting.type()) {
                case BOOLEAN -> "true";
                case SECRETS -> "{'name': 'secret'}";
                default -> "'*'";
            };
            assertEquals(List.of(), errors(inFile(setting, value)));
            assertFalse(errors(inFile(setting, "''")).isEmpty());
        }
    }

    private static String inFile(Setting setting, String value) {
        String member = "'" + setting.keyInSection() + "': " + value;
        String catalog = setting == Setting.TRACKS_CATALOG ? "" : "'TRACKS_CATALOG': 'tracks.json', ";
        return ConfigFolder.json("{" + catalog
                + (setting.section().isEmpty() ? member : "'" + setting.section() + "': {" + member + "}") + "}");
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaHasTheRangesOfEveryRule(RuleType type) {
        for (Key<?> key : type.keys()) {
            if (key.values() instanceof Range range) {
                assertRange(
                        range,
                        value -> ConfigFolder.json("{'TRACKS_CATALOG': 'tracks.json', 'rules': [{'type': '"
                                + type.text() + "', '" + key.name() + "': " + value + "}]}"));
            }
        }
    }

    private static void assertRange(Range range, Function<BigInteger, String> file) {
        BigInteger min = BigInteger.valueOf(range.least());
        BigInteger max = BigInteger.valueOf(range.most());

        assertEquals(List.of(), errors(file.apply(min)));
        assertEquals(List.of(), errors(file.apply(max)));
        assertFalse(errors(file.apply(min.subtract(BigInteger.ONE))).isEmpty());
        assertFalse(errors(file.apply(max.add(BigInteger.ONE))).isEmpty());
    }

    /** Configures a recommender of each type with each key and the keys that the type requires. */
    @ParameterizedTest
    @EnumSource
    void theSchemaAllowsTheKeysOfATypeThatSegueAllows(RecommenderType type, @TempDir Path folder) {
        Map<String, String> values = Map.of(
                "size", "7",
                "model", "'.'",
                "sessions", "'.'",
                "sources", "['r']",
                "context", "'first'",
                "exploration", "0.5",
                "temperature", "0.5",
                "best", "5",
                "fallback", "['r']",
                "rules", "['mmr']");
        ConfigFolder config = new ConfigFolder(folder);
        for (String key : values.keySet()) {
            Map<String, String> members = new TreeMap<>(Map.of("type", "'" + type.text() + "'"));
            Stream.of("model", "sessions", "sources", key)
                    .filter(name -> name.equals(key) || isRequired(type, name))
                    .forEach(name -> members.put(name, values.getOrDefault(name, "")));
            String json = "{'TRACKS_CATALOG': 'tracks.json', 'TRACKS_CATALOG_NN': 'nn.json', 'recommenders': {"
                    + "'r': {'type': 'random'}, 'a': {"
                    + members.entrySet().stream()
                            .map(member -> "'" + member.getKey() + "': " + member.getValue())
                            .collect(Collectors.joining(", "))
                    + "}}, 'experiments': [{'name': 'X', 'arms': {'C': 'r'}, 'serves': true}]}";

            assertEquals(
                    loads(config.with(json)), errors(ConfigFolder.json(json)).isEmpty(), json);
        }
    }

    private static boolean isRequired(RecommenderType type, String name) {
        return type.keys().stream().anyMatch(key -> key.name().equals(name) && type.requires(key));
    }

    private static boolean loads(ConfigFolder config) {
        try {
            config.load();
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    @Test
    void everythingInTheSchemaIsDescribed() {
        List<JsonNode> objects = new ArrayList<>(List.of(JSON));
        JSON.get("$defs").get("rule").get("oneOf").forEach(objects::add);
        JSON.get("$defs").forEach(objects::add);
        SettingSections.DESCRIPTIONS
                .keySet()
                .forEach(section -> objects.add(JSON.get("properties").get(section)));
        for (JsonNode object : objects) {
            object.path("properties")
                    .forEachEntry((key, value) ->
                            assertFalse(value.path("description").asString("").isEmpty(), key));
        }
    }
}
