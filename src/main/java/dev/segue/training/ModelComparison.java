package dev.segue.training;

import dev.segue.embedding.EmbeddingScorer;
import dev.segue.embedding.ServedModel;
import dev.segue.id.ListenerId;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionScorer;
import dev.segue.training.Verdict.Gain;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares a new model with the model that it is to replace, on the test data of the new one. Both predict the played shares of the same
 * playbacks; those of tracks that one of them lacks are left out.
 *
 * <p>The test data of a training are drawn by the positions of sessions in the log. A model that was trained earlier with the same seed on
 * the beginning of the same log has not seen them either.
 */
public final class ModelComparison {

    private int size;
    private int[] listeners = new int[1024];
    private int[] sessions = new int[1024];
    private double[] newErrors = new double[1024];
    private double[] oldErrors = new double[1024];

    private ModelComparison() {}

    /**
     * The gain of a session model.
     *
     * @param log the sessions of its training
     * @param model the folder of the new model
     * @param old the folder of the present model
     * @return the present model's error minus the new one's; empty if they have no playback in common
     * @throws dev.segue.file.FileException if a folder has no session model, or a damaged one
     */
    public static Optional<Gain> ofSessionModels(ListeningSessions.Result log, Path model, Path old) {
        SessionScorer newScorer = scorer(model);
        SessionScorer oldScorer = scorer(old);
        var comparison = new ModelComparison();
        Map<Long, Integer> numbers = new HashMap<>();
        for (ListeningSessions.HeldOut session : log.heldOut()) {
            int[] kept = IntStream.range(0, session.played().length)
                    .filter(i -> newScorer.hasTrack(log.tracks().track(session.played()[i]))
                            && oldScorer.hasTrack(log.tracks().track(session.played()[i])))
                    .toArray();
            if (kept.length < 2) {
                continue;
            }
            long listener = session.listener().key();
            int[] played = Arrays.stream(kept)
                    .map(i -> log.tracks().track(session.played()[i]))
                    .toArray();
            double[] shares =
                    Arrays.stream(kept).mapToDouble(i -> session.shares()[i]).toArray();
            double[] expected = newScorer.expectedShares(listener, played, shares);
            double[] oldExpected = oldScorer.expectedShares(listener, played, shares);
            int number = numbers.computeIfAbsent(listener, key -> numbers.size());
            for (int i = 0; i < kept.length; i++) {
                if (!Double.isNaN(expected[i])) {
                    comparison.add(number, Math.toIntExact(session.number()), shares[i], expected[i], oldExpected[i]);
                }
            }
        }
        return comparison.gain();
    }

    private static SessionScorer scorer(Path folder) {
        SessionModelFolder model = SessionModelFolder.read(folder);
        return new SessionScorer(model.model(), model.tracks(), model.listeners(), track -> false);
    }

    /**
     * The gain of an embedding model.
     *
     * @param rows the rows of its training
     * @param folder the folder of the new model
     * @param old the folder of the present model
     * @param seed the seed of the new training
     * @return the present model's error minus the new one's; empty if they have no test row in common
     * @throws dev.segue.file.FileException if the folder has no embedding model, or a damaged one
     */
    public static Optional<Gain> ofEmbeddings(TrainingRows rows, Path folder, Path old, long seed) {
        ServedModel model = ServedModel.read(folder);
        var newScorer = new EmbeddingScorer(model);
        var oldScorer = new EmbeddingScorer(ServedModel.read(old));
        List<ListenerId> ids = rows.listenerIds();
        var comparison = new ModelComparison();
        for (int row : TrainValidationTestSplit.of(rows, seed).test()) {
            int track = model.tracks().track(rows.track(row));
            int context = model.tracks().track(rows.context(row));
            if (newScorer.isTrained(track) && oldScorer.isTrained(track)) {
                long listener = ids.get(rows.listener(row)).key();
                comparison.add(
                        rows.listener(row),
                        rows.sessionOf(row),
                        rows.time(row),
                        newScorer.share(newScorer.query(listener, context), track),
                        oldScorer.share(oldScorer.query(listener, context), track));
            }
        }
        return comparison.gain();
    }

    private void add(int listener, int session, double share, double expected, double oldExpected) {
        if (size == listeners.length) {
            listeners = Arrays.copyOf(listeners, 2 * size);
            sessions = Arrays.copyOf(sessions, 2 * size);
            newErrors = Arrays.copyOf(newErrors, 2 * size);
            oldErrors = Arrays.copyOf(oldErrors, 2 * size);
        }
        listeners[size] = listener;
        sessions[size] = session;
        newErrors[size] = (share - expected) * (share - expected);
        oldErrors[size++] = (share - oldExpected) * (share - oldExpected);
    }

    private Optional<Gain> gain() {
        if (Arrays.stream(sessions, 0, size).distinct().count() < 2) {
            return Optional.empty();
        }
        return Optional.of(Verdict.compare(
                Arrays.copyOf(listeners, size),
                Arrays.copyOf(sessions, size),
                Arrays.copyOf(newErrors, size),
                Arrays.copyOf(oldErrors, size)));
    }
}
