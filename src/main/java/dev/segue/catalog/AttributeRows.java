package dev.segue.catalog;

import dev.segue.catalog.Rows.Texts;
import dev.segue.catalog.Rows.TextsBuilder;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;

/**
 * The attributes of those rows of a file that have any.
 *
 * @param rows the numbers of the rows, in ascending order
 * @param years the year of each row; 0 where it is unknown
 * @param explicit {@link #UNKNOWN}, {@link #CLEAN} or {@link #EXPLICIT} for each row
 * @param tagEnds the end of each row's tags, which start at the end of the previous row's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AttributeRows(int[] rows, int[] years, int[] explicit, int[] tagEnds, Texts tags) {

    static final AttributeRows NONE = new AttributeRows(new int[0], new int[0], new int[0], new int[0], Texts.NONE);

    static final int UNKNOWN = 0;
    static final int CLEAN = 1;
    static final int EXPLICIT = 2;

    /** Collects the attributes of rows; reusable after {@link #take}. */
    static final class Builder {

        private static final String BAD_TAGS = "\"tags\" must be an array of at most " + TrackFilter.MAX_TAGS
                + " strings, such as [\"rock\",\"live\"]";
        private static final String BAD_GENRE =
                "\"genre\" must be a string or an array of at most " + TrackFilter.MAX_TAGS + " strings";
        private static final String BAD_YEAR =
                "\"year\" must be an integer from " + TrackFilter.MIN_YEAR + " to " + TrackFilter.MAX_YEAR;
        private static final String BAD_EXPLICIT = "\"explicit\" must be true or false";

        private final IntBuilder rows = new IntBuilder(0);
        private final IntBuilder years = new IntBuilder(0);
        private final IntBuilder explicits = new IntBuilder(0);
        private final IntBuilder tagEnds = new IntBuilder(0);
        private final TextsBuilder tags = new TextsBuilder();
        private int year;
        private int explicit;
        private int tagsOfRow;

        void readTags(JsonCursor line) {
            readStrings(line, BAD_TAGS);
        }

        /** Reads the genre or genres, which count as tags. */
        void readGenre(JsonCursor line) {
            if (line.atString()) {
                addTag(line, BAD_GENRE);
            } else {
                readStrings(line, BAD_GENRE);
            }
        }

        private void readStrings(JsonCursor line, String message) {
            if (line.skipNull()) {
                return;
            }
            line.beginArray(message);
            while (line.nextElement()) {
                addTag(line, message);
            }
        }

        private void addTag(JsonCursor line, String message) {
            tags.read(line, message);
            tagsOfRow++;
            if (tagsOfRow > TrackFilter.MAX_TAGS) {
                throw new JsonProblem("a track has at most " + TrackFilter.MAX_TAGS + " tags and genres; remove some");
            }
        }

        void readYear(JsonCursor line) {
            if (line.skipNull()) {
                return;
            }
            year = (int) line.integer(TrackFilter.MAX_YEAR, BAD_YEAR);
            if (year < TrackFilter.MIN_YEAR) {
                throw new JsonProblem(BAD_YEAR);
            }
        }

        void readExplicit(JsonCursor line) {
            if (!line.skipNull()) {
                explicit = line.bool(BAD_EXPLICIT) ? EXPLICIT : CLEAN;
            }
        }

        /** Ends the row with what was read since the last row. */
        void endRow(int row) {
            if (year != 0 || explicit != UNKNOWN || tagsOfRow > 0) {
                rows.add(row);
                years.add(year);
                explicits.add(explicit);
                tagEnds.add(tags.count());
                year = 0;
                explicit = UNKNOWN;
                tagsOfRow = 0;
            }
        }

        AttributeRows take() {
            if (rows.size() == 0) {
                return NONE;
            }
            var taken = new AttributeRows(
                    rows.toArray(), years.toArray(), explicits.toArray(), tagEnds.toArray(), tags.take());
            rows.clear();
            years.clear();
            explicits.clear();
            tagEnds.clear();
            return taken;
        }
    }
}
