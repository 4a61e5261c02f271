package dev.segue.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSearchTest {

    private static final ContentSearch.Options ALL = new ContentSearch.Options(50, 0, 1_000_000);

    @TempDir
    private Path folder;

    private Path write(String... rows) throws IOException {
        return Files.writeString(folder.resolve("tracks.json"), String.join("\n", rows));
    }

    private ContentSearch.Result search(ContentSearch.Options options, @Nullable FloatMatrix embeddings, String... rows)
            throws IOException {
        TrackContent content = ContentReader.read(write(rows));
        return new ContentSearch(content, embeddings(embeddings), ContentWeights.DEFAULT, options).find(done -> {});
    }

    private @Nullable ContentEmbeddings embeddings(@Nullable FloatMatrix matrix) {
        if (matrix == null) {
            return null;
        }
        Path file = folder.resolve("audio.npy");
        NpyFile.write(file, matrix);
        return ContentEmbeddings.read(file, matrix.rows());
    }

    private static void assertNeighbours(ContentSearch.Result result, int row, int[] rows, double... scores) {
        assertArrayEquals(rows, Arrays.copyOf(result.lists().row(row), result.size(row)), "row " + row);
        for (int i = 0; i < scores.length; i++) {
            assertEquals(scores[i], result.scores().get(row, i), 1e-6, "row " + row + ", place " + i);
        }
    }

    @Test
    void tagsAreComparedByTheirCosine() throws IOException {
        var result =
                search(ALL, null, "{\"tags\":[\"rock\",\"live\"]}", "{\"tags\":[\"rock\"]}", "{\"tags\":[\"live\"]}");
        // Both tags have 2 of 3 tracks, so their weights are equal: (1, 1)·(1, 0) / √2
        assertNeighbours(result, 0, new int[] {1, 2}, Math.sqrt(0.5), Math.sqrt(0.5));
        assertNeighbours(result, 1, new int[] {0}, Math.sqrt(0.5));
        assertNeighbours(result, 2, new int[] {0}, Math.sqrt(0.5));
        assertEquals(0, result.inexact());
    }

    @Test
    void rareTagsWeighMore() throws IOException {
        var result = search(
                ALL,
                null,
                "{\"tags\":[\"a\",\"b\"]}",
                "{\"tags\":[\"b\"]}",
                "{\"tags\":[\"a\"]}",
                "{\"tags\":[\"b\"]}");
        double a = Math.log(1 + 4 / 2.0);
        double b = Math.log(1 + 4 / 3.0);
        double length = Math.sqrt(a * a + b * b);
        assertNeighbours(result, 0, new int[] {2, 1, 3}, a / length, b / length, b / length);
    }

    @Test
    void absentPartsLowerTheSimilarity() throws IOException {
        var result = search(
                ALL,
                null,
                "{\"artist\":\"X\",\"tags\":[\"a\"]}",
                "{\"artist\":\"X\"}",
                "{\"artist\":\"Y\",\"tags\":[\"a\"]}",
                "{\"title\":\"unknown\"}");
        // Weights: tags 1, artist 0.5. Both in common: 1; one of both: 0.5 / √(1.5 · 0.5) and 1 / 1.5
        assertNeighbours(result, 0, new int[] {2, 1}, 1 / 1.5, 0.5 / Math.sqrt(0.75));
        assertNeighbours(result, 1, new int[] {0}, 0.5 / Math.sqrt(0.75));
        assertNeighbours(result, 3, new int[] {});
    }

    @Test
    void allPartsOfEqualTracksAddUpToOne() throws IOException {
        String row = "{\"artist\":\"X\",\"album\":\"A\",\"genre\":\"g\",\"tags\":[\"a\",\"b\"],\"year\":2000}";
        assertNeighbours(search(ALL, null, row, row), 0, new int[] {1}, 1);
    }

    @Test
    void yearsAreSimilarWithinTenYears() throws IOException {
        var result = search(ALL, null, "{\"year\":2000}", "{\"year\":2004}", "{\"year\":2010}", "{\"year\":2999}");
        assertNeighbours(result, 0, new int[] {1}, 0.6);
        assertNeighbours(result, 1, new int[] {0, 2}, 0.6, 0.4);
        assertNeighbours(result, 2, new int[] {1}, 0.4);
        assertNeighbours(result, 3, new int[] {});
    }

    @Test
    void embeddingsAreAPartOfTheSimilarity() throws IOException {
        var embeddings = new FloatMatrix(4, 2, new float[] {3, 0, 6, 8, 0, 0, -1, 0});
        var result = search(ALL, embeddings, "{\"tags\":[\"a\"]}", "{}", "{\"tags\":[\"a\"]}", "{}");
        // Track 0 has two parts, the others have one: cosine / √2. Track 3 points in the opposite direction.
        assertNeighbours(result, 0, new int[] {2, 1}, Math.sqrt(0.5), 0.6 * Math.sqrt(0.5));
        assertNeighbours(result, 1, new int[] {0}, 0.6 * Math.sqrt(0.5));
        assertNeighbours(result, 2, new int[] {0}, Math.sqrt(0.5));
        assertNeighbours(result, 3, new int[] {});
    }

    @Test
    void tiesAreInTheOrderOfTheFileAfterTheTrack() throws IOException {
        String row = "{\"genre\":\"g\"}";
        var result = search(new ContentSearch.Options(2, 0, 1000), null, row, row, row, row, row);
        assertNeighbours(result, 0, new int[] {1, 2});
        assertNeighbours(result, 3, new int[] {4, 0});
        assertNeighbours(result, 4, new int[] {0, 1});
    }

    @Test
    void neighboursByOneArtistAreLimited() throws IOException {
        String same = "{\"artist\":\"A\",\"tags\":[\"t\"]}";
        String other = "{\"artist\":\"B\",\"tags\":[\"t\"]}";
        var result = search(new ContentSearch.Options(3, 1, 1000), null, same, same, same, other, "{\"tags\":[\"t\"]}");
        assertNeighbours(result, 0, new int[] {1, 4, 3});
    }

    @Test
    void aFileOfOneTrackHasNoNeighbours() throws IOException {
        assertNeighbours(search(ALL, new FloatMatrix(1, 1, new float[] {1}), "{\"year\":2000}"), 0, new int[] {});
    }

    /** Rows with tags of very different frequencies. */
    private static String[] randomRows(int count, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(row -> {
                    List<String> tags = IntStream.range(0, random.nextInt(6))
                            .mapToObj(i -> "\"t" + (int) (60 * Math.pow(random.nextDouble(), 3)) + "\"")
                            .toList();
                    return "{\"tags\":[" + String.join(",", tags) + "],\"genre\":\"g" + random.nextInt(3)
                            + "\",\"artist\":\"a" + random.nextInt(count / 8) + "\""
                            + (random.nextInt(4) == 0 ? "" : ",\"year\":" + (1980 + random.nextInt(40))) + "}";
                })
                .toArray(String[]::new);
    }

    private static FloatMatrix randomEmbeddings(int rows, int columns, long seed) {
        var random = new Random(seed);
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = i / columns % 10 == 0 ? 0 : (float) random.nextGaussian();
        }
        return matrix;
    }

    /** The scores of the best tracks of a row by comparing it with all, under the limit per artist. */
    private static List<Float> bruteForce(
            FeatureVectors vectors, @Nullable EmbeddingNeighbours embeddings, int row, ContentSearch.Options options) {
        var artists = new int[vectors.features()];
        return IntStream.range(0, vectors.rows())
                .filter(other -> other != row)
                .mapToObj(other -> new float[] {
                    (float) (vectors.product(row, other) + (embeddings == null ? 0 : embeddings.product(row, other))),
                    other
                })
                .filter(pair -> pair[0] > 0)
                .sorted((a, b) -> Float.compare(b[0], a[0]))
                .filter(pair -> options.maxPerArtist() == 0
                        || ++artists[vectors.artist((int) pair[1])] <= options.maxPerArtist())
                .limit(options.count())
                .map(pair -> pair[0])
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"10, 0, false", "10, 2, false", "50, 0, false", "10, 0, true", "10, 2, true", "400, 0, true"})
    void theScoresAreThoseOfComparingAllTracks(int count, int maxPerArtist, boolean hasEmbeddings) throws IOException {
        int rows = 4000;
        var options = new ContentSearch.Options(count, maxPerArtist, 1_000_000);
        TrackContent content = ContentReader.read(write(randomRows(rows, 1)));
        FloatMatrix matrix = hasEmbeddings ? randomEmbeddings(rows, 6, 2) : null;
        var result = new ContentSearch(content, embeddings(matrix), ContentWeights.DEFAULT, options).find(done -> {});
        assertEquals(0, result.inexact());
        ContentEmbeddings known = embeddings(matrix);
        var vectors = new FeatureVectors(content, ContentWeights.DEFAULT, known);
        var embeddings = known == null ? null : new EmbeddingNeighbours(known, vectors.embeddingWeights(), 1);
        for (int row = 0; row < rows; row += 97) {
            List<Float> expected = bruteForce(vectors, embeddings, row, options);
            assertEquals(expected.size(), result.size(row), "row " + row);
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), result.scores().get(row, i), 1e-4, "row " + row + ", place " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theResultDoesNotDependOnTheThreads(int threads) throws IOException {
        TrackContent content = ContentReader.read(write(randomRows(1500, 3)));
        var options = new ContentSearch.Options(20, 3, 2000);
        var one = new ContentSearch(content, null, ContentWeights.DEFAULT, options).find(done -> {}, 1);
        var several = new ContentSearch(content, null, ContentWeights.DEFAULT, options).find(done -> {}, threads);
        assertArrayEquals(one.lists().values(), several.lists().values());
        assertArrayEquals(one.scores().values(), several.scores().values());
        assertEquals(one.inexact(), several.inexact());
    }

    @Test
    void tagsOfMostTracksAreNotLookedUpIfRarerOnesFillTheList() throws IOException {
        String[] rows = IntStream.range(0, 6000)
                .mapToObj(row -> "{\"tags\":[\"common\",\"rare" + row / 20 + "\"]}")
                .toArray(String[]::new);
        var result = search(new ContentSearch.Options(10, 0, 20), null, rows);
        // 20 look-ups are enough for the rare tag, and all 20 tracks with it have the similarity 1.
        assertEquals(0, result.inexact());
        assertNeighbours(result, 45, new int[] {46, 47, 48, 49, 50, 51, 52, 53, 54, 55}, 1, 1, 1);
    }

    @Test
    void theMaximumOfLookupsBoundsTheSearchAndIsReported() throws IOException {
        String[] rows = IntStream.range(0, 3000)
                .mapToObj(row ->
                        "{\"tags\":[\"common\"],\"genre\":\"g" + row % 2 + "\",\"year\":" + (2000 + row % 50) + "}")
                .toArray(String[]::new);
        var result = search(new ContentSearch.Options(10, 0, 100), null, rows);
        assertTrue(result.inexact() > 2500, () -> "" + result.inexact());
        for (int row = 0; row < rows.length; row += 100) {
            assertEquals(10, result.size(row));
            assertTrue(result.scores().get(row, 0) > 0);
        }
        assertEquals(
                0, search(new ContentSearch.Options(10, 0, 10_000), null, rows).inexact());
    }

    @Test
    void progressCountsAllTracks() throws IOException {
        TrackContent content = ContentReader.read(write(randomRows(1000, 4)));
        long[] last = new long[1];
        new ContentSearch(content, null, ContentWeights.DEFAULT, ALL).find(done -> last[0] = done);
        assertEquals(1000, last[0]);
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ContentSearch.Options(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ContentSearch.Options(1001, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ContentSearch.Options(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ContentSearch.Options(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ContentWeights(0, 0, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ContentWeights(-1, 1, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ContentWeights(Double.NaN, 1, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ContentWeights(Double.POSITIVE_INFINITY, 1, 1, 1, 1, 1));
    }
}
