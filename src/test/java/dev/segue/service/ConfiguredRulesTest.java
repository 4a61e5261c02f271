package dev.segue.service;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.RuleType;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.UniformRecommender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type of rule has a branch in {@link ConfiguredRules}. */
class ConfiguredRulesTest {

    @TempDir
    Path folder;

    private Catalog catalog;
    private Recommender recommender;

    @BeforeEach
    void load() throws IOException {
        catalog = Catalog.load(CatalogFiles.of(Files.writeString(
                folder.resolve("tracks.json"),
                "{\"track\":0,\"artist\":\"A\",\"title\":\"a\",\"recommendations\":[]}\n")));
        recommender = UniformRecommender.ofAll("random", catalog.tracks());
    }

    @ParameterizedTest
    @EnumSource
    void aRuleChangesItsRecommender(RuleType type) {
        assertNotSame(recommender, under(new ConfiguredRules(catalog, List.of(type.defaults()))));
    }

    @Test
    void withoutRulesTheRecommenderStaysAsItIs() {
        assertSame(recommender, under(new ConfiguredRules(catalog, List.of())));
    }

    private Recommender under(ConfiguredRules rules) {
        return rules.chain(rules.link(recommender));
    }
}
