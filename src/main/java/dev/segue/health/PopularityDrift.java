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
 * The difference in the popularity of tracks between the older and the newer half of a log's sessions, compared with random halves.
 * Random halves consist of whole sessions, because the plays of a session depend on each other.
 *
 * @param span the time from the first to the last start of a session
 * @param observed the older half compared with the newer half
 * @param byChance the ranges of the figures of {@value #SPLITS} random splits; another random split is in such a range with
 *     probability 95%
 */
public record PopularityDrift(Duration span, Figures observed, Chance byChance) {

    /** The number of random splits. Another one is between their smallest and largest figures with probability 1 − 2/(39 + 1) = 95%. */
    static final int SPLITS = 39;

    /** The number of most played tracks that are compared. */
    static final int TOP = 100;

    /** Shorter logs have no measurable drift. */
    static final Duration MIN_SPAN = Duration.ofDays(1);

    /** The key of this class's random streams. */
    private static final long STREAM = -31;

    /**
     * The difference between two halves.
     *
     * @param totalVariation total variation distance ½ Σ |p − q| over tracks, where p and q are a track's shares of the plays of
     *     the halves: 0 if they are equal, 1 if they have no track in common
     * @param top number of the older half's most played tracks: {@value #TOP}, or all of its tracks if it has fewer
     * @param staying number of them that are among as many most played tracks of the newer half
     * @param newPlays the share of the newer half's plays that are of tracks without plays in the older half, 0 to 1
     */
    public record Figures(double totalVariation, int top, int staying, double newPlays) {}

    /**
     * Ranges of the figures of random splits.
     *
     * @param totalVariation the range of {@link Figures#totalVariation}
     * @param staying the range of {@link Figures#staying}
     * @param newPlays the range of {@link Figures#newPlays}
     */
    public record Chance(Interval totalVariation, Interval staying, Interval newPlays) {}

    /** Whether the log spans too little time for a drift. */
    public boolean isTooShort() {
        return span.compareTo(MIN_SPAN) < 0;
    }

    /** Whether popularity differs more between the halves than between random halves. */
    public boolean isBeyondChance() {
        return observed.totalVariation > byChance.totalVariation.upper();
    }

    /** Collects the plays session by session. */
    static final class Tally {

        /** The plays of a session: its start in ms since 1970, and the indexes of its tracks. */
        @SuppressWarnings("ArrayRecordComponent") // made and read in this class only
        private record Plays(long start, int[] tracks) {}

        private final List<Plays> sessions = new ArrayList<>();
        /** Track → index, from 0 in the order of the first plays. */
        private final Map<Integer, Integer> indexes = new HashMap<>();

        /** @param start the start of the session, in ms since 1970 */
        void add(long start, List<Step> session) {
            int[] tracks = session.stream()
                    .filter(Step::hasPlay)
                    .mapToInt(step -> {
                        indexes.putIfAbsent(step.played(), indexes.size());
                        return indexes.getOrDefault(step.played(), 0);
                    })
                    .toArray();
            if (tracks.length > 0) {
                sessions.add(new Plays(start, tracks));
            }
        }

        /** The drift. With fewer than two sessions, all figures are 0. */
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
            var random = new KeyedRandom(seed, STREAM, split, 0);
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

        /** Compares the first half of the sessions in an order with the second half. */
        private Figures figures(List<Plays> plays, int[] order) {
            long[][] counts = new long[2][indexes.size()];
            for (int i = 0; i < order.length; i++) {
                for (int track : plays.get(order[i]).tracks) {
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
            for (int track = 0; track < indexes.size(); track++) {
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

        /** The indexes of the most played tracks; ties are in the order of the first plays. */
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
