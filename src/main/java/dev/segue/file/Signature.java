package dev.segue.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of an unsupported file format: characteristic first bytes.
 *
 * @param offset offset of the bytes in the file
 * @param bytes the bytes, one for each character
 * @param problem the name of the format, and a remedy
 */
record Signature(int offset, String bytes, String problem) {

    static final byte[] GZIP = bytes("\u001f\u008b");
    static final byte[] ZSTD = bytes("(\u00b5/\u00fd");
    static final byte[] PARQUET = bytes("PAR1");

    /** The byte order mark that some programs write before UTF-8 text. */
    static final byte[] BYTE_ORDER_MARK = bytes("\u00ef\u00bb\u00bf");

    private static final String UTF_16 = "UTF-16 text; save it as UTF-8, as in: iconv -f UTF-16 -t UTF-8 F > G";
    private static final String UTF_32 = "UTF-32 text; save it as UTF-8, as in: iconv -f UTF-32 -t UTF-8 F > G";
    private static final String TABLE = "; write JSON lines, Parquet or, for a matrix, .npy instead";

    private static final List<Signature> UNSUPPORTED = List.of(
            new Signature(0, "\u00ff\u00fe\u0000\u0000", UTF_32),
            new Signature(0, "\u00ff\u00fe", UTF_16),
            new Signature(0, "\u00fe\u00ff", UTF_16),
            new Signature(0, "{\u0000", UTF_16),
            new Signature(0, "[\u0000", UTF_16),
            new Signature(0, "\u0000{\u0000", UTF_16),
            new Signature(0, "\u0000[\u0000", UTF_16),
            new Signature(0, "PK\u0003\u0004", "a zip archive; unpack it, as in: unzip F"),
            new Signature(0, "PK\u0005\u0006", "an empty zip archive; name another file"),
            new Signature(0, "BZh", "bzip2 data; unpack it, as in: bunzip2 F"),
            new Signature(0, "\u00fd7zXZ\u0000", "xz data; unpack it, as in: unxz F"),
            new Signature(0, "7z\u00bc\u00af'\u001c", "a 7z archive; unpack it, as in: 7z x F"),
            new Signature(0, "\u0004\"M\u0018", "lz4 data; unpack it, as in: lz4 -d F"),
            new Signature(0, "\u00ff\u0006\u0000\u0000sNaPpY", "snappy data; unpack it, or compress with gzip or zstd"),
            new Signature(257, "ustar", "a tar archive; unpack it, as in: tar xf F"),
            new Signature(0, "PARE", "Parquet with encrypted columns; write it without encryption"),
            new Signature(0, "ORC", "an ORC file" + TABLE),
            new Signature(0, "Obj\u0001", "an Avro file" + TABLE),
            new Signature(0, "ARROW1", "an Arrow or Feather file" + TABLE),
            new Signature(0, "\u0089HDF\r\n", "an HDF5 file" + TABLE),
            new Signature(0, "SQLite format 3", "an SQLite database" + TABLE),
            new Signature(0, "\u0080\u0002", "a Python pickle" + TABLE),
            new Signature(0, "\u0080\u0003", "a Python pickle" + TABLE),
            new Signature(0, "\u0080\u0004", "a Python pickle" + TABLE),
            new Signature(0, "\u0080\u0005", "a Python pickle" + TABLE));

    /** Number of first bytes that determine the format of a file. */
    static final int LENGTH = 1 << 10;

    private static final int ZIP_NAME_LENGTH = 26;
    private static final int ZIP_NAME = 30;

    private static byte[] bytes(String characters) {
        return characters.getBytes(ISO_8859_1);
    }

    static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    /** Whether these are JSON lines: a fast path for most files, which speeds up the start of the server. */
    private static boolean areJsonLines(byte[] head) {
        return head.length > 1 && head[0] == '{' && head[1] == '"';
    }

    /**
     * Rejects content in an unsupported format.
     *
     * @param head the first bytes
     * @throws UnreadableInput if the format is not supported
     */
    static void check(byte[] head) throws UnreadableInput {
        if (areJsonLines(head)) {
            return;
        }
        if (isNpz(head)) {
            throw new UnreadableInput("a .npz file, which is a zip archive of arrays; write the array with np.save");
        }
        for (Signature unsupported : UNSUPPORTED) {
            byte[] expected = bytes(unsupported.bytes);
            int end = unsupported.offset + expected.length;
            if (head.length >= end && Arrays.equals(head, unsupported.offset, end, expected, 0, expected.length)) {
                throw new UnreadableInput(unsupported.problem);
            }
        }
    }

    private static boolean isNpz(byte[] head) {
        if (!startsWith(head, bytes("PK\u0003\u0004")) || head.length < ZIP_NAME) {
            return false;
        }
        int length = (head[ZIP_NAME_LENGTH] & 0xff) | ((head[ZIP_NAME_LENGTH + 1] & 0xff) << 8);
        int end = Math.min(head.length, ZIP_NAME + length);
        return new String(head, ZIP_NAME, end - ZIP_NAME, ISO_8859_1).endsWith(".npy");
    }

    /** The problem of a text that should be JSON lines, by its first bytes; null if there is none. */
    static @Nullable String textProblem(byte[] head) {
        if (areJsonLines(head)) {
            return null;
        }
        String text = new String(head, ISO_8859_1);
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        if (first.strip().equals("{") && text.strip().length() > 1) {
            return "JSON with an object over several lines; write each on one line, as in: jq -c . F > G";
        }
        boolean delimited = first.indexOf(',') >= 0 || first.indexOf(';') >= 0 || first.indexOf('\t') >= 0;
        boolean isTable = delimited
                && (Character.isLetter(first.charAt(0)) || (first.charAt(0) == '"' && first.indexOf(':') < 0))
                && first.chars().noneMatch(c -> c == '{' || c == '}' || c == '[' || c == ']' || c < '\t');
        return isTable ? "a table of text (CSV); write JSON lines instead, one object a row" : null;
    }
}
