package dev.segue.event;

import dev.segue.file.LineInput;
import dev.segue.file.Partitions;
import dev.segue.file.UnreadableInput;
import dev.segue.json.JsonProblem;
import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file, line by line. */
final class FileEventReader implements EventReader {

    /** Far above any real line; bounds the memory for a file without newlines. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;
    private final LogRules rules;
    private final LineInput input;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int blockPosition;
    private int blockEnd;
    private final EventParser parser;
    private byte[] line = new byte[1 << 10]; // the line, followed by a newline
    private int lineLength;
    private boolean tooLong;
    private boolean midLine;
    private long lineNumber;
    private long tornLines;
    private long badLines;
    private final List<String> firstBadLines = new ArrayList<>();

    FileEventReader(Path file, LogRules rules) {
        this.file = file;
        this.rules = rules;
        this.parser = new EventParser(rules.timestamps(), rules.addsTracks(), Partitions.asJsonLine(file));
        try {
            this.input = LineInput.open(file);
        } catch (IOException e) {
            throw new EventLogException(file + ": " + UnreadableInput.explain(e), e);
        }
    }

    /** @param lines of the file, numbered from 1 in messages; closed with this reader */
    FileEventReader(Path file, LogRules rules, LineInput lines) {
        this.file = file;
        this.rules = rules;
        this.parser = new EventParser(rules.timestamps(), rules.addsTracks(), Partitions.asJsonLine(file));
        this.input = lines;
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            boolean isComplete = readLine();
            if (lineLength > 0) {
                try {
                    return parse();
                } catch (BadLine e) {
                    if (!isComplete && e.isCutShort()) {
                        tornLines++;
                    } else if (rules.skipsBadLines()) {
                        skipBadLine(e);
                    } else {
                        throw error(e);
                    }
                }
            }
            if (!isComplete) {
                return null;
            }
        }
    }

    private void skipBadLine(BadLine e) {
        if (badLines++ < ReadCounts.MAX_QUOTED) {
            firstBadLines.add(location() + ": " + e.getMessage());
        }
    }

    private EventLogException error(BadLine e) {
        return new EventLogException(location() + ": " + e.getMessage() + rules.remedy(), e);
    }

    /**
     * The next event whose line is complete, or null if there is none yet; may be called again after the file has
     * grown. Must not be mixed with {@link #next}.
     */
    @Nullable
    Event nextComplete() {
        do {
            if (!readLine()) {
                midLine = true;
                return null;
            }
        } while (lineLength == 0);
        try {
            return parse();
        } catch (BadLine e) {
            throw error(e);
        }
    }

    /** Whether the last call of {@link #nextComplete} reached the end of the file within a line. */
    boolean endsWithinLine() {
        return midLine && lineLength > 0;
    }

    private Event parse() throws BadLine {
        if (tooLong) {
            throw new BadLine(line, lineLength, "the line is longer than " + MAX_LINE_BYTES + " bytes", null);
        }
        try {
            line[lineLength] = '\n';
            return parser.parse(line, lineLength);
        } catch (JsonProblem | IllegalArgumentException e) {
            throw new BadLine(line, lineLength, String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads up to the next newline; returns false if the file ends first. */
    private boolean readLine() {
        if (!midLine) {
            lineLength = 0;
            tooLong = false;
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
            appendToLine(end - blockPosition);
            blockPosition = end;
            if (end < blockEnd) {
                blockPosition++;
                return true;
            }
        }
    }

    private void appendToLine(int length) {
        int needed = lineLength + length;
        if (needed > MAX_LINE_BYTES) {
            tooLong = true;
            return;
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
            blockEnd = Math.max(0, input.stream().read(block));
            return blockEnd > 0;
        } catch (IOException e) {
            throw new EventLogException(location() + ": " + UnreadableInput.explain(e), e);
        }
    }

    private String location() {
        return input.location(file.toString(), lineNumber);
    }

    @Override
    public ReadCounts counts() {
        return new ReadCounts(tornLines, badLines, firstBadLines, parser.clampedShares());
    }

    @Override
    public long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new EventLogException(file + ": " + UnreadableInput.explain(e), e);
        }
    }
}
