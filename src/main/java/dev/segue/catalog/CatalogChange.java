package dev.segue.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a new catalog with the current one and reports faults, such as missing data, which indicate files that are
 * truncated, swapped or made for other data. Newly trained models change all neighbours, so changed neighbours are not
 * a fault.
 */
public final class CatalogChange {

    /**
     * The number of top tracks that are compared, ten times as many as a {@code top-pop} recommender draws from by default. A list that is
     * learned from a log has the tracks that the log has plays of, so its length is no measure of its quality.
     */
    private static final int MAX_TOP_TRACKS = 1_000;

    private final Catalog before;
    private final Catalog after;
    private final CatalogBounds bounds;
    private final List<String> faults = new ArrayList<>();

    private CatalogChange(Catalog before, Catalog after, CatalogBounds bounds) {
        this.before = before;
        this.after = after;
        this.bounds = bounds;
    }

    /**
     * The faults of the new catalog, one line each, with its figure, its bound and the setting of the bound; empty if it may replace the
     * current one.
     */
    public static List<String> faults(Catalog before, Catalog after, CatalogBounds bounds) {
        var change = new CatalogChange(before, after, bounds);
        change.compareCounts(before.counts(), after.counts());
        change.compareTracks(before.tracks(), after.tracks());
        change.compareArms();
        return List.copyOf(change.faults);
    }

    private void compareCounts(CatalogCounts old, CatalogCounts now) {
        checkLists(
                "TRACKS_CATALOG",
                before.neighbours(),
                after.neighbours(),
                old.neighbours().filled());
        checkUnknown("TRACKS_CATALOG", old.neighbours(), now.neighbours());
        checkWithout("TRACKS_CATALOG", old.percentWithout(old.neighbours()), now.percentWithout(now.neighbours()));
        checkLists(
                "TRACKS_CATALOG_NN",
                before.treatmentNeighbours(),
                after.treatmentNeighbours(),
                old.treatmentNeighbours().filled());
        checkUnknown("TRACKS_CATALOG_NN", old.treatmentNeighbours(), now.treatmentNeighbours());
        checkWithout(
                "TRACKS_CATALOG_NN",
                old.percentWithout(old.treatmentNeighbours()),
                now.percentWithout(now.treatmentNeighbours()));
        checkCount(
                String.format(Locale.ROOT, "TOP_TRACKS_CATALOG: tracks, counted up to %,d", MAX_TOP_TRACKS),
                Math.min(old.topTracks(), MAX_TOP_TRACKS),
                Math.min(now.topTracks(), MAX_TOP_TRACKS));
        checkCount(
                "RECOMMENDATIONS_FILE_PATH: lists",
                old.listenerLists().filled(),
                now.listenerLists().filled());
        checkUnknown("RECOMMENDATIONS_FILE_PATH", old.listenerLists(), now.listenerLists());
    }

    private void checkLists(String setting, IdLists old, IdLists now, int filled) {
        int missing = 0;
        for (int row = 0; row < old.rows(); row++) {
            int other = now.row(old.keyAt(row));
            missing += old.size(row) > 0 && (other < 0 || now.size(other) == 0) ? 1 : 0;
        }
        if (exceedsLimit(missing, filled)) {
            fault(
                    "%s: %,d of %,d tracks with neighbours have lost them (%s)",
                    setting, missing, filled, lost(missing, filled));
        }
    }

    private void checkUnknown(String setting, CatalogCounts.Lists old, CatalogCounts.Lists now) {
        double growth = now.percentUnknown() - old.percentUnknown();
        if (growth > bounds.unknownPoints()) {
            fault(
                    "%s: %.1f%% of the tracks in its lists are unknown, before %.1f%% (%.1f points more;"
                            + " reload.max_unknown_points is %d)",
                    setting, now.percentUnknown(), old.percentUnknown(), growth, bounds.unknownPoints());
        }
    }

    private void checkWithout(String setting, double old, double now) {
        if (now - old > bounds.withoutNeighboursPoints()) {
            fault(
                    "%s: %.1f%% of the tracks have no neighbours, before %.1f%% (%.1f points more;"
                            + " reload.max_without_neighbours_points is %d)",
                    setting, now, old, now - old, bounds.withoutNeighboursPoints());
        }
    }

    private void checkCount(String name, int old, int now) {
        if (exceedsLimit(old - now, old)) {
            fault("%s: %,d, before %,d (%s)", name, now, old, lost(old - now, old));
        }
    }

    private void compareTracks(Tracks old, Tracks now) {
        int missing = 0;
        int renamed = 0;
        for (int row = 0; row < old.size(); row++) {
            int track = old.idAt(row);
            if (!now.contains(track)) {
                missing++;
            } else if (differ(old.artist(track), now.artist(track)) || differ(old.title(track), now.title(track))) {
                renamed++;
            }
        }
        int common = old.size() - missing;
        if (exceedsLimit(missing, old.size())) {
            fault("%,d of %,d tracks are missing (%s)", missing, old.size(), lost(missing, old.size()));
        }
        if (exceedsLimit(renamed, common)) {
            fault(
                    "%,d of %,d tracks have another artist or title: the files use other ids (%s)",
                    renamed, common, lost(renamed, common));
        }
    }

    private static boolean differ(@Nullable String old, @Nullable String now) {
        return old != null && now != null && !Objects.equals(old, now);
    }

    /**
     * Reports an arm that serves the neighbours that the other arm served before, which indicates swapped files, unless
     * both arms served the same.
     */
    private void compareArms() {
        CatalogCounts now = after.counts();
        compareArm(
                "TRACKS_CATALOG",
                before.neighbours(),
                after.neighbours(),
                now.neighbours().filled(),
                "TRACKS_CATALOG_NN",
                before.treatmentNeighbours());
        compareArm(
                "TRACKS_CATALOG_NN",
                before.treatmentNeighbours(),
                after.treatmentNeighbours(),
                now.treatmentNeighbours().filled(),
                "TRACKS_CATALOG",
                before.neighbours());
    }

    private void compareArm(String setting, IdLists own, IdLists now, int filled, String otherSetting, IdLists other) {
        int equalToOther = countEqualLists(now, other);
        if (2 * equalToOther > filled && equalToOther > countEqualLists(now, own)) {
            fault("%s has the neighbours that %s had: the files are swapped", setting, otherSetting);
        }
    }

    /** Number of keys with the same non-empty list in both. */
    private static int countEqualLists(IdLists one, IdLists two) {
        int same = 0;
        for (int row = 0; row < one.rows(); row++) {
            int other = two.row(one.keyAt(row));
            boolean isSame = other >= 0 && one.size(row) > 0 && one.size(row) == two.size(other);
            for (int i = 0; isSame && i < one.size(row); i++) {
                isSame = one.get(row, i) == two.get(other, i);
            }
            same += isSame ? 1 : 0;
        }
        return same;
    }

    private boolean exceedsLimit(int part, int whole) {
        return 100L * part > (long) bounds.lostPercent() * whole;
    }

    /** The share that is lost or changed, beside its bound. */
    private String lost(int part, int whole) {
        return String.format(
                Locale.ROOT, "%.1f%%; reload.max_lost_percent is %d", 100.0 * part / whole, bounds.lostPercent());
    }

    private void fault(String text, Object... values) {
        faults.add(String.format(Locale.ROOT, text, values));
    }
}
