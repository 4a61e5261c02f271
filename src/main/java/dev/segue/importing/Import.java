package dev.segue.importing;

import dev.segue.file.InputFile;
import dev.segue.file.InputMember;
import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Imports listening history.
 *
 * <pre>{@code
 * var imported = new Import(names, options, System.out::println);
 * imported.read(bytes -> {});
 * imported.write(rows -> {});
 * }</pre>
 */
public final class Import {

    private static final int PROGRESS_ROWS = 1 << 10;

    private final List<InputNames.Named> files;
    private final ImportOptions options;
    private final ProjectFolder folder;
    private final Consumer<String> messages;
    private final PlayTable table = new PlayTable();
    private final RowCounts counts = new RowCounts();
    private final Set<String> mappings = new HashSet<>();
    private final List<String> leftOut = new ArrayList<>();
    /** The place of each file's rows, without the number, by the row of the table at which the file begins. */
    private final TreeMap<Integer, String> places = new TreeMap<>();

    private long readBefore;

    /**
     * Finds the files.
     *
     * @param names files, folders and globs; {@code -} for the standard input
     * @param out the folder to write
     * @param replace whether files of an earlier import in the folder are replaced
     * @param messages receives a line for the mapping of columns, and for each file that is left out
     * @throws ImportException if a name stands for no file, or the folder may not be written
     */
    public Import(List<String> names, ImportOptions options, Path out, boolean replace, Consumer<String> messages) {
        folder = ProjectFolder.of(out, replace);
        files = InputNames.find(names);
        this.options = options;
        this.messages = messages;
    }

    /** The size of the files on the disk, in bytes; 0 for pipes. */
    public long bytes() {
        return files.stream().mapToLong(named -> size(named.file())).sum();
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // reported when the file is read
        }
    }

    /**
     * Reads all files.
     *
     * @param progress receives the number of bytes read so far
     * @throws ImportException if a file cannot be read, or a column is missing
     */
    public void read(LongConsumer progress) {
        for (InputNames.Named named : files) {
            int rowsBefore = table.size();
            try {
                InputMember.visit(
                        named.file(), member -> read(member, named.required() && !member.archived(), progress));
            } catch (IOException e) {
                refuse(name(named.file()), e, named.required() || table.size() > rowsBefore);
            }
            readBefore += size(named.file());
            progress.accept(readBefore);
        }
        leftOut.forEach(messages);
        if (places.isEmpty()) {
            throw new ImportException("none of the files can be imported"
                    + (leftOut.isEmpty() ? ": the archive is empty" : "; the lines above name the reasons"));
        }
        table.finish();
    }

    private void refuse(String name, IOException e, boolean required) {
        String problem = name + ": " + UnreadableInput.explain(e);
        if (required) {
            throw new ImportException(problem, e);
        }
        leftOut.add("left out " + problem);
    }

    private void read(InputMember member, boolean required, LongConsumer progress) throws IOException {
        RowSource rows;
        Mapping mapping;
        try {
            rows = FormatRecognition.open(member.decoded(), options.header());
            mapping = Mapper.of(member.name(), rows.sample(), options);
        } catch (UnreadableInput e) {
            refuse(member.name(), e, required);
            return;
        } catch (ImportException e) {
            if (required) {
                throw e;
            }
            leftOut.add("left out " + e.getMessage());
            return;
        }
        String text = mapping.text(rows.sample().columns());
        if (mappings.add(rows.kind() + text)) {
            messages.accept(member.name() + ": " + rows.kind() + "; " + text);
        }
        places.put(table.size(), rows.placePrefix());
        var plays = new PlayReader(table, counts, mapping, options);
        try {
            rows.read(mapping.names(), row -> {
                plays.accept(row);
                if (counts.read() % PROGRESS_ROWS == 0) {
                    progress.accept(readBefore + rows.bytesRead());
                }
            });
        } catch (IOException e) {
            refuse(member.name(), e, true);
        }
    }

    private static String name(Path file) {
        return file.equals(InputFile.STANDARD_INPUT) ? "standard input" : file.toString();
    }

    private String place(int row) {
        return places.floorEntry(row).getValue() + table.line(row);
    }

    /** The counts of rows; those of duplicates and shares are complete after {@link #write}. */
    public RowCounts counts() {
        return counts;
    }

    /**
     * Combines the playbacks to sessions, and writes the folder.
     *
     * @param progress receives the number of rows written so far
     * @throws ImportException if there are no playbacks, or the folder cannot be written
     */
    public ImportResult write(LongConsumer progress) {
        if (table.size() == 0) {
            throw new ImportException("no row can be imported; the table above names the reasons");
        }
        int[] byTime = TimeOrder.byTime(table);
        int[] byListener = TimeOrder.byListener(table, byTime);
        var sessions = new SessionSplit(table, options.sessionGap().toMillis(), counts, this::place);
        sessions.mark(byListener);
        new Shares(table, byListener, options.skippedShare(), counts, this::place).set();
        var tracks = new TrackLines(table);
        folder.write((name, out) -> {
            switch (name) {
                case ProjectFolder.TRACKS -> tracks.writeTracks(out);
                case ProjectFolder.TOP_TRACKS -> tracks.writeTopTracks(out);
                default -> new EventLines(table).write(byTime, out, progress::accept);
            }
        });
        return new ImportResult(
                sessions.listeners(),
                tracks.count(),
                sessions.sessions(),
                table.timestamp(byTime[0]),
                table.timestamp(byTime[byTime.length - 1]));
    }

    /** The number of rows that {@link #write} writes. */
    public long rows() {
        return table.size();
    }
}
