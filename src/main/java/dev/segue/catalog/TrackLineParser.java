package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.id.TrackIdReader;
import dev.segue.id.TrackIds;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import java.util.List;

/**
 * Parses {@code {"track":0,"artist":"…","title":"…","recommendations":[…],"scores":[…]}}. All rows must have those of these fields
 * that the file's first row has, since a catalog in which some rows lack their neighbours is probably truncated or a mixture
 * of files. Each row may have
 * {@code "duration_ms":…} and the attributes {@code "tags":[…],"genre":"…","year":1999,"explicit":false}.
 */
final class TrackLineParser implements LineParser {

    static final int TRACK = 1;
    static final int ARTIST = 2;
    static final int TITLE = 4;
    static final int RECOMMENDATIONS = 8;
    static final int SCORES = 16;

    private static final int TAGS = 32;
    private static final int GENRE = 64;
    private static final int YEAR = 128;
    private static final int EXPLICIT = 256;

    /** The fields that all rows have or none. */
    private static final int OF_ALL_ROWS = TRACK | ARTIST | TITLE | RECOMMENDATIONS | SCORES;

    /** The field 1 << i at i. */
    private static final List<String> FIELDS =
            List.of("track", "artist", "title", "recommendations", "scores", "tags", "genre", "year", "explicit");

    private static final byte[][] NAMES =
            FIELDS.stream().map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    private static final byte[] TRACK_SYNONYM = "item_id".getBytes(US_ASCII);

    /** A field of any rows. Values that are no durations are ignored, because Segue did not always read the field. */
    private static final byte[] DURATION = "duration_ms".getBytes(US_ASCII);

    private static final double MAX_DURATION_MILLIS = 24 * 3600 * 1000.0;
    private static final String BAD_TRACK = "\"track\" must be " + TrackIds.FORM;
    private static final String BAD_ARTIST = "\"artist\" must be a string, \"\" where unknown";
    private static final String BAD_TITLE = "\"title\" must be a string, \"\" where unknown";
    private static final String BAD_RECOMMENDATIONS =
            "\"recommendations\" must be an array of track ids, each " + TrackIds.FORM;

    private static final String BAD_SCORES =
            "\"scores\" must be an array of finite numbers, one for each of \"recommendations\"";

    private final String setting;
    private final int required;
    private final Rows.Builder rows = new Rows.Builder();
    private final TrackIdReader ids = new TrackIdReader(true);
    private int fields;
    private int firstLine;

    /**
     * @param setting the setting that names the file, for error messages
     * @param required the required fields besides the track, as a bit set
     */
    TrackLineParser(String setting, int required) {
        this.setting = setting;
        this.required = required | TRACK;
    }

    @Override
    public void read(JsonCursor line) {
        long track = -1;
        int seen = 0;
        line.beginObject();
        while (line.nextName()) {
            int field = field(line);
            if ((seen & field) != 0) {
                throw new JsonProblem(
                        name(field) + " appears twice in the line; keep one (\"item_id\" is the same field)");
            }
            seen |= field;
            switch (field) {
                case TRACK -> track = ids.read(line, BAD_TRACK);
                case ARTIST -> rows.artists.read(line, BAD_ARTIST);
                case TITLE -> rows.titles.read(line, BAD_TITLE);
                case RECOMMENDATIONS -> ids.readAll(line, rows.ids, BAD_RECOMMENDATIONS);
                case SCORES -> line.floats(rows.scores, BAD_SCORES);
                case TAGS -> rows.attributes.readTags(line);
                case GENRE -> rows.attributes.readGenre(line);
                case YEAR -> rows.attributes.readYear(line);
                case EXPLICIT -> rows.attributes.readExplicit(line);
                default -> readOther(line);
            }
        }
        checkFields(seen & OF_ALL_ROWS, line.line());
        if ((seen & SCORES) != 0 && rows.scores.size() != rows.ids.size()) {
            throw new JsonProblem(BAD_SCORES);
        }
        rows.endRow(track, line.line());
    }

    private void readOther(JsonCursor line) {
        if (line.nameIs(DURATION)) {
            double millis = line.numberOr(0);
            rows.setDuration(millis > 0 && millis <= MAX_DURATION_MILLIS ? (int) millis : 0);
        } else {
            line.skipValue();
        }
    }

    private static int field(JsonCursor line) {
        for (int i = 0; i < NAMES.length; i++) {
            if (line.nameIs(NAMES[i])) {
                return 1 << i;
            }
        }
        return line.nameIs(TRACK_SYNONYM) ? TRACK : 0;
    }

    private void checkFields(int seen, int line) {
        int missing = required & ~seen;
        if (missing != 0) {
            throw new JsonProblem("missing " + name(missing) + "; every row of " + setting + " needs it");
        }
        if (!started()) {
            fields = seen;
            firstLine = line;
        } else if (seen != fields) {
            missing = fields & ~seen;
            throw new JsonProblem(
                    missing != 0
                            ? "missing " + name(missing) + " (line " + firstLine + " has it)"
                            : "unexpected " + name(seen & ~fields) + " (line " + firstLine + " lacks it)");
        }
    }

    /** The first of these fields, quoted. */
    private static String name(int fields) {
        return '"' + FIELDS.get(Integer.numberOfTrailingZeros(fields)) + '"';
    }

    @Override
    public boolean started() {
        return fields != 0;
    }

    @Override
    public Rows takeRows() {
        return rows.take();
    }

    @Override
    public LineParser newParser() {
        var parser = new TrackLineParser(setting, required);
        parser.fields = fields;
        parser.firstLine = firstLine;
        return parser;
    }
}
