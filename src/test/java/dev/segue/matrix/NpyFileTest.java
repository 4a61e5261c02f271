package dev.segue.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    private static final String INTS_2_BY_3 = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void setFile() {
        file = folder.resolve("vectors.npy");
    }

    @Test
    void floatsAreReadBitForBitAsWritten() {
        float[] values = new float[301 * 100];
        var random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
        }
        NpyFile.write(file, new FloatMatrix(301, 100, values));
        FloatMatrix read = NpyFile.readFloats(file);
        assertEquals(301, read.rows());
        assertEquals(100, read.columns());
        for (int i = 0; i < values.length; i++) {
            assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(read.values()[i]));
        }
    }

    @Test
    void integersAreReadAsWritten() {
        int[] values = new Random(2).ints(20_001L * 3).toArray();
        NpyFile.write(file, new IntMatrix(20_001, 3, values));
        IntMatrix read = NpyFile.readInts(file);
        assertEquals(20_001, read.rows());
        assertEquals(3, read.columns());
        assertArrayEquals(values, read.values());
    }

    @Test
    void matricesBeyondTheFirstAllocationAreReadAsWritten() {
        int[] values = new Random(3).ints(3L * 1_500_001).toArray();
        NpyFile.write(file, new IntMatrix(1_500_001, 3, values));
        assertArrayEquals(values, NpyFile.readInts(file).values());
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = i;
        }
        NpyFile.write(file, new FloatMatrix(1_500_001, 3, floats));
        assertArrayEquals(floats, NpyFile.readFloats(file).values());
    }

    /** A matrix of this shape would exceed the heap of the tests, and any small one of a server. */
    @Test
    void headersThatClaimMoreThanTheFileHasTakeNoMemory() throws IOException {
        String large = INTS_2_BY_3.replace("(2, 3)", "(40000, 50000)");
        Files.write(file, npy(1, large, 100));
        assertProblem("vectors.npy: ends early");
        Files.write(file, npy(1, large.replace("<i4", "<f4"), 100));
        var problem = assertThrows(FileException.class, () -> NpyFile.readFloats(file));
        assertTrue(String.valueOf(problem.getMessage()).startsWith("vectors.npy: ends early"), problem::toString);
    }

    @Test
    void problemsQuoteDamagedHeadersInOneLine() throws IOException {
        Files.write(file, npy(1, "{'descr': '<i4',\n\u001b[2J 'order': False}", 6));
        assertProblem(
                "vectors.npy: damaged .npy header; write the file again with np.save: {'descr': '<i4',??[2J 'order'");
    }

    @Test
    void aMatrixMayBeEmpty() {
        NpyFile.write(file, new IntMatrix(0, 5, new int[0]));
        assertEquals(5, NpyFile.readInts(file).columns());
    }

    @Test
    void writesTheSameBytesAsNumPy() throws IOException {
        // np.save(file, np.array([[1, -1, 258]], dtype=np.int32)) under NumPy 2.4
        NpyFile.write(file, new IntMatrix(1, 3, new int[] {1, -1, 258}));
        byte[] bytes = Files.readAllBytes(file);
        String header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<i4', 'fortran_order': False, 'shape': (1, 3), }";
        String expected = header + " ".repeat(127 - header.length()) + "\n\1\0\0\0\377\377\377\377\2\1\0\0";
        assertEquals(expected, new String(bytes, ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsAllVersionsOfTheFormat(int version) throws IOException {
        Files.write(file, npy(version, INTS_2_BY_3, 6));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, NpyFile.readInts(file).values());
    }

    @Test
    void readsGzippedFilesOfAnyName() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(npy(1, INTS_2_BY_3, 6));
        }
        Files.write(file, bytes.toByteArray());
        assertEquals(2, NpyFile.readInts(file).rows());

        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        assertProblem("vectors.npy: the gzip data ends early; copy or compress the file again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        '<i4'  | '<u4'     | dtype is '<u4', not '<i4'; convert with astype(np.int32)
        '<i4'  | '>i4'     | dtype is '>i4', not '<i4'; convert with astype(np.int32)
        '<i4'  | [('a', '<i4')] | dtype is [('a', '<i4')], not '<i4'; convert with astype(np.int32)
        False  | True      | in Fortran order, not C order; convert with np.ascontiguousarray
        (2, 3) | (1, 2, 3) | not a matrix; reshape it to (rows, columns)
        (2, 3) | (6,)      | not a matrix; reshape it to (rows, columns)
        (2, 3) | ()        | not a matrix; reshape it to (rows, columns)
        (2, 3) | (2, 4)    | ends early; copy it or write it again
        (2, 3) | (2, 2)    | longer than its shape; write it again with np.save
        (2, 3) | (99999, 99999) | 99999 x 99999 values are more than 2^31; split the matrix
        'shape' | 'form'   | not a matrix
        'descr' | 'type'   | damaged .npy header
        """)
    void otherArraysAreRejectedWithARemedy(String part, String replacement, String problem) throws IOException {
        Files.write(file, npy(1, INTS_2_BY_3.replace(part, replacement), 6));
        assertProblem("vectors.npy: " + problem);
    }

    @Test
    void otherAndDamagedFilesAreRejectedWithARemedy() throws IOException {
        Files.writeString(file, "[1, 2, 3]");
        assertProblem("vectors.npy: not a .npy file; write it with np.save");
        Files.write(file, npy(4, INTS_2_BY_3, 6));
        assertProblem("vectors.npy: unknown .npy version 4");
        Files.write(file, Arrays.copyOf(npy(1, INTS_2_BY_3, 6), 40));
        assertProblem("vectors.npy: ends early");
        Files.delete(file);
        assertProblem("no such file: " + file);
    }

    @Test
    void floatsAreNotReadAsIntegers() {
        NpyFile.write(file, new FloatMatrix(1, 1, new float[] {1}));
        assertProblem("vectors.npy: dtype is '<f4', not '<i4'; convert with astype(np.int32)");
    }

    @Test
    void writingReplacesTheFileAndLeavesNoTemporaryFile() throws IOException {
        NpyFile.write(file, new IntMatrix(1, 1, new int[] {1}));
        NpyFile.write(file, new IntMatrix(1, 1, new int[] {2}));
        assertArrayEquals(new int[] {2}, NpyFile.readInts(file).values());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theNumberOfValuesMustMatchTheShape() {
        assertThrows(IllegalArgumentException.class, () -> new IntMatrix(2, 2, new int[3]));
        assertThrows(IllegalArgumentException.class, () -> new FloatMatrix(-1, -3, new float[3]));
    }

    private void assertProblem(String expected) {
        var problem = assertThrows(FileException.class, () -> NpyFile.readInts(file));
        assertTrue(String.valueOf(problem.getMessage()).startsWith(expected), problem::toString);
    }

    /** A .npy file of int32 values 0, 1, 2, … with any header. */
    private static byte[] npy(int version, String header, int values) {
        int lengthBytes = version == 1 ? 2 : 4;
        var bytes = ByteBuffer.allocate(8 + lengthBytes + header.length() + 4 * values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY".getBytes(ISO_8859_1))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) header.length());
        } else {
            bytes.putInt(header.length());
        }
        bytes.put(header.getBytes(ISO_8859_1));
        for (int i = 0; i < values; i++) {
            bytes.putInt(i);
        }
        return bytes.array();
    }
}
