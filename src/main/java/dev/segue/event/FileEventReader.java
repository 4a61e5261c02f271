package dev.segue.event;

import dev.segue.file.LineInput;
import dev.segue.file.Partitions;
import dev.segue.file.UnreadableInput;
import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file, line by line. */
final class FileEventReader implements EventReader {

    private final Path file;
    private final LogRules rules;
    private final LineInput input;
    private final LogLines lines;
    private final EventParser parser;
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
        this.lines = new LogLines(file, input);
    }

    /** @param part lines of the file, numbered from 1 in messages; closed with this reader */
    FileEventReader(Path file, LogRules rules, LineInput part) {
        this.file = file;
        this.rules = rules;
        this.parser = new EventParser(rules.timestamps(), rules.addsTracks(), Partitions.asJsonLine(file));
        this.input = part;
        this.lines = new LogLines(file, input);
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            boolean isComplete = lines.read();
            if (!lines.isEmpty()) {
                try {
                    return lines.parse(parser);
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
            firstBadLines.add(lines.location() + ": " + e.getMessage());
        }
    }

    private EventLogException error(BadLine e) {
        return new EventLogException(lines.location() + ": " + e.getMessage() + rules.remedy(), e);
    }

    /**
     * The next event whose line is complete, or null if there is none yet; may be called again after the file has
     * grown. Must not be mixed with {@link #next}.
     */
    @Nullable
    Event nextComplete() {
        do {
            if (!lines.read()) {
                lines.keepIncomplete();
                return null;
            }
        } while (lines.isEmpty());
        try {
            return lines.parse(parser);
        } catch (BadLine e) {
            throw error(e);
        }
    }

    /** Whether the last call of {@link #nextComplete} reached the end of the file within a line. */
    boolean endsWithinLine() {
        return lines.isIncomplete();
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
