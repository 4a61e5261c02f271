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

    /** Maximum share of data that may be lost, renamed or become unknown, in percent. */
    public static final int MAX_PERCENT = 20;

    private final Catalog before;
    private final Catalog after;
    private final List<String> faults = new ArrayList<>();

    private CatalogChange(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    /** The faults of the new catalog, one line each; empty if it may replace the current one. */
    public static List<String> faults(Catalog before, Catalog after) {
        var change = new CatalogChange(before, after);
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
        checkLists(
                "TRACKS_CATALOG_NN",
                before.treatmentNeighbours(),
                after.treatmentNeighbours(),
                old.treatmentNeighbours().filled());
        checkUnknown("TRACKS_CATALOG_NN", old.treatmentNeighbours(), now.treatmentNeighbours());
        checkCount("TOP_TRACKS_CATALOG: tracks", old.topTracks(), now.topTracks());
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
            fault("%s: %,d of %,d tracks with neighbours have lost them", setting, missing, filled);
        }
    }

    private void checkUnknown(String setting, CatalogCounts.Lists old, CatalogCounts.Lists now) {
        if (now.percentUnknown() - old.percentUnknown() > MAX_PERCENT) {
            fault(
                    "%s: %.1f%% of the tracks in its lists are unknown, before %.1f%%",
                    setting, now.percentUnknown(), old.percentUnknown());
        }
    }

    private void checkCount(String name, int old, int now) {
        if (exceedsLimit(old - now, old)) {
            fault("%s: %,d, before %,d", name, now, old);
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
            fault("%,d of %,d tracks are missing", missing, old.size());
        }
        if (exceedsLimit(renamed, common)) {
            fault("%,d of %,d tracks have another artist or title: the files use other ids", renamed, common);
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

    private static boolean exceedsLimit(int part, int whole) {
        return 100L * part > (long) MAX_PERCENT * whole;
    }

    private void fault(String text, Object... values) {
        faults.add(String.format(Locale.ROOT, text, values));
    }
}
