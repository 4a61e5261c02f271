package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MistakesTest {

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void makeFolder() {
        config = new ConfigFolder(folder);
    }

    /** The places of all mistakes. */
    private List<String> places(String text, Map<String, String> environment, Map<String, String> flags) {
        return Configuration.mistakes(config.with(text).file(), environment, flags).stream()
                .map(message -> message.replaceAll("(config.json: [^: ]*|environment [^:]*|flag [^:]*):? .*", "$1"))
                .toList();
    }

    private List<String> places(String text) {
        return places(text, Map.of(), Map.of());
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        assertEquals(
                List.of(
                        "config.json: Server",
                        "config.json: history.listenrs",
                        "environment SEGUE_SEED_",
                        "config.json: TRACKS_CATALOG",
                        "config.json: recommenders.top.size",
                        "config.json: recommenders.top.fallback",
                        "config.json: recommenders.any.type",
                        "config.json: experiments[0].traffic",
                        "config.json: TOP_TRACKS_CATALOG",
                        "config.json: server.port",
                        "flag log.keep_days",
                        "config.json: history.listens"),
                places("""
                        {'TRACKS_CATALOG': 'none.json', 'TOP_TRACKS_CATALOG': 'none.json', 'Server': {},
                         'server': {'port': -1}, 'history': {'listens': 0, 'listenrs': 1},
                         'recommenders': {'top': {'type': 'top-pop', 'size': 0, 'fallback': 'random'}, 'any': {'type': 'rndom'}},
                         'experiments': [{'name': 'E', 'arms': {'C': 'top'}, 'traffic': 2, 'serves': true}]}
                        """, Map.of("SEGUE_SEED_", "1"), Map.of("log.keep_days", "0")));
    }

    @Test
    void allWrongReferencesAreFound() {
        assertEquals(3, places("""
                {'TRACKS_CATALOG': 'tracks.json',
                 'recommenders': {'a': {'type': 'random', 'fallback': ['b']}, 'n': {'type': 'new'}},
                 'experiments': [{'name': 'E', 'arms': {'C': 'c'}, 'serves': true}]}""").size());
    }

    @Test
    void aRecommenderWithAMistakeIsNotAlsoUndefined() {
        assertEquals(List.of("config.json: recommenders.top.size"), places("""
                {'TRACKS_CATALOG': 'tracks.json', 'recommenders': {'top': {'type': 'top-pop', 'size': 0}},
                 'experiments': [{'name': 'E', 'arms': {'C': 'top'}, 'serves': true}]}"""));
    }

    @Test
    void aMissingCatalogIsOneMistake() {
        assertEquals(List.of("config.json: TRACKS_CATALOG"), places("{}"));
    }

    @Test
    void aRightConfigurationHasNoMistakes() {
        assertEquals(List.of(), places("{'TRACKS_CATALOG': 'tracks.json'}"));
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsAMistake(BadConfig bad) {
        List<String> mistakes = Configuration.mistakes(config.with(bad.json()).file(), Map.of(), Map.of());
        assertEquals(ConfigFolder.refusal(config.file(), Map.of(), Map.of()), mistakes.get(0));
    }
}
