package dev.segue.catalog;

import dev.segue.id.TrackIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Copies lists of track ids without the ids that cannot be served, and counts these: unknown tracks, a track in its own
 * list, and duplicates. {@link TrackIds#NONE} is padding and is not counted.
 */
final class ListFilter {

    private final Tracks tracks;
    private final int[] kept;
    private final float[] keptScores;
    private int size;

    /** By the row of a track: the number of the last list that contained it, from 1. */
    private final int[] lastList;

    private int listNumber;

    private int references;
    private int unknown;
    private int selfReferences;
    private int repeated;

    private ListFilter(Tracks tracks, int[] kept, float[] keptScores) {
        this.tracks = tracks;
        this.kept = kept;
        this.keptScores = keptScores;
        lastList = new int[tracks.size()];
    }

    /** The filtered lists, and one warning for each kind of removed id. */
    record Filtered<T>(T lists, int references, int unknown, List<String> warnings) {}

    /** Filters the neighbours of tracks, which are the keys of the rows. */
    static Filtered<IdLists> neighbours(RowFile file, Tracks tracks) {
        if (file.parts().stream().allMatch(part -> part.ids().length == 0)) {
            return new Filtered<>(IdLists.EMPTY, 0, 0, List.of(file.name() + ": no row has neighbours"));
        }
        return lists(file, tracks, true, "neighbour references");
    }

    /** Filters the tracks of listeners. */
    static Filtered<IdLists> listenerLists(RowFile file, Tracks tracks) {
        return lists(file, tracks, false, "entries of listener lists");
    }

    /** Filters the list of top tracks. */
    static Filtered<int[]> topTracks(String name, int[] ids, Tracks tracks) {
        var filter = new ListFilter(tracks, new int[ids.length], new float[0]);
        filter.add(-1, ids, new float[0], 0, ids.length);
        return filter.filtered(Arrays.copyOf(filter.kept, filter.size), name, "top tracks");
    }

    private static Filtered<IdLists> lists(RowFile file, Tracks tracks, boolean keysAreTracks, String noun) {
        ListFilter filter =
                file.parts().size() == 1 ? ofOnePart(file.parts().get(0), tracks) : ofParts(file.parts(), tracks);
        int[] offsets = new int[file.keys().size() + 1];
        int row = 0;
        for (Rows part : file.parts()) {
            for (int i = 0; i < part.ends().length; i++) {
                int self = keysAreTracks ? tracks.row((int) part.keys()[i]) : -1;
                filter.add(self, part.ids(), part.scores(), part.start(i), part.ends()[i]);
                offsets[++row] = filter.size;
            }
        }
        return filter.filtered(new IdLists(file.keys(), offsets, filter.ids(), filter.keptScores), file.name(), noun);
    }

    /** Overwrites the ids of the part, since a filtered list is not longer: this saves the memory for another array. */
    private static ListFilter ofOnePart(Rows part, Tracks tracks) {
        return new ListFilter(tracks, part.ids(), part.scores());
    }

    private static ListFilter ofParts(List<Rows> parts, Tracks tracks) {
        long ids = parts.stream().mapToLong(part -> part.ids().length).sum();
        boolean withScores = parts.stream().anyMatch(part -> part.scores().length > 0);
        int capacity = Math.toIntExact(ids);
        return new ListFilter(tracks, new int[capacity], new float[withScores ? capacity : 0]);
    }

    private <T> Filtered<T> filtered(T lists, String name, String noun) {
        return new Filtered<>(lists, references, unknown, warnings(name, noun));
    }

    private void add(int selfRow, int[] ids, float[] scores, int from, int to) {
        listNumber++;
        for (int i = from; i < to; i++) {
            int id = ids[i];
            if (id == TrackIds.NONE) {
                continue;
            }
            references++;
            int row = tracks.row(id);
            if (row < 0) {
                unknown++;
            } else if (row == selfRow) {
                selfReferences++;
            } else if (lastList[row] == listNumber) {
                repeated++;
            } else {
                lastList[row] = listNumber;
                if (keptScores.length > 0) {
                    keptScores[size] = scores[i];
                }
                kept[size++] = id;
            }
        }
    }

    /** The remaining ids. The array is copied only if many ids were removed. */
    private int[] ids() {
        return kept.length - size <= kept.length / 8 ? kept : Arrays.copyOf(kept, size);
    }

    private List<String> warnings(String name, String noun) {
        List<String> warnings = new ArrayList<>();
        warn(warnings, name, unknown, noun + " name tracks without a row of their own");
        warn(warnings, name, selfReferences, noun + " name the track itself");
        warn(warnings, name, repeated, noun + " repeat one in the same list");
        return warnings;
    }

    private void warn(List<String> warnings, String name, int count, String what) {
        if (count > 0) {
            warnings.add(String.format(
                    Locale.ROOT, "%s: %,d of %,d %s; they are not served", name, count, references, what));
        }
    }
}
