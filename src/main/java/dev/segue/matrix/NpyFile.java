package dev.segue.matrix;

import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes NumPy's {@code .npy} format: matrices of little-endian float32 and int32 in C order, plain or gzipped. Reads
 * versions 1 to 3, one-dimensional arrays as matrices of one column, and int64 (NumPy's default) with values in the range of
 * int32. Writes version 1.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final String FLOAT32 = "<f4";
    private static final String INT32 = "<i4";
    private static final String INT64 = "<i8";
    private static final int HEADER_ALIGNMENT = 64;
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int CHUNK_BYTES = 1 << 16;

    /** Number of values for which memory is taken before they arrive. A damaged header may claim many more than the file has. */
    private static final int FIRST_VALUES = 1 << 22;

    private static final Pattern DTYPE = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[[^]]*])");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9]{1,10}) *, *([0-9]{1,10}) *,?\\)");

    /** Copies a chunk of values between the buffer and the matrix. */
    private interface ChunkCopy {
        void accept(ByteBuffer littleEndian, int firstValue);
    }

    private record Header(int rows, int columns, String dtype) {

        /** Number of values. */
        int length() {
            return rows * columns;
        }

        int firstLength() {
            return Math.min(length(), FIRST_VALUES);
        }

        /** The length of an array that replaces a full one. */
        int nextLength(int full) {
            return (int) Math.min(length(), 2L * full);
        }
    }

    private NpyFile() {}

    /** Whether a stream starts with the magic bytes of a {@code .npy} file. Does not change the stream's position. */
    public static boolean isAtStart(InputStream in) throws IOException {
        return InputFile.startsWith(in, MAGIC);
    }

    /**
     * Reads a float32 matrix.
     *
     * @throws FileException if the file is missing, damaged or not a float32 matrix
     */
    public static FloatMatrix readFloats(Path file) {
        try (InputStream in = InputFile.open(file)) {
            return readFloats(file, in);
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        }
    }

    /** Reads a float32 matrix from an open stream; {@code file} is only used in error messages. */
    public static FloatMatrix readFloats(Path file, InputStream in) throws IOException {
        Header header = readHeader(file, in, List.of(FLOAT32), "float32");
        var matrix = new Object() {
            float[] values = new float[header.firstLength()];
        };
        readValues(file, in, header.length(), Float.BYTES, (chunk, first) -> {
            var floats = chunk.asFloatBuffer();
            if (first + floats.remaining() > matrix.values.length) {
                matrix.values = Arrays.copyOf(matrix.values, header.nextLength(matrix.values.length));
            }
            floats.get(matrix.values, first, floats.remaining());
        });
        return new FloatMatrix(header.rows, header.columns, matrix.values);
    }

    /**
     * Reads an int32 matrix.
     *
     * @throws FileException if the file is missing, damaged or not an int32 matrix
     */
    public static IntMatrix readInts(Path file) {
        try (InputStream in = InputFile.open(file)) {
            return readInts(file, in);
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        }
    }

    /** Reads an int32 matrix from an open stream; {@code file} is only used in error messages. */
    public static IntMatrix readInts(Path file, InputStream in) throws IOException {
        Header header = readHeader(file, in, List.of(INT32, INT64), "int32");
        boolean isInt32 = header.dtype.equals(INT32);
        int valueBytes = isInt32 ? Integer.BYTES : Long.BYTES;
        var matrix = new Object() {
            int[] values = new int[header.firstLength()];
        };
        readValues(file, in, header.length(), valueBytes, (chunk, first) -> {
            int count = chunk.remaining() / valueBytes;
            if (first + count > matrix.values.length) {
                matrix.values = Arrays.copyOf(matrix.values, header.nextLength(matrix.values.length));
            }
            if (isInt32) {
                chunk.asIntBuffer().get(matrix.values, first, count);
            } else {
                narrow(file, chunk, matrix.values, first);
            }
        });
        return new IntMatrix(header.rows, header.columns, matrix.values);
    }

    private static void narrow(Path file, ByteBuffer chunk, int[] values, int first) {
        for (int i = first; chunk.hasRemaining(); i++) {
            long value = chunk.getLong();
            values[i] = (int) value;
            if (values[i] != value) {
                throw problem(file, "the value " + value + " is not an int32; ids are integers from 0 to 2147483647");
            }
        }
    }

    private static Header readHeader(Path file, InputStream in, List<String> dtypes, String dtypeName)
            throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw problem(file, "not a .npy file; write it with np.save");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw problem(file, "unknown .npy version " + version + "; write it with np.save");
        }
        ByteBuffer length =
                ByteBuffer.wrap(readFully(file, in, version == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = version == 1 ? Short.toUnsignedInt(length.getShort()) : length.getInt();
        if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
            throw problem(file, "damaged .npy header; write the file again with np.save");
        }
        String header = new String(readFully(file, in, headerBytes), StandardCharsets.UTF_8);
        String quoted = field(file, DTYPE, header);
        String dtype = quoted.substring(1, quoted.length() - 1);
        if (!quoted.startsWith("'") || !dtypes.contains(dtype)) {
            throw problem(
                    file,
                    "dtype is " + quoted + ", not '" + dtypes.get(0) + "'; convert with astype(np." + dtypeName + ")");
        }
        if (!field(file, ORDER, header).equals("False")) {
            throw problem(file, "in Fortran order, not C order; convert with np.ascontiguousarray");
        }
        return shape(file, header, dtype);
    }

    private static Header shape(Path file, String header, String dtype) {
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find()) {
            throw problem(file, "not a matrix; reshape it to (rows, columns): " + header.strip());
        }
        long rows = Long.parseLong(shape.group(1));
        long columns = Long.parseLong(shape.group(2));
        // A Java array has fewer than 2^31 elements; some JVMs support a few less.
        if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE || rows * columns > Integer.MAX_VALUE - 8) {
            throw problem(file, rows + " x " + columns + " values are more than 2^31; split the matrix");
        }
        return new Header((int) rows, (int) columns, dtype);
    }

    private static String field(Path file, Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw problem(file, "damaged .npy header; write the file again with np.save: " + header.strip());
        }
        return matcher.group(1);
    }

    private static void readValues(Path file, InputStream in, int values, int valueBytes, ChunkCopy copy)
            throws IOException {
        byte[] bytes = new byte[CHUNK_BYTES];
        int perChunk = CHUNK_BYTES / valueBytes;
        for (int first = 0; first < values; first += perChunk) {
            int length = Math.min(perChunk, values - first) * valueBytes;
            if (in.readNBytes(bytes, 0, length) < length) {
                throw truncated(file);
            }
            copy.accept(ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN), first);
        }
        if (in.read() >= 0) {
            throw problem(file, "longer than its shape; write it again with np.save");
        }
    }

    private static byte[] readFully(Path file, InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw truncated(file);
        }
        return bytes;
    }

    private static FileException truncated(Path file) {
        return problem(file, "ends early; copy it or write it again");
    }

    private static FileException problem(Path file, String problem) {
        return new FileException(file.getFileName() + ": " + problem);
    }

    /** Writes a float32 matrix atomically. */
    public static void write(Path file, FloatMatrix matrix) {
        write(
                file,
                FLOAT32,
                matrix.rows(),
                matrix.columns(),
                (chunk, first) -> chunk.asFloatBuffer().put(matrix.values(), first, chunk.remaining() / Float.BYTES));
    }

    /** Writes an int32 matrix atomically. */
    public static void write(Path file, IntMatrix matrix) {
        write(
                file,
                INT32,
                matrix.rows(),
                matrix.columns(),
                (chunk, first) -> chunk.asIntBuffer().put(matrix.values(), first, chunk.remaining() / Integer.BYTES));
    }

    private static void write(Path file, String dtype, int rows, int columns, ChunkCopy copy) {
        OutputFile.write(file, out -> {
            out.write(header(dtype, rows, columns));
            byte[] bytes = new byte[CHUNK_BYTES];
            int perChunk = CHUNK_BYTES / Integer.BYTES;
            int values = rows * columns;
            for (int first = 0; first < values; first += perChunk) {
                int length = Math.min(perChunk, values - first) * Integer.BYTES;
                copy.accept(ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN), first);
                out.write(bytes, 0, length);
            }
        });
    }

    private static byte[] header(String dtype, int rows, int columns) {
        String dictionary =
                "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int prefix = MAGIC.length + 4;
        // The values start at a multiple of 64 bytes, for np.memmap; the header is padded and ends with a newline.
        int total = (prefix + dictionary.length() + 1 + HEADER_ALIGNMENT - 1) / HEADER_ALIGNMENT * HEADER_ALIGNMENT;
        String padded = dictionary + " ".repeat(total - prefix - dictionary.length() - 1) + "\n";
        return ByteBuffer.allocate(total)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put(new byte[] {1, 0})
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
