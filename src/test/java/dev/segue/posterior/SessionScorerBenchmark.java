package dev.segue.posterior;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time to choose the best track by a session model of 16 dimensions. The sessions are a worst case: distinct random tracks
 * with random played shares, and listeners with as many units as a posterior has components. Run it with scripts/bench-jmh.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
public class SessionScorerBenchmark {

    private static final int D = 16;
    private static final int TRACKS_PER_ARTIST = 10;
    private static final int LISTENERS = 1_000;
    private static final int UNITS_PER_LISTENER = SessionPosterior.COMPONENTS;
    private static final int FIRSTS_PER_UNIT = 10;
    private static final int REQUESTS = 1 << 10;

    @Param({"10000", "50000"})
    int tracks;

    /** The number of tracks in the session so far. */
    @Param({"1", "10", "50"})
    int plays;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private SessionScorer scorer;

    private final Request[] requests = new Request[REQUESTS];
    private int requestCount;

    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    private record Request(long listener, int[] played, double[] shares) {}

    @Setup
    public void setUp() {
        var random = new Random(1);
        scorer = new SessionScorer(
                model(random),
                TrackRows.identity(tracks),
                IntStream.range(0, LISTENERS).mapToObj(ListenerId::of).toList(),
                track -> true);
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = new Request(
                    ListenerId.of(random.nextInt(LISTENERS)).key(),
                    random.ints(0, tracks).distinct().limit(plays).toArray(),
                    random.doubles(plays).toArray());
        }
    }

    @Benchmark
    public SessionScorer.Ranked best() {
        Request request = requests[requestCount++ & (REQUESTS - 1)];
        return scorer.best(request.listener, request.played, request.shares, track -> false, 1);
    }

    /** A model whose means are drawn from its priors. */
    private SessionModel model(Random random) {
        int n = D + 1;
        int artists = tracks / TRACKS_PER_ARTIST;
        int units = LISTENERS * UNITS_PER_LISTENER;
        return SessionModel.of(
                new SessionModel.Constants(D, 8, 0.8, 0.7, 0.5),
                IntStream.range(0, tracks).map(track -> track % artists).toArray(),
                gaussians(random, tracks, D, 0.05),
                normal(random, artists * D),
                normal(random, tracks * n),
                normal(random, artists * n),
                normal(random, LISTENERS * n),
                gaussians(random, units, n, 0.1),
                units(random, units),
                spread(n));
    }

    private static Gaussians gaussians(Random random, int count, int dimensions, double variance) {
        double[] covariances = new double[count * Packed.size(dimensions)];
        double[] one = Packed.identity(dimensions, variance);
        for (int i = 0; i < count; i++) {
            System.arraycopy(one, 0, covariances, i * one.length, one.length);
        }
        return new Gaussians(dimensions, normal(random, count * dimensions), covariances);
    }

    private static double[] normal(Random random, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private Units units(Random random, int count) {
        int[] sessions = new int[count];
        Arrays.fill(sessions, FIRSTS_PER_UNIT);
        int[][] firsts = new int[count][];
        Arrays.setAll(
                firsts,
                unit -> random.ints(0, tracks)
                        .distinct()
                        .limit(FIRSTS_PER_UNIT)
                        .sorted()
                        .toArray());
        return new Units(
                IntStream.range(0, count).map(unit -> unit / UNITS_PER_LISTENER).toArray(), sessions, firsts);
    }

    private static SessionModel.Spread spread(int n) {
        double[] one = Packed.identity(n, 1);
        double[] ofTrack = Packed.identity(D, 1);
        return new SessionModel.Spread(new double[n], one, one, one, one, one, ofTrack, ofTrack);
    }
}
