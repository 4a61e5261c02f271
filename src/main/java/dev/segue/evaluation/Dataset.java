package dev.segue.evaluation;

import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The training, validation and test sessions of an evaluation.
 *
 * @param train training sessions in the order of their ends
 * @param valid validation sessions; may be empty
 * @param test test sessions, at least one of them with two items
 */
public record Dataset(List<ItemSession> train, List<ItemSession> valid, List<ItemSession> test) {

    private static final List<String> EXTENSIONS = List.of(".txt", ".csv", ".tsv");
    private static final List<String> COMPRESSIONS = List.of("", ".gz", ".zst");
    private static final String FILE_ENDINGS = ".txt, .csv or .tsv, optionally followed by .gz or .zst";

    public Dataset {
        train = List.copyOf(train);
        valid = List.copyOf(valid);
        test = List.copyOf(test);
    }

    /**
     * Reads a data set.
     *
     * @param path a folder with the files {@code train}, {@code test} and optionally {@code valid}; or a file, or a folder of other
     *     files, whose newest sessions become the test sessions, and the sessions before them the validation sessions
     * @param split the share of the test sessions, and of the validation sessions, in the second case; above 0 and below 0.5
     * @throws EvaluationException if files are missing, cannot be read or have no sessions
     */
    public static Dataset read(Path path, double split) {
        if (!Files.exists(path)) {
            throw new EvaluationException(path + " does not exist; name a folder or file of sessions with --dataset");
        }
        Optional<Path> train = Files.isDirectory(path) ? find(path, "train") : Optional.empty();
        Dataset dataset = train.isPresent() ? ofFiles(path, train.get()) : split(path, split);
        if (dataset.train.isEmpty()) {
            throw new EvaluationException(path + ": there are no training sessions");
        }
        requirePredictions(path, "test", dataset.test);
        return dataset;
    }

    private static Dataset ofFiles(Path folder, Path train) {
        Path test = find(folder, "test")
                .orElseThrow(() -> new EvaluationException(folder + " has " + train.getFileName()
                        + " and no file test with an extension " + FILE_ENDINGS + "; add it, or name "
                        + train.getFileName()
                        + " itself to split it"));
        Optional<Path> valid = find(folder, "valid").or(() -> find(folder, "validation"));
        return new Dataset(
                byEnd(SessionFile.read(List.of(train))),
                valid.map(file -> SessionFile.read(List.of(file))).orElse(List.of()),
                SessionFile.read(List.of(test)));
    }

    private static Optional<Path> find(Path folder, String name) {
        return EXTENSIONS.stream()
                .flatMap(extension -> COMPRESSIONS.stream().map(compression -> name + extension + compression))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Dataset split(Path path, double share) {
        if (!(share > 0 && share < 0.5)) {
            throw new EvaluationException("the share of test sessions must be above 0 and below 0.5, and is " + share);
        }
        List<ItemSession> sessions = byEnd(SessionFile.read(Files.isDirectory(path) ? files(path) : List.of(path)));
        int testSize = (int) Math.round(sessions.size() * share);
        int testStart = sessions.size() - testSize;
        if (testSize == 0 || testStart - testSize <= 0) {
            throw new EvaluationException(path + " has " + sessions.size()
                    + " sessions, too few to split; name files train and test, or another --split");
        }
        return new Dataset(
                sessions.subList(0, testStart - testSize),
                sessions.subList(testStart - testSize, testStart),
                sessions.subList(testStart, sessions.size()));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(Dataset::isDataFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new EvaluationException(folder + " has no file with an extension " + FILE_ENDINGS);
            }
            return files;
        } catch (IOException e) {
            throw new EvaluationException(
                    folder + " cannot be listed (" + FailureReason.of(e) + "); check its permissions", e);
        }
    }

    private static boolean isDataFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream()
                .anyMatch(extension ->
                        COMPRESSIONS.stream().anyMatch(compression -> name.endsWith(extension + compression)));
    }

    private static List<ItemSession> byEnd(List<ItemSession> sessions) {
        List<ItemSession> sorted = new ArrayList<>(sessions);
        sorted.sort(Comparator.comparingLong(ItemSession::endMillis));
        return sorted;
    }

    /** Checks that at least one session has two items.
     *
     * @param part the name of the sessions, for the message
     */
    private static void requirePredictions(Path path, String part, List<ItemSession> sessions) {
        if (sessions.stream().noneMatch(session -> session.predictions() > 0)) {
            throw new EvaluationException(path + ": none of the " + sessions.size() + " " + part
                    + " sessions has two items, so there is nothing to predict; use longer sessions");
        }
    }
}
