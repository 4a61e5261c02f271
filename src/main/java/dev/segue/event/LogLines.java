package dev.segue.event;

import dev.segue.file.LineInput;
import dev.segue.file.UnreadableInput;
import dev.segue.json.JsonProblem;
import dev.segue.play.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the lines of a file, one after the other, into one buffer. */
final class LogLines {

    /** Far above any real line; bounds the memory for a file without newlines. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;
    private final LineInput input;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int blockPosition;
    private int blockEnd;
    private byte[] line = new byte[1 << 10]; // the line, followed by a newline
    private int length;
    private boolean tooLong;
    private boolean midLine;
    private long number;

    LogLines(Path file, LineInput input) {
        this.file = file;
        this.input = input;
    }

    /** Reads up to the next newline; returns false if the file ends first. */
    boolean read() {
        if (!midLine) {
            length = 0;
            tooLong = false;
            number++;
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
            append(end - blockPosition);
            blockPosition = end;
            if (end < blockEnd) {
                blockPosition++;
                return true;
            }
        }
    }

    private void append(int added) {
        int needed = length + added;
        if (needed > MAX_LINE_BYTES) {
            tooLong = true;
            return;
        }
        if (needed >= line.length) {
            line = Arrays.copyOf(line, Math.max(needed + 1, 2 * line.length));
        }
        System.arraycopy(block, blockPosition, line, length, added);
        length = needed;
    }

    private boolean readBlock() {
        try {
            blockPosition = 0;
            blockEnd = Math.max(0, input.stream().read(block));
            return blockEnd > 0;
        } catch (IOException e) {
            throw new EventLogException(location() + ": " + UnreadableInput.explain(e), e);
        }
    }

    /** Keeps the line that the file ended in: the next read continues it. */
    void keepIncomplete() {
        midLine = true;
    }

    /** Whether the file ended within a line that is kept. */
    boolean isIncomplete() {
        return midLine && length > 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether the line has more bytes than are kept. */
    boolean isTooLong() {
        return tooLong;
    }

    Event parse(EventParser parser) throws BadLine {
        if (tooLong) {
            throw new BadLine(line, length, "the line is longer than " + MAX_LINE_BYTES + " bytes", null);
        }
        try {
            line[length] = '\n';
            return parser.parse(line, length);
        } catch (JsonProblem | IllegalArgumentException e) {
            throw new BadLine(line, length, String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes the line as it was read, without its newline. */
    void copyTo(OutputStream out) throws IOException {
        out.write(line, 0, length);
    }

    /** Where the line is, for a message. */
    String location() {
        return input.location(file.toString(), number);
    }
}
