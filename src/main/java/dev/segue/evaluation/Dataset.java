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
 * Sessions to learn from, to choose parameters with, and to measure with.
 *
 * @param train in the order of their ends
 * @param valid empty if there are none
 * @param test at least one session of two items
 */
public record Dataset(List<ItemSession> train, List<ItemSession> valid, List<ItemSession> test) {

    private static final List<String> EXTENSIONS = List.of(".txt", ".csv", ".tsv");
    private static final List<String> COMPRESSIONS = List.of("", ".gz", ".zst");
    private static final String KINDS = ".txt, .csv or .tsv, plain or with .gz or .zst behind it";

    public Dataset {
        train = List.copyOf(train);
        valid = List.copyOf(valid);
        test = List.copyOf(test);
    }

    /**
     * Reads a data set.
     *
     * @param path a folder with the files {@code train}, {@code test} and perhaps {@code valid}; else a folder of files, or one file, whose
     *     newest sessions become the test sessions
     * @param split the share of the sessions that become test sessions, and of those that become validation sessions, without files for them
     * @throws EvaluationException if files are missing, cannot be read or hold no sessions
     */
    public static Dataset read(Path path, double split) {
        if (!Files.exists(path)) {
            throw new EvaluationException(path + " does not exist; name a folder or file of sessions with --dataset");
        }
        Optional<Path> train = Files.isDirectory(path) ? find(path, "train") : Optional.empty();
        Dataset dataset = train.isPresent() ? ofFiles(path, train.get()) : split(path, split);
        if (dataset.train.isEmpty()) {
            throw new EvaluationException(path + ": there are no sessions to learn from");
        }
        requirePredictions(path, "test", dataset.test);
        return dataset;
    }

    private static Dataset ofFiles(Path folder, Path train) {
        Path test = find(folder, "test")
                .orElseThrow(() -> new EvaluationException(folder + " has " + train.getFileName()
                        + " and no file test with the name ending " + KINDS + "; add it, or name " + train.getFileName()
                        + " itself, which is split then"));
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
        int held = (int) Math.round(sessions.size() * share);
        int testBegin = sessions.size() - held;
        if (held == 0 || testBegin - held <= 0) {
            throw new EvaluationException(path + " has " + sessions.size()
                    + " sessions, too few to split; name files train and test, or another --split");
        }
        return new Dataset(
                sessions.subList(0, testBegin - held),
                sessions.subList(testBegin - held, testBegin),
                sessions.subList(testBegin, sessions.size()));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(Dataset::isDataFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new EvaluationException(folder + " has no file with the name ending " + KINDS);
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

    /**
     * Refuses sessions that ask for no prediction.
     *
     * @param part which sessions these are, for the message
     */
    private static void requirePredictions(Path path, String part, List<ItemSession> sessions) {
        if (sessions.stream().noneMatch(session -> session.predictions() > 0)) {
            throw new EvaluationException(path + ": none of the " + sessions.size() + " " + part
                    + " sessions has two items, so that there is nothing to predict; take longer sessions");
        }
    }
}
