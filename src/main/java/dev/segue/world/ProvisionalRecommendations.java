package dev.segue.world;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Recommendations for a world without a log, to serve and compare before the first model is trained. Training replaces them.
 *
 * <p>The lists have the tracks with the largest inner products of <em>blurred</em> embeddings: the world's, plus independent
 * normal noise on each coordinate. The exact embeddings are for the simulator alone; recommenders learn from logs. Control
 * and treatment use different noise, with a smaller deviation for the treatment. The deviations are chosen so that the time
 * per session is about that of the two trained models which replace them.
 */
public final class ProvisionalRecommendations {

    /** The noise's standard deviation for control; the coordinates themselves have one of about 0.8. */
    static final double CONTROL_BLUR = 1.0;

    static final double TREATMENT_BLUR = 0.8;

    private final World world;
    private final int length;
    private final FloatMatrix controlView;

    /**
     * @param length recommendations in a list, 1 to the number of tracks − 1
     * @throws IllegalArgumentException if the length is out of range
     */
    public ProvisionalRecommendations(World world, int length) {
        requireLength(length, world.tracks().size());
        this.world = world;
        this.length = length;
        controlView = blurred(CONTROL_BLUR, Purpose.CONTROL_BLUR);
    }

    /**
     * Checks the number of neighbours per track.
     *
     * @param length neighbours per track
     * @param tracks number of tracks
     * @throws IllegalArgumentException if the length is not 1 to tracks − 1
     */
    public static void requireLength(int length, int tracks) {
        if (length < 1 || length >= tracks) {
            throw new IllegalArgumentException(
                    "with " + tracks + " tracks each has 1 to " + (tracks - 1) + " neighbours, not " + length);
        }
    }

    /** Control's neighbours, tracks × length, best first. */
    public IntMatrix control() {
        return NearestTracks.nearestOthers(controlView, controlView, length);
    }

    /** The treatment's neighbours, tracks × length, best first. */
    public IntMatrix treatment() {
        FloatMatrix view = blurred(TREATMENT_BLUR, Purpose.TREATMENT_BLUR);
        return NearestTracks.nearestOthers(view, view, length);
    }

    /**
     * The tracks nearest to each listener's interests in control's view, alternating between interests: the nearest of the
     * first, second and third interest, the second nearest of the first, and so on.
     *
     * @return listeners × length
     */
    public IntMatrix forListeners() {
        int[] interests = world.listeners().stream()
                .flatMap(listener -> listener.interests().stream())
                .mapToInt(Integer::intValue)
                .toArray();
        IntMatrix nearest = NearestTracks.nearest(controlView.select(interests), controlView, length);
        IntMatrix lists = IntMatrix.zeros(world.listeners().size(), length);
        int firstRow = 0;
        for (Listener listener : world.listeners()) {
            int endRow = firstRow + listener.interests().size();
            int i = 0;
            for (int track : inTurns(nearest, firstRow, endRow)) {
                lists.set(listener.user(), i++, track);
            }
            firstRow = endRow;
        }
        return lists;
    }

    private Set<Integer> inTurns(IntMatrix nearest, int firstRow, int endRow) {
        Set<Integer> tracks = new LinkedHashSet<>();
        for (int i = 0; tracks.size() < length; i++) {
            for (int row = firstRow; row < endRow && tracks.size() < length; row++) {
                tracks.add(nearest.get(row, i));
            }
        }
        return tracks;
    }

    private FloatMatrix blurred(double deviation, Purpose purpose) {
        FloatMatrix truth = world.embeddings();
        FloatMatrix view = FloatMatrix.zeros(truth.rows(), truth.columns());
        for (int track = 0; track < truth.rows(); track++) {
            var random = purpose.stream(world.recipe().seed(), track);
            for (int d = 0; d < truth.columns(); d++) {
                view.set(track, d, (float) (truth.get(track, d) + deviation * random.nextGaussian()));
            }
        }
        return view;
    }
}
