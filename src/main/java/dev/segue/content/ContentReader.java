package dev.segue.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.catalog.TrackFilter;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import dev.segue.json.TextCache;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the content of tracks from the fields {@code tags}, {@code genre}, {@code artist}, {@code album} and {@code year} of a track
 * file's rows. All of them are optional, and null is the same as no field. Texts are compared without regard to case, the composition of
 * characters, and spaces at both ends.
 */
public final class ContentReader {

    /** The maximum number of tags of a row, and likewise of genres. */
    public static final int MAX_TEXTS = 1000;

    /** The maximum number of UTF-16 code units of a tag or a genre. */
    public static final int MAX_LENGTH = 256;

    private static final byte[] TAGS = "tags".getBytes(US_ASCII);
    private static final byte[] GENRE = "genre".getBytes(US_ASCII);
    private static final byte[] ARTIST = "artist".getBytes(US_ASCII);
    private static final byte[] ALBUM = "album".getBytes(US_ASCII);
    private static final byte[] YEAR = "year".getBytes(US_ASCII);

    private static final String BAD_TAGS =
            "\"tags\" must be an array of strings; write \"tags\":[\"rock\",\"live\"], or leave it out";
    private static final String BAD_GENRE =
            "\"genre\" must be a string or an array of strings; write \"genre\":\"rock\", or leave it out";
    private static final String BAD_ARTIST = "\"artist\" must be a string; leave it out where unknown";
    private static final String BAD_ALBUM = "\"album\" must be a string; leave it out where unknown";
    private static final String BAD_YEAR = "\"year\" must be an integer from " + TrackFilter.MIN_YEAR + " to "
            + TrackFilter.MAX_YEAR + "; leave it out where unknown";

    private record Feature(FeatureKind kind, String text) {}

    private final TextCache texts = new TextCache();
    private final Map<Feature, Integer> numbers = new HashMap<>();
    private final List<FeatureKind> kinds = new ArrayList<>();
    private final IntBuilder features = new IntBuilder(1 << 10);
    private final IntBuilder offsets = new IntBuilder(1 << 10);
    private final IntBuilder years = new IntBuilder(1 << 10);
    private final IntBuilder artists = new IntBuilder(1 << 10);
    private int[] row = new int[16];
    private int rowSize;

    private ContentReader() {
        offsets.add(0);
    }

    /**
     * Reads a track file: JSON lines, a JSON array or Parquet.
     *
     * @throws dev.segue.file.FileException if the file cannot be read, or a field has another type; the message names the file and the line
     */
    public static TrackContent read(Path file) {
        var reader = new ContentReader();
        TrackFile.read(file, reader::row);
        return new TrackContent(
                reader.kinds.toArray(FeatureKind[]::new),
                reader.offsets.toArray(),
                reader.features.toArray(),
                reader.years.toArray(),
                reader.artists.toArray());
    }

    private void row(JsonCursor line) {
        String artist = "";
        String album = "";
        int year = TrackContent.NONE;
        rowSize = 0;
        line.beginObject();
        while (line.nextName()) {
            if (line.nameIs(TAGS)) {
                array(line, FeatureKind.TAG, BAD_TAGS);
            } else if (line.nameIs(GENRE)) {
                genre(line);
            } else if (line.nameIs(ARTIST)) {
                artist = textOrNone(line, BAD_ARTIST);
            } else if (line.nameIs(ALBUM)) {
                album = textOrNone(line, BAD_ALBUM);
            } else if (line.nameIs(YEAR)) {
                year = year(line);
            } else {
                line.skipValue();
            }
        }
        int artistNumber = artist.isEmpty() ? TrackContent.NONE : add(FeatureKind.ARTIST, artist);
        if (!album.isEmpty()) {
            add(FeatureKind.ALBUM, artist + '\n' + album); // albums of several artists may have the same title
        }
        artists.add(artistNumber);
        years.add(year);
        endRow();
    }

    /** Adds the distinct features of the row in ascending order. */
    private void endRow() {
        Arrays.sort(row, 0, rowSize);
        for (int i = 0; i < rowSize; i++) {
            if (i == 0 || row[i] != row[i - 1]) {
                features.add(row[i]);
            }
        }
        offsets.add(features.size());
    }

    private void genre(JsonCursor line) {
        if (line.atString()) {
            addChecked(FeatureKind.GENRE, line.text(texts, BAD_GENRE), "genre");
        } else {
            array(line, FeatureKind.GENRE, BAD_GENRE);
        }
    }

    private void array(JsonCursor line, FeatureKind kind, String message) {
        if (line.skipNull()) {
            return;
        }
        String name = kind == FeatureKind.TAG ? "tags" : "genre";
        line.beginArray(message);
        for (int count = 1; line.nextElement(); count++) {
            if (count > MAX_TEXTS) {
                throw new JsonProblem("\"" + name + "\" has more than " + MAX_TEXTS
                        + " texts; keep the ones that describe the track best");
            }
            addChecked(kind, line.text(texts, message), name);
        }
    }

    private void addChecked(FeatureKind kind, String text, String name) {
        if (text.length() > MAX_LENGTH) {
            throw new JsonProblem("\"" + name + "\" has a text of more than " + MAX_LENGTH
                    + " characters; shorten it or leave it out");
        }
        String normalized = normalized(text);
        if (!normalized.isEmpty()) {
            add(kind, normalized);
        }
    }

    /** Adds a feature to the row and returns its number. */
    private int add(FeatureKind kind, String text) {
        int number = numbers.computeIfAbsent(new Feature(kind, text), feature -> kinds.size());
        if (number == kinds.size()) {
            kinds.add(kind);
        }
        if (rowSize == row.length) {
            row = Arrays.copyOf(row, 2 * rowSize);
        }
        row[rowSize++] = number;
        return number;
    }

    private String textOrNone(JsonCursor line, String message) {
        return line.skipNull() ? "" : normalized(line.text(texts, message));
    }

    private static int year(JsonCursor line) {
        if (line.skipNull()) {
            return TrackContent.NONE;
        }
        int year = (int) line.integer(TrackFilter.MAX_YEAR, BAD_YEAR);
        if (year < TrackFilter.MIN_YEAR) {
            throw new JsonProblem(BAD_YEAR);
        }
        return year;
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }
}
