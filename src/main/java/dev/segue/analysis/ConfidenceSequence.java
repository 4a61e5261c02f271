package dev.segue.analysis;

import dev.segue.id.ListenerId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows an effect while listeners arrive, with intervals for repeated looks: all intervals together cover the true effect
 * with probability 1 − alpha ({@link Difference#alwaysValid}). The guarantee is asymptotic, so it does not hold for fewer than
 * some dozens of listeners.
 *
 * <p>The guarantee requires independent units in a fixed order. Therefore each listener is added once, in the order of
 * arrival, and only when its value is final because its window is over. Sessions of a listener are not independent. Listeners
 * in the order of their departure are not a random sample, since early leavers differ from the others.
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
     * @param listener the listener
     * @param arrivedAt the time of the listener's first participation, in milliseconds since 1970
     * @param closedAt the time at which the value became final, in milliseconds since 1970; not before the arrival
     * @param treated true for the treatment, false for control
     * @param value the value of the metric; finite
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
     * Creates a sequence without listeners.
     *
     * @param alpha the probability that any of the intervals misses the true effect, between 0 and 1
     * @param tightestAt the number of listeners, in both arms together, at which the interval is about as tight as possible;
     *     choose it before the data are seen
     */
    public ConfidenceSequence(double alpha, long tightestAt) {
        mixture = NormalMixture.tightestAt((double) tightestAt, alpha);
    }

    /**
     * Adds the next listener.
     *
     * @throws IllegalArgumentException if the listener arrived before the previous one, or was already added
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
     * The effect of the listeners so far. Its p-value and both intervals are always valid. Null while an arm has fewer than
     * two listeners.
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
