package dev.segue.importing;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the tracks that were played, as a catalog, and their ranking. */
final class TrackLines {

    private static final Pattern TAG_SEPARATORS = Pattern.compile("\\s*[;|,]\\s*");

    private final PlayTable table;
    /** The sum of the played shares of each track; negative for tracks without playbacks. */
    private final double[] listening;

    private final int[] durations;

    TrackLines(PlayTable table) {
        this.table = table;
        listening = new double[table.tracks.bound()];
        durations = new int[listening.length];
        Arrays.fill(listening, -1);
        for (int row = 0; row < table.size(); row++) {
            if (!table.is(row, PlayTable.DUPLICATE)) {
                int track = table.track(row);
                listening[track] = Math.max(0, listening[track]) + table.share(row);
                durations[track] = Math.max(durations[track], table.duration(row));
            }
        }
    }

    private IntStream tracks() {
        return IntStream.range(0, listening.length).filter(track -> listening[track] >= 0);
    }

    /** The number of tracks. */
    long count() {
        return tracks().count();
    }

    /** Writes the catalog: JSON lines, the tracks in the order of their first rows. */
    void writeTracks(OutputStream out) throws IOException {
        var line = new LineBytes();
        for (int track : (Iterable<Integer>) () -> tracks().iterator()) {
            line.ascii("{\"track\":").id(table.tracks, track);
            line.ascii(",\"artist\":").string(requireNonNullElse(text(track, Role.ARTIST), ""));
            line.ascii(",\"title\":").string(requireNonNullElse(text(track, Role.TITLE), ""));
            details(track, line);
            line.ascii("}").end(out);
        }
    }

    private void details(int track, LineBytes line) {
        String album = text(track, Role.ALBUM);
        if (album != null) {
            line.ascii(",\"album\":").string(album);
        }
        String year = text(track, Role.YEAR);
        if (year != null && year.matches("[12][0-9]{3}(\\D.*)?")) {
            line.ascii(",\"year\":").ascii(year.substring(0, 4));
        }
        if (durations[track] > 0) {
            line.ascii(",\"duration_ms\":").number(durations[track]);
        }
        String tags = text(track, Role.TAGS);
        if (tags != null) {
            line.ascii(",\"tags\":[");
            List<String> each = TAG_SEPARATORS
                    .splitAsStream(tags)
                    .filter(tag -> !tag.isBlank())
                    .toList();
            for (int i = 0; i < each.size(); i++) {
                line.ascii(i == 0 ? "" : ",").string(each.get(i));
            }
            line.ascii("]");
        }
    }

    private @Nullable String text(int track, Role role) {
        return table.texts.get(track, role);
    }

    /** Writes a JSON array of all tracks, those with the most listening first. */
    void writeTopTracks(OutputStream out) throws IOException {
        var line = new LineBytes().ascii("[");
        int[] ranked = tracks().boxed()
                .sorted((a, b) -> Double.compare(listening[b], listening[a]))
                .mapToInt(track -> track)
                .toArray();
        for (int i = 0; i < ranked.length; i++) {
            line.ascii(i == 0 ? "" : ",").id(table.tracks, ranked[i]);
        }
        line.ascii("]").end(out);
    }
}
