package dev.segue.importing;

import dev.segue.importing.Reason.Effect;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts rows by reason, with the first row of each as an example. */
public final class RowCounts {

    private static final int EXAMPLE_LENGTH = 60;

    private final Map<Reason, Count> counts = new EnumMap<>(Reason.class);
    private long read;

    /** The rows of a reason. */
    private static final class Count {
        private long rows;
        private @Nullable String example;
    }

    private Count count(Reason reason) {
        return counts.computeIfAbsent(reason, key -> new Count());
    }

    /** Adds a row that was read. */
    void addRead() {
        read++;
    }

    /** Whether the next row of a reason becomes its example. */
    boolean needsExample(Reason reason) {
        return count(reason).example == null;
    }

    /**
     * Sets the example of a reason.
     *
     * @param value the value at fault; empty if there is none
     */
    void setExample(Reason reason, String place, String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        String shown = line.length() <= EXAMPLE_LENGTH ? line : line.substring(0, EXAMPLE_LENGTH) + "…";
        count(reason).example = shown.isEmpty() ? place : place + " (" + shown + ")";
    }

    /** Adds a row to a reason. */
    void add(Reason reason) {
        count(reason).rows++;
    }

    /** The number of rows that were read. */
    public long read() {
        return read;
    }

    /** The number of rows of a reason. */
    public long of(Reason reason) {
        Count count = counts.get(reason);
        return count == null ? 0 : count.rows;
    }

    /** The sum over the reasons of an effect. A row may be changed for several reasons. */
    public long of(Effect effect) {
        return reasons(effect).mapToLong(this::of).sum();
    }

    /** The rows that became plays of the log. */
    public long taken() {
        return read - of(Effect.LEFT_OUT);
    }

    /** The reasons of an effect that have rows. */
    public Stream<Reason> reasons(Effect effect) {
        return Stream.of(Reason.values()).filter(reason -> reason.effect() == effect && of(reason) > 0);
    }

    /** Place and value of the first row of a reason; empty without one. */
    public String example(Reason reason) {
        Count count = counts.get(reason);
        return count == null ? "" : Objects.requireNonNullElse(count.example, "");
    }
}
