package dev.segue.importing;

import static dev.segue.importing.ImportRun.fixture;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens files of all kinds: compressed, archived, found by patterns, and of kinds that are refused. */
class InputsTest {

    private static final String CSV = "user,track_id,ts\n1,5,1767600000\n";
    private static final List<String> PLAYS = List.of("1 5 1.0");

    @TempDir
    private Path folder;

    private ImportRun run;

    @BeforeEach
    void prepare() {
        run = new ImportRun(folder);
    }

    private static byte[] zip(Object... namesAndContents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(content instanceof byte[] array ? array : ((String) content).getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void compressedFiles() throws IOException {
        assertEquals(
                PLAYS,
                run.of(run.file("gz.csv", ImportRun.gzip(CSV.getBytes(UTF_8)))).plays());
        assertEquals(
                PLAYS,
                run.of(run.file("zst.csv", Zstd.compress(CSV.getBytes(UTF_8)))).plays());
    }

    @Test
    void byteOrderMarksAndWindowsLines() {
        assertEquals(
                PLAYS,
                run.of(run.file("bom.csv", "\ufeff" + CSV.replace("\n", "\r\n")))
                        .plays());
        String json = "\ufeff[\r\n{\"user\":1,\"track\":5,\r\n\"ts\":1767600000}\r\n]\r\n";
        assertEquals(PLAYS, run.of(run.file("bom.json", json)).plays());
    }

    @Test
    void membersOfArchives() throws IOException {
        byte[] archive = zip(
                "export/", "",
                "export/user.json", "{\"user_id\":1}",
                "export/listens/1.jsonl", "{\"user\":1,\"track\":5,\"ts\":1767600000}\n",
                "export/listens/2.csv.gz", ImportRun.gzip("user,track_id,ts\n1,6,1767600060\n".getBytes(UTF_8)),
                "export/ReadMe.pdf", "%PDF-1.7\n\u0000\u0001",
                "__MACOSX/export/._1.jsonl", "\u0000");
        Path file = run.file("export.zip", archive);
        assertEquals(List.of("1 5 1.0", "1 6 1.0"), run.of(file).plays());
        assertTrue(
                run.messages.get(0).startsWith(file + "/export/listens/1.jsonl: JSON lines"), run.messages::toString);
        assertEquals(
                2,
                run.messages.stream()
                        .filter(line -> line.startsWith("left out"))
                        .count(),
                run.messages::toString);
    }

    @Test
    void anArchiveWithoutListens() throws IOException {
        Path file = run.file("export.zip", zip("user.json", "{\"user_id\":1}"));
        assertEquals("none of the files can be imported; the lines above name the reasons", failure(file));
        assertTrue(
                run.messages.get(0).startsWith("left out " + file + "/user.json: no column"), run.messages::toString);
    }

    @Test
    void globsAndFoldersLeaveOutOtherFiles() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("history/deep"));
        Files.writeString(deep.resolve("a.csv"), CSV);
        Files.writeString(deep.resolve("b.csv"), CSV.replace(",5,", ",6,"));
        Files.writeString(deep.resolve("note.csv"), "just a line\n");
        run.of(folder.resolve("history"));
        assertEquals(List.of("1 5 1.0", "1 6 1.0"), run.plays());
        assertTrue(run.messages.get(1).contains("note.csv: text without columns"), run.messages::toString);
        assertEquals(
                List.of("1 6 1.0"),
                run.of(folder.resolve("history/d*/[b-m].csv")).plays());
        assertEquals(
                "no file matches " + folder.resolve("history/*.csv") + "; correct the path",
                failure(folder.resolve("history/*.csv")));
        Files.copy(fixture(".scrobbler.log"), deep.resolve(".scrobbler.log"));
        Files.writeString(deep.resolve(".hidden.csv"), CSV);
        assertEquals(5, run.of(folder.resolve("history")).plays().size());
        assertEquals(
                List.of("1 5 1.0", "1 6 1.0"),
                run.of(folder.resolve("history/**.csv")).plays());
        assertTrue(failure(folder.resolve("history/*.tsv")).startsWith("no file matches "));
        assertEquals("there is no file nowhere.csv; correct the path", failure(Path.of("nowhere.csv")));
    }

