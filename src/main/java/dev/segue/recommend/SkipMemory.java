package dev.segue.recommend;

import dev.segue.catalog.IdLists;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out, for a while, tracks that were skipped and those that resemble them most; neighbours are those of the last track
 * that was liked, not of the one that was skipped.
 *
 * @param neighbours a track's neighbours, the nearest first
 * @param skipped a track is skipped if a smaller fraction of it was played
 * @param liked a track is liked if this fraction of it was played, or more
 * @param resembling how many of a skipped track's neighbours are left out too
 * @param plays for how many plays
 */
public record SkipMemory(IdLists neighbours, double skipped, double liked, int resembling, int plays)
        implements SessionRule {

    public SkipMemory {
        if (!(skipped >= 0 && skipped <= liked && liked <= 1) || resembling < 0 || plays < 1) {
            throw new IllegalArgumentException("skip memory: skipped " + skipped + " and liked " + liked
                    + " must be fractions in this order, resembling " + resembling + " not negative, plays " + plays
                    + " at least 1");
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
                leaveOut(history.track(back), exclusions);
            }
        }
    }

    private void leaveOut(int track, Exclusions exclusions) {
        exclusions.addTrack(track);
        int row = neighbours.row(track);
        for (int i = 0; row >= 0 && i < Math.min(resembling, neighbours.size(row)); i++) {
            exclusions.addTrack(neighbours.get(row, i));
        }
    }

    /** The last liked track of the session; what was just played if none was liked. */
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
