package dev.segue.posterior;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From sessions to a session model, in stages: fit, then group sessions into units by what was learned, and again. After the
 * second stage the artist discount γ and the share of first tracks are estimated from the rows that they explain.
 */
public final class SessionTraining {

    /** A stage: its part of κ, and how many sweeps. */
    private record Stage(double kappa, int sweeps) {}

    private static final Stage[] STAGES = {new Stage(0.5, 8), new Stage(0.5, 8), new Stage(1, 8), new Stage(1, 12)};

    /** So many stages learn from first tracks of an artist alone: γ is estimated after them. */
    private static final int STAGES_WITHOUT_REPEATS = 2;

    private static final double FIRST_SHARE = 0.9;
    private static final int GRID = 200;

    private final SessionData data;
    private final FitSettings settings;

    /**
     * A training.
     *
     * @param data at least one session
     */
    public SessionTraining(SessionData data, FitSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * The next stage.
     *
     * @param before the stage before; null for the first
     * @param watcher is given the number of sweeps so far
     */
    public TrainedStage next(@Nullable TrainedStage before, IntConsumer watcher) {
        int number = before == null ? 1 : before.number() + 1;
        Stage stage = STAGES[number - 1];
        boolean repeats = number > STAGES_WITHOUT_REPEATS;
        double gamma = before == null ? 1 : before.gamma();
        double firstShare = before == null ? FIRST_SHARE : before.firstShare();
        double kappa = stage.kappa * settings.kappa();
        Grouping grouping = before == null
                ? Grouping.ofSessions(data)
                : UnitMerging.merge(data, before.model(), before.grouping(), kappa, gamma, repeats);
        SessionModel model = new SessionFit(
                        data,
                        grouping,
                        repeats,
                        settings.withKappa(kappa),
                        gamma,
                        firstShare,
                        before == null ? null : before.model())
                .run(stage.sweeps, watcher);
        boolean estimates = number >= STAGES_WITHOUT_REPEATS;
        return new TrainedStage(
                number,
                model,
                grouping,
                estimates ? discount(model, grouping) : gamma,
                estimates ? firstShare(grouping) : firstShare);
    }

    /** How many stages there are. */
    public static int stages() {
        return STAGES.length;
    }

    /** How many sweeps a stage has, from 1. */
    public static int sweeps(int stage) {
        return STAGES[stage - 1].sweeps;
    }

    /** The share that a unit is expected to play of a row's track if it is the artist's first. */
    private double played(SessionModel model, Grouping grouping, int session, int row) {
        int n = model.dimensions();
        int unit = grouping.unit(session);
        double z = model.unitVectors().means()[unit * n + model.d()]
                + Packed.dot(
                        model.unitVectors().means(),
                        unit * n,
                        model.tracks().means(),
                        data.track(row) * model.d(),
                        model.d());
        return 1 / (1 + Math.exp(-z));
    }

    /** γ by least squares of share = γᵏ·p over the rows with k > 0. */
    private double discount(SessionModel model, Grouping grouping) {
        double[] squares = new double[GRID];
        for (int session = 0; session < data.sessions(); session++) {
            for (int row = data.rowsFrom(session); row < data.rowsFrom(session + 1); row++) {
                int k = data.artistRepeats(row);
                if (k > 0) {
                    double p = played(model, grouping, session, row);
                    for (int i = 0; i < GRID; i++) {
                        double error = data.share(row) - Math.pow((i + 1.0) / GRID, k) * p;
                        squares[i] += error * error;
                    }
                }
            }
        }
        int best = GRID - 1;
        for (int i = 0; i < GRID; i++) {
            best = squares[i] < squares[best] ? i : best;
        }
        return (best + 1.0) / GRID;
    }

    /** The mean share of recommended tracks that began another session of the unit. */
    private double firstShare(Grouping grouping) {
        double sum = 0;
        long count = 0;
        for (int session = 0; session < data.sessions(); session++) {
            for (int row = data.rowsFrom(session); row < data.rowsFrom(session + 1); row++) {
                int track = data.track(row);
                if (data.artistRepeats(row) == 0
                        && track != data.first(session)
                        && grouping.units().beganWith(grouping.unit(session), track)) {
                    sum += data.share(row);
                    count++;
                }
            }
        }
        return count == 0 ? FIRST_SHARE : sum / count;
    }
}