    @Test
    void aFileIsReadOnce() {
        Path file = run.file("plays.csv", CSV);
        run.of(file, folder.resolve("./plays.csv"));
        assertEquals(1, run.counts().read());
    }

    @Test
    void filesOfSeveralFormatsInOneImport() {
        run.of(fixture("plays.csv"), fixture("plays.jsonl"), fixture(".scrobbler.log"));
        assertEquals(11, run.plays().size());
        assertEquals(3, run.messages.size());
        assertTrue(run.plays().contains("\"7\" \"11\" 1.0"), "other ids of tables are strings");
    }

    @Test
    void otherKindsUnderAKnownName() {
        Map.of(
                        "binary data of an unknown kind; name a table", "\u0089PNG\r\n\u001a\n\u0000",
                        "a web page; it may be the page of a login", "<!DOCTYPE html><html>",
                        "XML; convert it", "<?xml version=\"1.0\"?>",
                        "text without columns; name a table", "hello",
                        "an SQLite database; write JSON lines", "SQLite format 3\u0000",
                        "JSON without an object on one", "{\"user\":1,\n\"track\":2}\n",
                        "an event log of Segue or Botify", "{\"message\":\"next\",\"timestamp\":1,\"user\":1}\n")
                .forEach((message, content) -> {
                    String failure = failure(run.file("plays.csv", content.getBytes(ISO_8859_1)));
                    assertTrue(failure.contains("plays.csv: " + message), failure);
                });
    }

    @Test
    void kindsOfTextAndArchivesThatAreRefused() throws IOException {
        assertTrue(failure(run.file("empty.csv", "")).contains("empty.csv: empty; name a file with rows"));
        assertTrue(failure(run.file("utf16.csv", ("\ufeff" + CSV).getBytes(UTF_16LE)))
                .contains("UTF-16 text; save it"));
        assertTrue(failure(run.file("book.xlsx", zip("[Content_Types].xml", "<x/>")))
                .contains("an Excel workbook"));
        assertTrue(failure(run.file("cut.csv.gz", cut(ImportRun.gzip(CSV.getBytes(UTF_8)))))
                .contains("gzip data ends"));
        assertTrue(failure(run.file("cut.zip", cut(zip("a.csv", CSV.repeat(100)))))
                .contains("a zip archive that ends early"));
    }

    private static byte[] cut(byte[] content) {
        return Arrays.copyOf(content, content.length / 2);
    }

    @Test
    void textThatIsNotUtf8() {
        byte[] latin = (CSV + "1,caf\u00e9,1767600000\n").getBytes(ISO_8859_1);
        String failure = failure(run.file("latin.csv", latin));
        assertTrue(failure.contains("latin.csv: the text is not UTF-8 in line 3; convert it"), failure);
    }

    @Test
    void textIsDecodedOneCharacterAtATime() throws IOException {
        String text = "a\ud83c\udfb5é\ud83c\udfb6";
        var read = new StringBuilder();
        try (var reader = new Utf8Reader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                read.append((char) c);
            }
        }
        assertEquals(text, read.toString());
    }

    @Test
    void aQuoteThatIsNotClosed() {
        String failure =
                failure(run.file("quote.csv", CSV + "1,\"6,1767600000\n" + "1,7,1767600000\n".repeat(100_000)));
        assertTrue(failure.contains("quote.csv: the table cannot be read behind line 2"), failure);
    }

    @Test
    void anotherContentThanTheNameIsRead() {
        assertEquals(
                PLAYS,
                run.of(run.file("plays.csv", "[{\"user\":1,\"track\":5,\"ts\":1767600000}]"))
                        .plays());
        assertEquals(PLAYS, run.of(run.file("plays.json", CSV)).plays());
    }

    @Test
    void nothingIsWrittenByAFailure() {
        failure(run.file("latin.csv", "x"));
        assertFalse(Files.exists(run.out));
    }

    private String failure(Path file) {
        return String.valueOf(
                assertThrows(ImportException.class, () -> run.of(file)).getMessage());
    }
}
