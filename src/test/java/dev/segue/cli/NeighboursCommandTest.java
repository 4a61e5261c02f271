package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.IdLists;
import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.file.FileException;
import dev.segue.training.ModelFolder;
import dev.segue.training.Models;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighboursCommandTest {

    private static final int TRACKS = 300;

    @TempDir
    private static Path world;

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();

    @BeforeAll
    static void makeModel() {
        CommandRun.makeWorld(world, TRACKS, 5);
        Models.write(ModelType.NEW, TRACKS, 5, world.resolve("model"));
    }

    @Test
    void catalogLoadsTheNeighbours() {
        Path json = folder.resolve("neighbours.json");
        assertEquals(0, neighbours(json), run.errors::toString);
        assertEquals(
                "10,000 neighbours of 200 tracks; 100 tracks (33.3%) were the context of fewer than 1 training rows and have none; "
                        + "75 (25.0%) were never played and are not neighbours\n",
                run.output.toString());
        Catalog catalog = Catalog.load(CatalogFiles.of(json));
        Catalog named = Catalog.load(CatalogFiles.of(world.resolve("tracks.json")));
        assertEquals(List.of(), catalog.warnings());
        assertEquals(TRACKS, catalog.tracks().size());
        for (int track = 0; track < TRACKS; track++) {
            assertEquals(track % 3 == 0 ? 0 : 50, list(catalog.neighbours(), track).length);
            assertEquals(named.tracks().artist(track), catalog.tracks().artist(track));
            assertEquals(named.tracks().title(track), catalog.tracks().title(track));
        }
    }

    @Test
    void originOfTheNeighboursIsWrittenBesideTheCatalog() {
        Path json = folder.resolve("neighbours.json");
        assertEquals(Optional.empty(), NeighbourOrigin.of(json));
        assertEquals(0, neighbours(json, "--k", "20"), run.errors::toString);
        assertEquals(Optional.of(new NeighbourOrigin(ModelType.NEW, Context.FIRST, 20)), NeighbourOrigin.of(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scored.json", "scored.json.gz", "scored.npy", "scored.npy.gz"})
    void scoresOfTheModelAreWrittenAndLoaded(String name) {
        Path file = folder.resolve(name);
        assertEquals(0, neighbours(file, "--k", "20", "--scores"), run.errors::toString);
        EmbeddingModel model = ModelFolder.read(world.resolve("model")).model();
        IdLists lists = Catalog.load(CatalogFiles.of(file)).neighbours();
        assertTrue(lists.hasScores());
        for (int track = 0; track < TRACKS; track++) {
            int row = lists.row(track);
            for (int i = 0; i < lists.size(row); i++) {
                double product = 0;
                for (int d = 0; d < model.dimensions(); d++) {
                    product += (double) model.contexts().get(track, d)
                            * model.tracks().get(lists.get(row, i), d);
                }
                assertEquals((float) product, lists.score(row, i));
                assertTrue(i == 0 || lists.score(row, i) <= lists.score(row, i - 1) + 1e-6);
            }
        }
        assertEquals(0, neighbours(folder.resolve("plain.json"), "--k", "20"));
        assertFalse(Catalog.load(CatalogFiles.of(folder.resolve("plain.json")))
                .neighbours()
                .hasScores());
    }

    @Test
    void aDamagedOriginIsRefused() throws IOException {
        Files.writeString(folder.resolve("neighbours.json.origin.json"), "{");
        String message = String.valueOf(
                assertThrows(FileException.class, () -> NeighbourOrigin.of(folder.resolve("neighbours.json")))
                        .getMessage());
        assertTrue(message.contains("does not describe the model of neighbours.json"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neighbours.npy", "neighbours.npy.gz", "neighbours.json.gz"})
    void allFormatsHaveTheSameNeighbours(String name) {
        Path json = folder.resolve("neighbours.json");
        assertEquals(0, neighbours(json, "--k", "20", "--max-per-artist", "2"));
        Path other = folder.resolve(name);
        assertEquals(0, neighbours(other, "--k", "20", "--max-per-artist", "2"));
        IdLists expected = Catalog.load(CatalogFiles.of(json)).neighbours();
        IdLists actual = Catalog.load(CatalogFiles.of(other)).neighbours();
        for (int track = 0; track < TRACKS; track++) {
            assertArrayEquals(list(expected, track), list(actual, track));
        }
        assertTrue(json.toFile().length() > other.toFile().length(), "packed");
    }

    @Test
    void aModelThatIsNotBetterThanTheMeanNeedsAccept() {
        Path marked = folder.resolve("marked");
        Models.write(ModelType.NEW, TRACKS, 5, marked, 0.004);
        Path out = folder.resolve("out.json");
        List<String> command = List.of(
                "neighbours",
                "--model",
                "" + marked,
                "--catalog",
                "" + world.resolve("tracks.json"),
                "--out",
                "" + out);
        assertEquals(1, run.of(command));
        run.assertOneLineOfError(
                "the model in " + marked + " is not better than always predicting the mean: gain 0.00400"
                        + " [-0.00600, 0.01400] in mean squared error, 95% interval over 40 listeners; train a better one, or accept"
                        + " it with --accept");
        assertFalse(Files.exists(out));

        var accepted = new CommandRun();
        assertEquals(0, accepted.of(command, "--accept"), accepted.errors::toString);
        assertTrue(accepted.errors.toString().startsWith("note: the model in " + marked), accepted.errors.toString());
        assertTrue(Files.exists(out));
    }

    @Test
    void aModelWithoutAVerdictIsAcceptedWithANote() {
        Path older = folder.resolve("older");
        Models.write(ModelType.NEW, TRACKS, 5, older, null);
        Path out = folder.resolve("out.json");
        assertEquals(
                0,
                run.of(List.of(
                        "neighbours",
                        "--model",
                        "" + older,
                        "--catalog",
                        "" + world.resolve("tracks.json"),
                        "--out",
                        "" + out)));
        assertTrue(run.errors.toString().startsWith("note: an older version trained " + older), run.errors.toString());
    }

    /** Writes the world's tracks with one of ten tags each. */
    private Path taggedTracks() throws IOException {
        List<String> rows = IntStream.range(0, TRACKS)
                .mapToObj(track -> "{\"track\":%d,\"artist\":\"A%d\",\"title\":\"T\",\"tags\":[\"style %d\"]}"
                        .formatted(track, track, track % 10))
                .toList();
        return Files.write(folder.resolve("tagged.json"), rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filled.json", "filled.npy"})
    void tracksWithoutPlaysAreAddedByTheirContent(String name) throws IOException {
        Path file = folder.resolve(name);
        Path tagged = taggedTracks();
        assertEquals(0, run.of(command(file, tagged), "--content", "--scores", "--k", "20"), run.errors::toString);
        assertTrue(
                run.output
                        .toString()
                        .endsWith(
                                "75 tracks with fewer than 1 plays: 75 have neighbours by content, and 75 are in lists of"
                                        + " other tracks\n"),
                run.output::toString);
        Catalog catalog = Catalog.load(new CatalogFiles(file, null, tagged, null, null));
        assertEquals(List.of(), catalog.warnings());
        ModelFolder model = ModelFolder.read(world.resolve("model"));
        boolean[] isReachable = new boolean[TRACKS];
        for (int track = 0; track < TRACKS; track++) {
            int[] neighbours = list(catalog.neighbours(), track);
            if (model.trackCounts().get(track, 0) > 0) {
                assertTrue(Arrays.stream(neighbours)
                                .filter(neighbour -> model.trackCounts().get(neighbour, 0) == 0)
                                .peek(neighbour -> isReachable[neighbour] = true)
                                .count()
                        <= 2);
            } else {
                int style = track % 10;
                assertEquals(20, neighbours.length);
                assertTrue(Arrays.stream(neighbours).allMatch(neighbour -> neighbour % 10 == style));
            }
        }
        for (int track = 0; track < TRACKS; track++) {
            assertTrue(model.trackCounts().get(track, 0) > 0 || isReachable[track], "track " + track);
        }
        assertEquals(
                name.endsWith(".json"),
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("\"tags\":[\"style 3\"]"));
    }

    @Test
    void aShareThatIsTooLargeIsRefused() throws IOException {
        Path file = folder.resolve("filled.json");
        assertEquals(1, run.of(command(file, taggedTracks()), "--content", "--cold-share", "0.6"));
        run.assertOneLineOfError(
                "the minimum number of plays must be at least 1, and the share of cold tracks from 0 to 0.5");
        assertFalse(Files.exists(file));
    }

    @Test
    void embeddingsWithoutContentAreRefused() throws IOException {
        Path file = folder.resolve("filled.json");
        assertEquals(1, run.of(command(file, taggedTracks()), "--content-embeddings", "audio.npy"));
        run.assertOneLineOfError("--content-embeddings needs --content");
    }

    @Test
    void anotherCatalogThanTheModelsIsReported() throws IOException {
        Path small = Files.writeString(folder.resolve("small.json"), "{\"track\":0}\n{\"track\":1}\n");
        Path out = folder.resolve("out.json");
        assertEquals(1, run.of(command(out, small)));
        run.assertOneLineOfError(
                "has 300 tracks, and " + small + " has other ones (2): name the catalog of the training");
        assertFalse(Files.exists(out));
    }

    @Test
    void aFolderWithoutAModelIsReported() {
        Path out = folder.resolve("out.json");
        assertEquals(1, run.of(List.of("neighbours", "--model", "" + folder, "--out", "" + out)));
        run.assertOneLineOfError("holds no model (model.json); segue train makes one");
    }

    @Test
    void aDamagedModelIsReported() throws IOException {
        Models.write(ModelType.NEW, TRACKS, 5, folder);
        Files.write(folder.resolve("track.npy"), new byte[10]);
        assertEquals(1, run.of(List.of("neighbours", "--model", "" + folder, "--out", "" + folder.resolve("out"))));
        run.assertOneLineOfError("track.npy");
        Models.write(ModelType.NEW, TRACKS, 4, folder);
        Files.writeString(folder.resolve("listeners.json"), "1\n");
        assertEquals(
                1,
                new CommandRun().of(List.of("neighbours", "--model", "" + folder, "--out", "" + folder.resolve("o"))));
    }

    @Test
    void tooLittleMemoryIsReported() {
        assertEquals(1, neighbours(folder.resolve("out"), "--memory-mb", "0"));
        run.assertOneLineOfError("the memory must be at least 1");
    }

    @Test
    void theCatalogKeepsTheAttributesOfTheTracks() throws IOException {
        Path tracks = folder.resolve("tracks.json");
        String plain = Files.readString(world.resolve("tracks.json"));
        Files.writeString(
                tracks, plain.replaceFirst("\\}\n", ",\"tags\":[\"rock\"],\"year\":1999,\"mood\":{\"a\":1}}\n"));
        Path json = folder.resolve("neighbours.json");
        assertEquals(0, run.of(command(json, tracks)), run.errors::toString);
        String first = Files.readAllLines(json).get(0);
        assertTrue(first.contains("\"tags\":[\"rock\"],\"year\":1999,\"mood\":{\"a\":1}"), first);
    }

    private int neighbours(Path out, String... others) {
        return run.of(command(out, world.resolve("tracks.json")), others);
    }

    private static List<String> command(Path out, Path catalog) {
        return List.of(
                "neighbours", "--model", "" + world.resolve("model"), "--catalog", "" + catalog, "--out", "" + out);
    }

    private static int[] list(IdLists lists, int track) {
        int row = lists.row(track);
        return row < 0
                ? new int[0]
                : IntStream.range(0, lists.size(row))
                        .map(i -> lists.get(row, i))
                        .toArray();
    }
}
