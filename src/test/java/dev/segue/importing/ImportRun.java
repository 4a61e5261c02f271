package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs imports into a folder, and reads the files that they write. */
final class ImportRun {

    private static final JsonMapper JSON = new JsonMapper();

    final List<String> messages = new ArrayList<>();
    final Path out;
    private final Path folder;
    private RowCounts counts = new RowCounts();

    /** @param folder an empty folder */
    ImportRun(Path folder) {
        this.folder = folder;
        out = folder.resolve("music");
    }

    /** The path of a hand-made export. */
    static Path fixture(String name) {
        return Path.of("src/test/resources/dev/segue/importing", name);
    }

    Path file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    ImportRun of(Path... files) {
        return of(ImportOptions.DEFAULT, files);
    }

    ImportRun of(ImportOptions options, Path... files) {
        return of(options, Stream.of(files));
    }

    ImportRun of(ImportOptions options, Stream<Path> files) {
        var imported = new Import(files.map(Path::toString).toList(), options, out, true, messages::add);
        imported.read(bytes -> {});
        counts = imported.counts();
        imported.write(rows -> {});
        return this;
    }

    /** Imports a table of text. */
    ImportRun ofCsv(String... lines) {
        return ofCsv(ImportOptions.DEFAULT, lines);
    }

    ImportRun ofCsv(ImportOptions options, String... lines) {
        return of(options, file("plays.csv", String.join("\n", lines) + "\n"));
    }

    /** Imports a table that must fail, and returns the message. */
    String failureOfCsv(ImportOptions options, String... lines) {
        return String.valueOf(
                assertThrows(ImportException.class, () -> ofCsv(options, lines)).getMessage());
    }

    static ImportOptions columns(Map<Role, String> columns) {
        ImportOptions options = ImportOptions.DEFAULT;
        return new ImportOptions(
                columns,
                options.header(),
                options.defaultListener(),
                options.sessionGap(),
                options.durationUnit(),
                options.timestampUnit(),
                options.zone(),
                options.timestampMarks(),
                options.skippedShare());
    }

    RowCounts counts() {
        return counts;
    }

    String example(Reason reason) {
        assertTrue(counts.of(reason) > 0, reason + " has no rows");
        return counts.example(reason).replace(folder + "/", "");
    }

    /** The lines of the log. */
    List<JsonNode> log() {
        try (var log = new GZIPInputStream(Files.newInputStream(out.resolve("log.jsonl.gz")))) {
            return new String(log.readAllBytes(), UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log in short: {@code message user track time session/seq}, ids and times as JSON. */
    List<String> events() {
        return log().stream()
                .map(line -> line.get("message").asString() + " " + line.get("user")
                        + (line.has("track") ? " " + line.get("track") + " " + line.get("time") : "")
                        + " " + line.get("session") + "/" + line.get("seq"))
                .toList();
    }

    /** The playbacks in short: {@code user track time}. */
    List<String> plays() {
        return log().stream()
                .filter(line -> line.has("track"))
                .map(line -> line.get("user") + " " + line.get("track") + " " + line.get("time"))
                .toList();
    }

    List<Long> timestamps() {
        return log().stream().map(line -> line.get("timestamp").asLong()).toList();
    }

    List<String> tracks() {
        try {
            return Files.readAllLines(out.resolve("tracks.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
