package dev.segue.event;

import dev.segue.json.JsonProblem;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads one file, line by line. */
final class FileEventReader implements EventReader {

    /** Far above any real line; a file without newlines must not fill the memory. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int BLOCK = 1 << 16;

    /** What some programs put before text in UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path file;
    private final InputStream input;
    private long bytesRead;
    private final byte[] block = new byte[BLOCK];
    private int blockPosition;
    private int blockEnd;
    private final EventParser parser = new EventParser();
    private byte[] line = new byte[1 << 10]; // with room for a newline behind the line
    private int lineLength;
    private boolean midLine;
    private long lineNumber;
    private long tornLines;

    FileEventReader(Path file) {
        this.file = file;
        try {
            this.input = open();
        } catch (IOException e) {
            throw new EventLogException("cannot read " + file + ": " + e, e);
        }
    }

    /** Told apart by the first two bytes: names lie. */
    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(new Counting(Files.newInputStream(file)), BLOCK);
        try {
            raw.mark(2);
            boolean gzipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return gzipped ? new GZIPInputStream(raw, BLOCK) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    @Override
    public @Nullable Event next() {
        boolean whole;
        do {
            whole = readLine();
            if (lineLength == 0 && !whole) {
                return null;
            }
        } while (lineLength == 0);
        try {
            return parse();
        } catch (EventLogException e) {
            if (!whole && isCutShort(e)) {
                tornLines++;
                return null;
            }
            throw e;
        }
    }

    private static boolean isCutShort(EventLogException e) {
        return e.getCause() instanceof JsonProblem problem && problem.isMalformed();
    }

    /** Passes over all lines; true if the last one is torn. */
    boolean skipToTornLine() {
        boolean whole;
        do {
            whole = readLine();
        } while (whole);
        if (lineLength == 0) {
            return false;
        }
        try {
            parse();
            return false;
        } catch (EventLogException e) {
            if (isCutShort(e)) {
                return true;
            }
            throw e;
        }
    }

    /**
     * The next event whose line has ended, or null if there is none yet: the file may grow, and this be asked again. Not to be
     * mixed with {@link #next}.
     */
    @Nullable
    Event nextWhole() {
        do {
            if (!readLine()) {
                midLine = true;
                return null;
            }
        } while (lineLength == 0);
        return parse();
    }

    /** Whether the file ends in the middle of a line, as far as {@link #nextWhole} has read it. */
    boolean endsTorn() {
        return midLine && lineLength > 0;
    }

    private Event parse() {
        if (lineNumber == 1 && startsWith(BYTE_ORDER_MARK)) {
            lineLength -= BYTE_ORDER_MARK.length;
            System.arraycopy(line, BYTE_ORDER_MARK.length, line, 0, lineLength);
        }
        try {
            line[lineLength] = '\n';
            return parser.parse(line, lineLength);
        } catch (JsonProblem | IllegalArgumentException e) {
            throw badLine(e.getMessage(), e);
        }
    }

    private boolean startsWith(byte[] bytes) {
        return lineLength >= bytes.length && Arrays.equals(line, 0, bytes.length, bytes, 0, bytes.length);
    }

    /** Reads up to the next newline; false if the file ends before it. */
    private boolean readLine() {
        if (!midLine) {
            lineLength = 0;
            lineNumber++;
        }
        midLine = false;
        while (true) {
            if (blockPosition == blockEnd && !readBlock()) {
                return false;
            }
            int end = blockPosition;
            while (end < blockEnd && block[end] != '\n') {
                end++;
            }
            keep(end - blockPosition);
            blockPosition = end;
            if (end < blockEnd) {
                blockPosition++;
                return true;
            }
        }
    }

    private void keep(int length) {
        int needed = lineLength + length;
        if (needed > LONGEST_LINE) {
            throw badLine("the line is longer than " + LONGEST_LINE + " bytes", null);
        }
        if (needed >= line.length) {
            line = Arrays.copyOf(line, Math.max(needed + 1, 2 * line.length));
        }
        System.arraycopy(block, blockPosition, line, lineLength, length);
        lineLength = needed;
    }

    private boolean readBlock() {
        try {
            blockPosition = 0;
            blockEnd = Math.max(0, input.read(block));
            return blockEnd > 0;
        } catch (IOException e) {
            throw badLine("cannot read on: " + e, e);
        }
    }

    private EventLogException badLine(@Nullable String problem, @Nullable Throwable cause) {
        return new EventLogException(file + ":" + lineNumber + ": " + problem, cause);
    }

    @Override
    public long tornLines() {
        return tornLines;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new EventLogException("cannot close " + file + ": " + e, e);
        }
    }

    /** Counts what is read in blocks, which is all that a buffer asks for. */
    private final class Counting extends FilterInputStream {
        Counting(InputStream raw) {
            super(raw);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            bytesRead += Math.max(0, read);
            return read;
        }
    }
}
