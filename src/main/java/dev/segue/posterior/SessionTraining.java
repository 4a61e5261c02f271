package dev.segue.posterior;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a session model in stages. Each stage groups the sessions into units by the previous stage's model, and fits a model to the units.
 * From the second stage on, the artist discount γ and the share of first tracks are estimated for the next stage.
 */
public final class SessionTraining {

    /** A stage: the factor of κ and the number of sweeps. */
    private record Stage(double kappaFactor, int sweeps) {}

    private static final Stage[] STAGES = {new Stage(0.5, 8), new Stage(0.5, 8), new Stage(1, 8), new Stage(1, 12)};

    /** The number of stages that use only an artist's first track in each session; γ is estimated after them. */
    private static final int STAGES_WITHOUT_REPEATS = 2;

    private static final double FIRST_SHARE = 0.9;
    private static final int GRID = 200;

    private final SessionData data;
    private final FitSettings settings;

    /** Prepares a training.
     *
     * @param data at least one session
     */
    public SessionTraining(SessionData data, FitSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /** Runs the next stage.
     *
     * @param previous the previous stage; null to run the first stage
     * @param progress receives the number of sweeps so far, after each sweep
     */
    public TrainedStage next(@Nullable TrainedStage previous, IntConsumer progress) {
        int number = previous == null ? 1 : previous.number() + 1;
        Stage stage = STAGES[number - 1];
        boolean repeats = number > STAGES_WITHOUT_REPEATS;
        double gamma = previous == null ? 1 : previous.gamma();
        double firstShare = previous == null ? FIRST_SHARE : previous.firstShare();
        double kappa = stage.kappaFactor * settings.kappa();
        Grouping grouping = previous == null
                ? Grouping.ofSessions(data)
                : UnitMerging.merge(data, previous.model(), previous.grouping(), kappa, gamma, repeats);
        SessionModel model = new SessionFit(
                        data,
                        grouping,
                        repeats,
                        settings.withKappa(kappa),
                        gamma,
                        firstShare,
                        previous == null ? null : previous.model())
                .run(stage.sweeps, progress);
        boolean estimate = number >= STAGES_WITHOUT_REPEATS;
        return new TrainedStage(
                number,
                model,
                grouping,
                estimate ? estimateGamma(model, grouping) : gamma,
                estimate ? estimateFirstShare(grouping) : firstShare);
    }

    /** The number of stages. */
    public static int stages() {
        return STAGES.length;
    }

    /** The number of sweeps of a stage; stages are numbered from 1. */
    public static int sweeps(int stage) {
        return STAGES[stage - 1].sweeps;
    }

    /** The expected played share of a row's track in its unit, without the artist discount. */
    private double expectedShare(SessionModel model, Grouping grouping, int session, int row) {
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

    /** Estimates γ by least squares of share = γᵏ·p over the rows with k > 0, on a grid from 1/{@value #GRID} to 1. */
    private double estimateGamma(SessionModel model, Grouping grouping) {
        double[] squares = new double[GRID];
        for (int session = 0; session < data.sessions(); session++) {
            for (int row = data.firstRow(session); row < data.firstRow(session + 1); row++) {
                int k = data.artistRepeats(row);
                if (k > 0) {
                    double p = expectedShare(model, grouping, session, row);
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

    /** Estimates the share of first tracks: the mean share of recommended tracks that started another session of the unit. */
    private double estimateFirstShare(Grouping grouping) {
        double sum = 0;
        long count = 0;
        for (int session = 0; session < data.sessions(); session++) {
            for (int row = data.firstRow(session); row < data.firstRow(session + 1); row++) {
                int track = data.track(row);
                if (data.artistRepeats(row) == 0
                        && track != data.first(session)
                        && grouping.units().startedWith(grouping.unit(session), track)) {
                    sum += data.share(row);
                    count++;
                }
            }
        }
        return count == 0 ? FIRST_SHARE : sum / count;
    }
}
