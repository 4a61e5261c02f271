package dev.segue.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the attributes of tracks. Tags and genres are compared as the track file writes them.
 *
 * @param anyTag a track needs at least one of these tags; empty for no condition
 * @param allTags a track needs all of these tags
 * @param noTag a track must not have any of these tags
 * @param explicit false accepts tracks that are not marked explicit, true those that are; null accepts all
 * @param fromYear first year, 0 for no limit; with a limit, a track without a year is not accepted
 * @param toYear last year, 0 for no limit
 */
public record TrackFilter(
        List<String> anyTag,
        List<String> allTags,
        List<String> noTag,
        @Nullable Boolean explicit,
        int fromYear,
        int toYear) {

    /** Maximum number of tags of a track, and of each list of a filter. */
    public static final int MAX_TAGS = 1000;

    /** The first year that a track may have. */
    public static final int MIN_YEAR = 1000;

    /** The last year that a track may have. */
    public static final int MAX_YEAR = 2999;

    /** Accepts all tracks. */
    public static final TrackFilter NONE = new TrackFilter(List.of(), List.of(), List.of(), null, 0, 0);

    public TrackFilter {
        anyTag = List.copyOf(anyTag);
        allTags = List.copyOf(allTags);
        noTag = List.copyOf(noTag);
    }

    /** Whether it accepts all tracks. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    boolean hasYears() {
        return fromYear != 0 || toYear != 0;
    }

    boolean acceptsYear(int year) {
        return year != 0 && year >= fromYear && (toYear == 0 || year <= toYear);
    }
}
