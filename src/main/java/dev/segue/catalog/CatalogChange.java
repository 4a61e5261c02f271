package dev.segue.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a catalog that is to replace another one, such as data that it lacks: they come of files that were cut short, mixed
 * up, or made for another world. Models that are trained anew change all neighbours, so that is no fault.
 */
public final class CatalogChange {

    /** How many of a hundred may be lost, renamed or become unknown. */
    public static final int MOST_PERCENT = 20;

    private final Catalog before;
    private final Catalog after;
    private final List<String> faults = new ArrayList<>();

    private CatalogChange(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    /** The faults of the catalog that is to come, one line each; empty if it may replace the other one. */
    public static List<String> faults(Catalog before, Catalog after) {
        var change = new CatalogChange(before, after);
        change.compareCounts(before.counts(), after.counts());
        change.compareTracks(before.tracks(), after.tracks());
        change.compareArms();
        return List.copyOf(change.faults);
    }

    private void compareCounts(CatalogCounts old, CatalogCounts now) {
        gone(
                "TRACKS_CATALOG",
                before.neighbours(),
                after.neighbours(),
                old.neighbours().filled());
        unknown("TRACKS_CATALOG", old.neighbours(), now.neighbours());
        gone(
                "TRACKS_CATALOG_NN",
                before.treatmentNeighbours(),
                after.treatmentNeighbours(),
                old.treatmentNeighbours().filled());
        unknown("TRACKS_CATALOG_NN", old.treatmentNeighbours(), now.treatmentNeighbours());
        lost("TOP_TRACKS_CATALOG: tracks", old.topTracks(), now.topTracks());
        lost(
                "RECOMMENDATIONS_FILE_PATH: lists",
                old.listenerLists().filled(),
                now.listenerLists().filled());
        unknown("RECOMMENDATIONS_FILE_PATH", old.listenerLists(), now.listenerLists());
    }

    private void gone(String setting, IdLists old, IdLists now, int filled) {
        int gone = 0;
        for (int row = 0; row < old.rows(); row++) {
            int other = now.row(old.keyAt(row));
            gone += old.size(row) > 0 && (other < 0 || now.size(other) == 0) ? 1 : 0;
        }
        if (isTooMuch(gone, filled)) {
            fault("%s: %,d of %,d tracks with neighbours have none any more", setting, gone, filled);
        }
    }

    private void unknown(String setting, CatalogCounts.Lists old, CatalogCounts.Lists now) {
        if (now.percentUnknown() - old.percentUnknown() > MOST_PERCENT) {
            fault(
                    "%s: %.1f%% of the tracks in its lists are unknown, %.1f%% were",
                    setting, now.percentUnknown(), old.percentUnknown());
        }
    }

    private void lost(String what, int old, int now) {
        if (isTooMuch(old - now, old)) {
            fault("%s: %,d, there were %,d", what, now, old);
        }
    }

    private void compareTracks(Tracks old, Tracks now) {
        int gone = 0;
        int renamed = 0;
        for (int row = 0; row < old.size(); row++) {
            int track = old.idAt(row);
            if (!now.contains(track)) {
                gone++;
            } else if (differ(old.artist(track), now.artist(track)) || differ(old.title(track), now.title(track))) {
                renamed++;
            }
        }
        int common = old.size() - gone;
        if (isTooMuch(gone, old.size())) {
            fault("%,d of %,d tracks are gone", gone, old.size());
        }
        if (isTooMuch(renamed, common)) {
            fault("%,d of %,d tracks have another artist or title: their ids are of another world", renamed, common);
        }
    }

    private static boolean differ(@Nullable String old, @Nullable String now) {
        return old != null && now != null && !Objects.equals(old, now);
    }

    /** An arm that serves what the other one served before is the wrong file, unless both served the same. */
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
        int asOther = same(now, other);
        if (2 * asOther > filled && asOther > same(now, own)) {
            fault("%s has the neighbours that %s had: the files are mixed up", setting, otherSetting);
        }
    }

    /** How many keys have the same list in both, with something in it. */
    private static int same(IdLists one, IdLists two) {
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

    private static boolean isTooMuch(int part, int whole) {
        return 100L * part > (long) MOST_PERCENT * whole;
    }

    private void fault(String text, Object... values) {
        faults.add(String.format(Locale.ROOT, text, values));
    }
}
