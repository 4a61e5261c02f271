package dev.segue.health;

import dev.segue.analysis.Interval;
import dev.segue.random.KeyedRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far the popularity of tracks differs between the older and the newer half of a log's sessions, and how far it does between halves
 * that were drawn at random. Whole sessions are drawn, since the plays of a session depend on each other.
 *
 * @param span from the first to the last start of a session
 * @param observed the older half against the newer one
 * @param byChance the smallest and the largest figures of {@value #SPLITS} random splits, which have 95% of those of another one
 *     between them
 */
public record PopularityDrift(Duration span, Figures observed, Chance byChance) {

    /** So many random splits have 95% of another one's figures between their smallest and their largest: 1 − 2/(39 + 1). */
    static final int SPLITS = 39;

    /** How many of the most played tracks are compared. */
    static final int TOP = 100;

    /** Shorter logs have no measurable drift. */
    static final Duration LEAST_SPAN = Duration.ofDays(1);

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -31;

    /**
     * The difference of two halves.
     *
     * @param totalVariation ½ Σ |p − q| over tracks, p and q a track's share of the plays of the halves: 0 if they are alike, 1 if
     *     they have no track in common
     * @param top how many tracks the older half's most played ones are: {@value #TOP}, or fewer if it has no more
     * @param staying how many of them are among as many most played ones of the newer half
     * @param newPlays the share of the newer half's plays that are of a track that the older half does not have, 0 to 1
     */
    public record Figures(double totalVariation, int top, int staying, double newPlays) {}

    /**
     * Ranges of the figures of random splits.
     *
     * @param totalVariation of {@link Figures#totalVariation}
     * @param staying of {@link Figures#staying}
     * @param newPlays of {@link Figures#newPlays}
     */
    public record Chance(Interval totalVariation, Interval staying, Interval newPlays) {}

    /** Whether the log spans too little time for a drift. */
    public boolean isTooShort() {
        return span.compareTo(LEAST_SPAN) < 0;
    }

    /** Whether popularity differs by more than it would by chance. */
    public boolean isBeyondChance() {
        return observed.totalVariation > byChance.totalVariation.upper();
    }

    /** Collects the plays session by session. */
    static final class Tally {

        /** The plays of a session: tracks, numbered from 0 as they came. */
        @SuppressWarnings("ArrayRecordComponent") // made and read here alone
        private record Plays(long start, int[] tracks) {}

        private final List<Plays> sessions = new ArrayList<>();
        private final Map<Integer, Integer> numbers = new HashMap<>();

        /** @param start when it began, in ms since 1970 */
        void add(long start, List<Step> session) {
            int[] tracks = session.stream()
                    .filter(Step::hasPlayed)
                    .mapToInt(step -> {
                        numbers.putIfAbsent(step.played(), numbers.size());
                        return numbers.getOrDefault(step.played(), 0);
                    })
                    .toArray();
            if (tracks.length > 0) {
                sessions.add(new Plays(start, tracks));
            }
        }

        /** The drift; of fewer than two sessions, all figures are 0. */
        PopularityDrift drift(long seed) {
            List<Plays> inOrder = sessions.stream()
                    .sorted(Comparator.comparingLong(Plays::start))
                    .toList();
            Figures observed =
                    figures(inOrder, IntStream.range(0, inOrder.size()).toArray());
            List<Figures> random = new ArrayList<>();
            for (int split = 0; split < SPLITS; split++) {
                random.add(figures(inOrder, shuffled(inOrder.size(), seed, split)));
            }
            Duration span = inOrder.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofMillis(inOrder.get(inOrder.size() - 1).start - inOrder.get(0).start);
            return new PopularityDrift(
                    span,
                    observed,
                    new Chance(
                            range(random.stream()
                                    .mapToDouble(Figures::totalVariation)
                                    .toArray()),
                            range(random.stream().mapToDouble(Figures::staying).toArray()),
                            range(random.stream().mapToDouble(Figures::newPlays).toArray())));
        }

        private static int[] shuffled(int size, long seed, int split) {
            int[] order = IntStream.range(0, size).toArray();
            var random = new KeyedRandom(seed, DRAW, split, 0);
            for (int i = size - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
            return order;
        }

        private static Interval range(double[] values) {
            Arrays.sort(values);
            return new Interval(values[0], values[values.length - 1]);
        }

        /** The first half of the sessions in some order against the second. */
        private Figures figures(List<Plays> inOrder, int[] order) {
            long[][] counts = new long[2][numbers.size()];
            for (int i = 0; i < order.length; i++) {
                for (int track : inOrder.get(order[i]).tracks) {
                    counts[2 * i < order.length ? 0 : 1][track]++;
                }
            }
            double older = Arrays.stream(counts[0]).sum();
            double newer = Arrays.stream(counts[1]).sum();
            if (older == 0 || newer == 0) {
                return new Figures(0, 0, 0, 0);
            }
            double difference = 0;
            long newPlays = 0;
            for (int track = 0; track < numbers.size(); track++) {
                difference += Math.abs(counts[0][track] / older - counts[1][track] / newer);
                newPlays += counts[0][track] == 0 ? counts[1][track] : 0;
            }
            int[] top = top(counts[0]);
            int[] newTop = top(counts[1]);
            Arrays.sort(newTop);
            int staying = (int) Arrays.stream(top)
                    .filter(track -> Arrays.binarySearch(newTop, track) >= 0)
                    .count();
            return new Figures(Math.min(1, difference / 2), top.length, staying, newPlays / newer);
        }

        /** The most played tracks; of equal ones, those that came first in the log. */
        private static int[] top(long[] counts) {
            return IntStream.range(0, counts.length)
                    .filter(track -> counts[track] > 0)
                    .boxed()
                    .sorted(Comparator.comparingLong(track -> -counts[track]))
                    .limit(TOP)
                    .mapToInt(track -> track)
                    .toArray();
        }
    }
}
