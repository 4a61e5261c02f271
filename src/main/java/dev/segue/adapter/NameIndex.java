package dev.segue.adapter;

import dev.segue.catalog.Tracks;
import dev.segue.id.KeyIndex;
import dev.segue.id.NamedTrackId;
import dev.segue.id.TrackIds;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of a catalog by artist and title, in 20 bytes a track: texts are hashed, and compared with those of the catalog. If
 * several tracks have one artist and title, the first one in the catalog is found.
 */
final class NameIndex {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Tracks tracks;
    private final KeyIndex hashes = new KeyIndex();
    private int[] rows;

    NameIndex(Tracks tracks) {
        this.tracks = tracks;
        rows = new int[tracks.size()];
        for (int row = 0; row < tracks.size(); row++) {
            int track = tracks.idAt(row);
            String title = tracks.title(track);
            if (title != null) {
                int number = hashes.add(hash(key(tracks.artist(track), title)));
                if (number >= 0) {
                    rows[number] = row;
                }
            }
        }
        rows = Arrays.copyOf(rows, hashes.size());
    }

    /** The track with an artist and a title, or with the id that an import derives from them; {@link TrackIds#NONE} if there is none. */
    int find(String artist, String title) {
        int derived = TrackIds.find(NamedTrackId.of(artist, title));
        if (tracks.contains(derived)) {
            return derived;
        }
        String key = key(artist, title);
        int number = hashes.row(hash(key));
        if (number < 0) {
            return TrackIds.NONE;
        }
        int track = tracks.idAt(rows[number]);
        String found = tracks.title(track);
        return found != null && key(tracks.artist(track), found).equals(key) ? track : TrackIds.NONE;
    }

    /** Artist and title in lower case, composed, with single spaces. */
    private static String key(@Nullable String artist, String title) {
        String both = (artist == null ? "" : artist.strip()) + "\n" + title.strip();
        boolean isAscii = both.chars().allMatch(c -> c < 128);
        String composed = isAscii ? both : Normalizer.normalize(both, Normalizer.Form.NFKC);
        int line = composed.indexOf('\n');
        return spaced(composed.substring(0, line)) + '\n' + spaced(composed.substring(line + 1));
    }

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    /** A 64-bit FNV-1a hash of the text's UTF-16 units, with its bits mixed. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
