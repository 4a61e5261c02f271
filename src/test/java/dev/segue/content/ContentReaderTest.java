package dev.segue.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentReaderTest {

    @TempDir
    private Path folder;

    private TrackContent read(String text) throws IOException {
        return ContentReader.read(Files.writeString(folder.resolve("tracks.json"), text));
    }

    private void assertRefused(String text, String message) {
        String refusal = assertThrows(FileException.class, () -> read(text)).getMessage();
        assertEquals(message, refusal);
    }

    private static int size(TrackContent content, int row) {
        return content.offsets()[row + 1] - content.offsets()[row];
    }

    @Test
    void everyFieldIsOptionalAndNullIsAbsent() throws IOException {
        TrackContent content = read("""
                {"track":1}
                {"track":2,"tags":null,"genre":null,"artist":null,"album":null,"year":null}
                {"track":3,"tags":["rock"],"genre":"pop","artist":"A","album":"B","year":1999}
                """);
        assertEquals(3, content.rows());
        assertEquals(0, size(content, 0));
        assertEquals(0, size(content, 1));
        assertEquals(4, size(content, 2));
        assertArrayEquals(new int[] {-1, -1, 1999}, content.years());
        assertEquals(TrackContent.NONE, content.artists()[0]);
        assertEquals(FeatureKind.ARTIST, content.kinds()[content.artists()[2]]);
    }

    @Test
    void textsAreComparedWithoutCaseSpacesAndComposition() throws IOException {
        TrackContent content = read("""
                {"tags":["Café"," rock ","ROCK","rock",""]}
                {"tags":["cafe\\u0301","Rock"]}
                """);
        assertEquals(2, content.kinds().length);
        assertEquals(2, size(content, 0));
        assertEquals(2, size(content, 1));
    }

    @Test
    void aGenreIsAStringOrAnArrayAndIsNotATag() throws IOException {
        TrackContent content = read("""
                {"genre":"rock"}
                {"genre":["rock","pop"]}
                {"tags":["rock"]}
                """);
        assertArrayEquals(new FeatureKind[] {FeatureKind.GENRE, FeatureKind.GENRE, FeatureKind.TAG}, content.kinds());
        assertEquals(1, size(content, 0));
        assertEquals(2, size(content, 1));
    }

    @Test
    void albumsOfSeveralArtistsWithOneTitleAreDifferent() throws IOException {
        TrackContent content = read("""
                {"artist":"A","album":"Hits"}
                {"album":"Hits","artist":"B"}
                {"album":"hits","artist":"a"}
                """);
        assertEquals(4, content.kinds().length, "two artists and two albums");
    }

    @Test
    void theElementsOfAnArrayAreRows() throws IOException {
        assertEquals(2, read("[{\"tags\":[\"a\"]},\n{\"year\":2000}]").rows());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tags\":\"rock\"} | \"tags\" must be an array of strings; write \"tags\":[\"rock\",\"live\"], or leave it out (byte 9)",
                "{\"tags\":[1]} | \"tags\" must be an array of strings; write \"tags\":[\"rock\",\"live\"], or leave it out (byte 10)",
                "{\"genre\":7} | \"genre\" must be a string or an array of strings; write \"genre\":\"rock\", or leave it out (byte 10)",
                "{\"genre\":[null]} | \"genre\" must be a string or an array of strings; write \"genre\":\"rock\", or leave it out (byte 11)",
                "{\"album\":{}} | \"album\" must be a string; leave it out where unknown (byte 10)",
                "{\"artist\":[]} | \"artist\" must be a string; leave it out where unknown (byte 11)",
                "{\"year\":\"1999\"} | \"year\" must be an integer from 1000 to 2999; leave it out where unknown (byte 9)",
                "{\"year\":3000} | \"year\" must be an integer from 1000 to 2999; leave it out where unknown (byte 12)",
                "{\"year\":999} | \"year\" must be an integer from 1000 to 2999; leave it out where unknown",
                "{\"year\":1999.5} | \"year\" must be an integer from 1000 to 2999; leave it out where unknown (byte 13)",
            })
    void otherTypesAreRefusedWithTheLine(String row, String problem) {
        assertRefused("{\"track\":1}\n\n" + row + "\n", "tracks.json:3: " + problem);
    }

    @Test
    void hugeTagsAreRefused() throws IOException {
        String tags = String.join(",", Collections.nCopies(1000, "\"a\""));
        assertEquals(1, size(read("{\"tags\":[" + tags + "]}"), 0));
        String tooMany = String.join(",", Collections.nCopies(10_000, "\"a\""));
        assertRefused(
                "{\"tags\":[" + tooMany + "]}",
                "tracks.json:1: \"tags\" has more than 1000 texts; keep the ones that describe the track best");
        assertEquals(1, size(read("{\"genre\":\"" + "é".repeat(256) + "\"}"), 0));
        assertRefused(
                "{\"genre\":\"" + "a".repeat(1_000_000) + "\"}",
                "tracks.json:1: \"genre\" has a text of more than 256 characters; shorten it or leave it out");
    }

    @Test
    void aMissingFileIsReported() {
        Path missing = folder.resolve("missing.json");
        assertEquals(
                "no such file: " + missing,
                assertThrows(FileException.class, () -> ContentReader.read(missing))
                        .getMessage());
    }
}
