package dev.segue.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineInputTest {

    private static final String LINES = "{\"a\":1}\n{\"a\":\"x, [y] \\\" }\"}\n{\"a\":[1, 2]}\n";

    @TempDir
    private Path folder;

    @Test
    void formatIsDetectedByContent() throws IOException {
        byte[] plain = LINES.getBytes(UTF_8);
        byte[] marked = ("\ufeff" + LINES).getBytes(UTF_8);
        for (byte[] content :
                List.of(plain, marked, gzip(plain), gzip(marked), Zstd.compress(plain), Zstd.compress(marked))) {
            for (String name : List.of("data", "data.json", "data.gz", "data.zst", "data.parquet")) {
                assertEquals(LINES, read(Files.write(folder.resolve(name), content)));
            }
        }
    }

    @Test
    void compressedPartsAreConcatenated() throws IOException {
        byte[] part = LINES.getBytes(UTF_8);
        for (byte[] compressed : List.of(gzip(part), Zstd.compress(part))) {
            byte[] twice = Arrays.copyOf(compressed, 2 * compressed.length);
            System.arraycopy(compressed, 0, twice, compressed.length, compressed.length);
            assertEquals(LINES + LINES, read(Files.write(folder.resolve("data"), twice)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100_000})
    void bytesAfterGzipDataAreRejected(int lines) throws IOException {
        byte[] part = gzip(LINES.repeat(lines).getBytes(UTF_8));
        for (String rest : List.of("\n", LINES, "\u001f", "\u001f\u008b", LINES.repeat(50_000), "\0\0\0")) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(part);
            bytes.write(part);
            bytes.write(rest.getBytes(ISO_8859_1));
            Path file = Files.write(folder.resolve("data.json.gz"), bytes.toByteArray());
            UnreadableInput exception = assertThrows(UnreadableInput.class, () -> read(file));
            assertEquals(
                    "the gzip data ends here, and other bytes follow;" + " compress the whole file or none of it",
                    exception.getMessage());
        }
    }

    /** A pipe without available bytes has not ended; GZIPInputStream alone would skip the second member. */
    @Test
    void partsOfSlowPipeAreConcatenated() throws IOException {
        byte[] part = gzip(LINES.getBytes(UTF_8));
        var bytes = new ByteArrayOutputStream();
        bytes.write(part);
        bytes.write(part);
        InputStream slow = new ByteArrayInputStream(bytes.toByteArray()) {
            @Override
            public synchronized int available() {
                return 0;
            }

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, part.length));
            }
        };
        try (InputStream content = InputFile.decoded(new InputFile.Counting(slow))) {
            assertEquals(LINES + LINES, new String(content.readAllBytes(), UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s,%s]", " \n[\n%s,\n%s\n,%s\n]\n", "[%s , %s , %s ]  "})
    void arrayIsReadByElement(String form) throws IOException {
        Object[] lines = LINES.lines().toArray();
        Path file = Files.writeString(folder.resolve("array.json"), String.format(Locale.ROOT, form, lines));
        assertEquals(
                LINES.lines().toList(), read(file).lines().map(String::strip).toList());
    }

    @Test
    void elementMaySpanLines() throws IOException {
        Path file =
                Files.writeString(folder.resolve("array.json"), "[\n {\n  \"a\": [\n   1,\n   2\n  ]\n },\n {}\n]\n");
        assertEquals("{   \"a\": [    1,    2   ]  }\n{}\n", read(file));
        try (LineInput input = LineInput.open(file)) {
            assertEquals("array.json, element 7", input.location("array.json", 7));
        }
    }

    @Test
    void arrayOfManyBlocksIsRead() throws IOException {
        String element = "{\"text\":\"" + "[,]{}\\\\\\\"".repeat(5_000) + "\"}";
        Path file = Files.writeString(folder.resolve("array.json"), "[" + (element + ",").repeat(20) + element + "]");
        assertEquals((element + "\n").repeat(21), read(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{}, {}   | the JSON array has no end
            [{}, {    | the JSON array has no end
            [{}] {}   | text follows the JSON array
            [{}] [{}] | text follows the JSON array
            """)
    void truncatedArrayOrTrailingTextIsRejected(String array, String problem) throws IOException {
        assertRejected(problem, array.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PK\\003\\004            | a zip archive; unpack it
            BZh91AY                | bzip2 data; unpack it
            \\3757zXZ\\000           | xz data; unpack it
            7z\\274\\257\\047\\034      | a 7z archive; unpack it
            \\004"M\\030             | lz4 data; unpack it
            ORC                    | an ORC file; write JSON lines, Parquet
            Obj\\001                | an Avro file; write JSON lines, Parquet
            ARROW1                 | an Arrow or Feather file; write JSON lines, Parquet
            \\211HDF\\r\\n            | an HDF5 file; write JSON lines, Parquet
            SQLite format 3        | an SQLite database; write JSON lines, Parquet
            \\200\\004               | a Python pickle; write JSON lines, Parquet
            PARE                   | Parquet with encrypted columns
            track,artist,title     | a table of text (CSV); write JSON lines
            "track";"artist"       | a table of text (CSV); write JSON lines
            {\\n"a":1\\n}            | JSON with an object over several lines; write each on one line
            """)
    void unsupportedFormatsAreReportedWithRemedy(String start, String problem) throws IOException {
        assertRejected(problem, (start.translateEscapes() + "\n more").getBytes(ISO_8859_1));
    }

    @Test
    void unsupportedEncodingsAreReportedWithRemedy() throws IOException {
        for (Charset charset : List.of(UTF_16, Charset.forName("UTF-16LE"), Charset.forName("UTF-16BE"))) {
            assertRejected("UTF-16 text; save it as UTF-8", LINES.getBytes(charset));
        }
        assertRejected("UTF-32 text; save it as UTF-8", ("\ufeff" + LINES).getBytes(Charset.forName("UTF-32LE")));
    }

    @Test
    void damagedDataIsReportedWithRemedyWithoutClassName() throws IOException {
        byte[] random = new byte[200_000];
        new java.util.Random(1).nextBytes(random);
        byte[] gzip = gzip(random);
        byte[] zstd = Zstd.compress(random);
        assertRejected("the gzip data ends early; copy or compress", Arrays.copyOf(gzip, gzip.length - 20));
        assertRejected("damaged or truncated zstd data; copy or compress", Arrays.copyOf(zstd, zstd.length - 20));
        zstd[8] ^= 0x55;
        assertRejected("damaged or truncated zstd data; copy or compress", zstd);
        gzip[3] = 77;
        assertRejected("damaged gzip data (", gzip);
        assertRejected("not a Parquet file, or truncated; copy it", "PAR1 and more".getBytes(UTF_8));
    }

    @Test
    void parquetKeepsTheTypesOfItsColumns() throws Exception {
        Path file = parquet(
                "select '003' as text, 3 as number, 3::bigint as long, 17.0::double as whole, 0.25::double as share, 0.5::float as half,"
                        + " 2.50::decimal(9,2) as price, 123456789012345678901::decimal(38,0) as large, 18446744073709551615::ubigint as key, true as flag, null::integer as gap, 'nan'::double as nothing,"
                        + " timestamp '2026-11-26 12:00:00.123' as ms, timestamptz '2026-11-26 12:00:00.123+00' as tz,"
                        + " {'E': 'T1'} as object, map {'E': 'T1'} as entries, ['E'] as list, 'a\"b' as quoted, 'x'::blob as bytes");
        assertEquals(
                "{\"text\":\"003\",\"number\":3,\"long\":3,\"whole\":17,\"share\":0.25,\"half\":0.5,\"price\":2.5,\"large\":123456789012345678901,\"key\":18446744073709551615,\"flag\":true,"
                        + "\"gap\":null,\"nothing\":null,\"ms\":1795694400123,\"tz\":1795694400123,\"object\":{\"E\":\"T1\"},"
                        + "\"entries\":{\"E\":\"T1\"},\"list\":[\"E\"],\"quoted\":\"a\\\"b\",\"bytes\":\"x\"}\n",
                read(file));
    }

    @Test
    void parquetRowsAreReadInOrder() throws Exception {
        Path file = parquet("select range as n from range(300000)");
        try (LineInput input = LineInput.open(file)) {
            var lines = new String(input.stream().readAllBytes(), UTF_8).lines().toList();
            assertEquals(300_000, lines.size());
            for (int i = 0; i < 300_000; i++) {
                assertEquals("{\"n\":" + i + "}", lines.get(i));
            }
            assertEquals(Files.size(file), input.bytesRead());
            assertEquals("log.parquet, row 12", input.location("log.parquet", 12));
        }
    }

    @Test
    void folderNamesAreColumnsAndBracketsAreEscaped() throws Exception {
        Path partition = Files.createDirectories(folder.resolve("a[1]/message=next/day=2026-11-26/user=007/n=5"));
        Path file = Files.move(parquet("select 1 as track"), partition.resolve("part*.parquet"));
        assertEquals(
                "{\"message\":\"next\",\"day\":\"2026-11-26\",\"user\":\"007\",\"n\":5,\"track\":1}\n", read(file));
    }

    private Path parquet(String query) throws Exception {
        Path file = folder.resolve("log.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
        }
        return file;
    }

    private void assertRejected(String problem, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("data"), content);
        var exception = assertThrows(IOException.class, () -> read(file));
        String message = UnreadableInput.explain(exception);
        assertTrue(message.startsWith(problem), message);
        assertTrue(!message.contains("java."), message);
    }

    private static String read(Path file) throws IOException {
        try (LineInput input = LineInput.open(file)) {
            return new String(input.stream().readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
