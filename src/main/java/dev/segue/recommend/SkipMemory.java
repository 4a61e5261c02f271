package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Excludes recently skipped tracks and their nearest neighbours, and makes the last liked track the anchor.
 *
 * @param neighbours each track's neighbours, nearest first
 * @param skipped a track counts as skipped if its played share is below this, 0 to 1
 * @param liked a track counts as liked if its played share is at least this; from {@code skipped} to 1
 * @param resembling number of a skipped track's neighbours that are excluded too, ≥ 0
 * @param plays number of plays that a skip is remembered for, ≥ 1
 */
public record SkipMemory(IdLists neighbours, double skipped, double liked, int resembling, int plays)
        implements SessionRule {

    public SkipMemory {
        if (!(skipped >= 0 && skipped <= liked && liked <= 1) || resembling < 0 || plays < 1) {
            throw new IllegalArgumentException("skip memory: 0 ≤ skipped ≤ liked ≤ 1 must hold, skipped is " + skipped
                    + " and liked is " + liked + "; resembling must be at least 0, is " + resembling
                    + "; plays must be at least 1, is " + plays);
        }
    }

    @Override
    public String name() {
        return "skip-memory";
    }

    @Override
    public void apply(NextTrackRequest request, Exclusions exclusions) {
        var history = request.history();
        for (int back = 0; back < Math.min(plays, history.size()); back++) {
            if (history.time(back) < skipped) {
                exclude(history.track(back), exclusions);
            }
        }
    }

    private void exclude(int track, Exclusions exclusions) {
        exclusions.addTrack(track);
        int row = neighbours.row(track);
        for (int i = 0; row >= 0 && i < Math.min(resembling, neighbours.size(row)); i++) {
            exclusions.addTrack(neighbours.get(row, i));
        }
    }

    /** The last liked track of the session; the given anchor if there is none. */
    @Override
    public @Nullable Playback anchor(NextTrackRequest request, @Nullable Playback anchor) {
        var history = request.history();
        for (int back = 0; back < history.size(); back++) {
            if (history.time(back) >= liked) {
                return new Playback(history.track(back), history.time(back));
            }
        }
        return anchor;
    }
}
