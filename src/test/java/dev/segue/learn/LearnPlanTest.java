package dev.segue.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnPlanTest {

    @TempDir
    Path folder;

    @Test
    void modelsOfCatalogsAreBesideTheCatalogs() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String name : new String[] {"tracks.json", "nn.json", "top.json"}) {
            Files.createFile(data.resolve(name));
        }
        Path config = etc.resolve("config.json");
        Files.writeString(config, """
                {"TRACKS_CATALOG": "../data/tracks.json", "TRACKS_CATALOG_NN": "../data/nn.json",
                 "TOP_TRACKS_CATALOG": "../data/top.json"}""");

        LearnPlan plan = LearnPlan.of(Configuration.load(config, Map.of(), Map.of()));

        assertEquals(2, plan.embeddings().size());
        for (LearnPlan.Embedding embedding : plan.embeddings()) {
            assertEquals(
                    folder.resolve("data/models")
                            .resolve(embedding.type().json())
                            .normalize(),
                    embedding.model().normalize());
        }
    }
}
