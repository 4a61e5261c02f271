package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors are told and what Segue accepts is the same. */
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
    void theOriginalExperimentsConfigurationSaysWhatTheDefaultsAre(@TempDir Path folder) throws IOException {
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
                List.of(RuleType.NO_REPEAT, RuleType.SKIP_MEMORY, RuleType.ARTIST_SPACING),
                c.rules().stream().map(RuleSettings::type).toList());
        c.recommenders().values().forEach(settings -> assertEquals(Optional.empty(), settings.rules()));
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeThatASchemaCanSeeIsShownInTheEditor(BadConfig bad) {
        boolean refused;
        try {
            refused = !errors(ConfigFolder.json(bad.json())).isEmpty();
        } catch (RuntimeException e) {
            refused = false; // no JSON at all, which is not the schema's to say
        }
        assertEquals(bad.schemaRefuses(), refused);
    }

    @ParameterizedTest
    @EnumSource
    void everySettingHasTheSameTypeRangeAndDefaultInBoth(Setting setting) {
        JsonNode inSchema = section(setting.section()).path(setting.keyInSection());

        boolean integer = setting.type() == Setting.Type.INTEGER;
        assertEquals(integer ? "integer" : "string", inSchema.path("type").asString(""));
        assertEquals(setting.defaultText(), text(inSchema.get("default")));
        if (integer) {
            assertEquals(setting.range(), range(inSchema));
        } else {
            assertEquals(1, inSchema.path("minLength").asInt(0));
        }
    }

    private static JsonNode section(String name) {
        JsonNode top = JSON.get("properties");
        return name.isEmpty() ? top : top.path(name).path("properties");
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : value.asString();
    }

    private static Range range(JsonNode inSchema) {
        return new Range(
                inSchema.get("minimum").longValue(), inSchema.get("maximum").longValue());
    }

    @Test
    void theSchemaKnowsNoKeyThatSegueDoesNot() {
        Set<String> top = new HashSet<>(Setting.keysOf(""));
        top.addAll(List.of("server", "log", "history", "rules", "recommenders", "experiments", "$schema"));

        assertEquals(top, section("").propertyNames());
        for (String section : List.of("server", "log", "history")) {
            assertEquals(Setting.keysOf(section), section(section).propertyNames());
        }
        assertEquals(
                RecommenderSettings.KEYS,
                List.copyOf(definition("recommender").get("properties").propertyNames()));
        assertEquals(
                ExperimentSettings.KEYS,
                List.copyOf(definition("experiment").get("properties").propertyNames()));
    }

    private static JsonNode definition(String name) {
        return JSON.get("$defs").get(name);
    }

    @Test
    void recommendersAreTheSameInBoth() {
        JsonNode properties = definition("recommender").get("properties");
        List<String> types = Arrays.stream(RecommenderType.values())
                .map(RecommenderType::text)
                .toList();

        assertEquals(
                types,
                properties
                        .get("type")
                        .get("enum")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        assertEquals(RecommenderSettings.SIZES, range(properties.get("size")));
        assertEquals(RecommenderSettings.BEST, range(properties.get("best")));
        assertEquals(
                RecommenderSettings.DEFAULT_SIZE,
                properties.get("size").get("default").intValue());
        assertEquals(
                "^" + Names.ALLOWED + "$", definition("name").get("pattern").asString());
    }

    @Test
    void rulesAreTheSameInBoth() {
        List<JsonNode> forms = definition("rule").get("oneOf").valueStream().toList();
        assertEquals(
                Arrays.stream(RuleType.values()).map(RuleType::text).toList(),
                forms.get(0).get("enum").valueStream().map(JsonNode::asString).toList());
        int form = 1;
        for (RuleType type : RuleType.values()) {
            JsonNode properties = forms.get(form++).get("properties");
            assertEquals(type.text(), properties.get("type").get("const").asString());
            assertEquals(RuleSettings.keys(type), List.copyOf(properties.propertyNames()));
        }
        RuleSettings defaults = RuleSettings.defaultOf(RuleType.SKIP_MEMORY);
        JsonNode spacing = forms.get(2).get("properties");
        JsonNode skips = forms.get(3).get("properties");
        assertEquals(RuleSettings.GAPS, range(spacing.get("gap")));
        assertEquals(RuleSettings.MOST, range(spacing.get("most")));
        assertEquals(RuleSettings.RESEMBLING, range(skips.get("resembling")));
        assertEquals(RuleSettings.PLAYS, range(skips.get("plays")));
        assertEquals(defaults.gap(), spacing.get("gap").get("default").intValue());
        assertEquals(defaults.most(), spacing.get("most").get("default").intValue());
        assertEquals(defaults.skipped(), skips.get("skipped").get("default").doubleValue());
        assertEquals(defaults.liked(), skips.get("liked").get("default").doubleValue());
        assertEquals(
                defaults.resembling(), skips.get("resembling").get("default").intValue());
        assertEquals(defaults.plays(), skips.get("plays").get("default").intValue());
        assertEquals(RuleSettings.HOURS, range(forms.get(1).get("properties").get("hours")));
        JsonNode mmr = forms.get(4).get("properties");
        assertEquals(RuleSettings.POOL, range(mmr.get("pool")));
        assertEquals(RuleSettings.PLAYS, range(mmr.get("plays")));
        assertEquals(defaults.pool(), mmr.get("pool").get("default").intValue());
        assertEquals(defaults.plays(), mmr.get("plays").get("default").intValue());
        assertEquals(defaults.lambda(), mmr.get("lambda").get("default").doubleValue());
    }

    @Test
    void experimentsAreTheSameInBoth(@TempDir Path folder) {
        JsonNode properties = definition("experiment").get("properties");
        ExperimentSettings plain =
                new ConfigFolder(folder).with("""
                {'TRACKS_CATALOG': 'tracks.json',
                 'experiments': [{'name': 'X', 'arms': {'C': 'random'}},
                                 {'name': 'Y', 'arms': {'C': 'random'}, 'serves': true}]}""").load().experiments().get(0);

        assertEquals(plain.traffic(), properties.get("traffic").get("default").doubleValue());
        assertEquals(plain.serves(), properties.get("serves").get("default").booleanValue());
        assertEquals(
                plain.forced().size(), properties.get("forced").get("default").size());
        assertEquals(
                ExperimentSettings.ARMS.most(),
                properties.get("arms").get("maxProperties").longValue());
        assertEquals(ExperimentSettings.WEIGHTS, range(properties.get("weights").get("additionalProperties")));
        assertEquals(
                ExperimentSettings.MAX_LISTENER_LENGTH,
                properties.get("forced").get("propertyNames").get("maxLength").intValue());
    }

    @Test
    void everythingInTheSchemaIsDescribed() {
        for (String section : List.of("", "server", "log", "history")) {
            section(section)
                    .forEachEntry((key, value) ->
                            assertFalse(value.path("description").asString("").isEmpty(), key));
        }
        for (String name : List.of("recommender", "experiment")) {
            definition(name)
                    .get("properties")
                    .forEachEntry((key, value) ->
                            assertFalse(value.path("description").asString("").isEmpty(), key));
        }
    }
}
