package dev.segue.analysis;

import dev.segue.listener.ListenerId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows an effect while listeners arrive, with intervals that may be looked at every day: with probability 1 − alpha all
 * of them together cover the true effect ({@link Difference#alwaysValid}; asymptotically, so not before some dozens of
 * listeners).
 *
 * <p>That holds for independent units taken one after the other. So a listener comes in once, in the order of arrival, and
 * only when its value is final: the time in which it is watched is over. Sessions would not do, nor listeners whose values
 * still grow, nor listeners in the order in which they left: those who leave early are others than those who stay.
 */
public final class ConfidenceSequence {

    private final NormalMixture mixture;
    private final Moments control = new Moments(1);
    private final Moments treatment = new Moments(1);
    private final Set<Long> listeners = new HashSet<>();

    private @Nullable ClosedListener newest;
    private @Nullable ClosedListener lastToClose;

    /**
     * A listener whose value is final.
     *
     * @param listener who it is
     * @param arrivedAt when it first took part, in milliseconds since 1970
     * @param closedAt when its value became final, in milliseconds since 1970; not before its arrival
     * @param treated whether it is in the treatment and not in control
     * @param value its value of the metric; finite
     */
    public record ClosedListener(ListenerId listener, long arrivedAt, long closedAt, boolean treated, double value) {
        public ClosedListener {
            if (closedAt < arrivedAt) {
                throw new IllegalArgumentException(
                        "listener " + listener + " is closed at " + closedAt + ", before it arrived at " + arrivedAt);
            }
            Arguments.requireFinite("listener " + listener + ": value", value);
        }
    }

    /**
     * A sequence without listeners yet.
     *
     * @param alpha how often one of the intervals may miss, between 0 and 1
     * @param tightestAt the number of listeners, in both arms together, at which the interval should be about as tight as
     *     can be; to be chosen before the data are seen
     */
    public ConfidenceSequence(double alpha, long tightestAt) {
        mixture = NormalMixture.tightestAt((double) tightestAt, alpha);
    }

    /**
     * Takes in the next listener.
     *
     * @throws IllegalArgumentException if it arrived before the one that came in last, or came in already
     */
    public void add(ClosedListener next) {
        if (newest != null && next.arrivedAt() < newest.arrivedAt()) {
            throw new IllegalArgumentException("listener " + next.listener() + " arrived at " + next.arrivedAt()
                    + ", before listener " + newest.listener() + " at " + newest.arrivedAt()
                    + "; give the listeners in the order of arrival");
        }
        if (!listeners.add(next.listener().key())) {
            throw new IllegalArgumentException(
                    "listener " + next.listener() + " is given twice; a listener counts once");
        }
        (next.treated() ? treatment : control).add(next.value());
        newest = next;
        if (lastToClose == null || next.closedAt() > lastToClose.closedAt()) {
            lastToClose = next;
        }
    }

    /** The number of listeners so far. */
    public long size() {
        return control.size() + treatment.size();
    }

    /**
     * The effect of the listeners so far, its p-value and both intervals always valid; null as long as an arm has fewer
     * than two listeners.
     *
     * @param now the time of the look, in milliseconds since 1970
     * @throws IllegalArgumentException if a listener that came in is still open at that time
     */
    public @Nullable Effect effectAt(long now, Metric metric, String arm, IntervalMethod method) {
        if (lastToClose != null && lastToClose.closedAt() > now) {
            throw new IllegalArgumentException("listener " + lastToClose.listener() + " is open until "
                    + lastToClose.closedAt() + ", after the look at " + now
                    + "; leave out listeners until their values are final");
        }
        if (control.size() < 2 || treatment.size() < 2) {
            return null;
        }
        Sample controlSample = control.sample(0);
        Sample treatmentSample = treatment.sample(0);
        Difference difference = Difference.alwaysValid(controlSample, treatmentSample, mixture);
        return Effect.of(metric, arm, controlSample, treatmentSample, difference, method, mixture.alpha());
    }
}
