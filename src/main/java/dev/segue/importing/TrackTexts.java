package dev.segue.importing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first known artist, title, album, year and tags of each track. */
final class TrackTexts {

    /** The roles of columns that describe a track. */
    static final List<Role> ROLES = List.of(Role.ARTIST, Role.TITLE, Role.ALBUM, Role.YEAR, Role.TAGS);

    /** Longer texts are cut. */
    private static final int MAX_LENGTH = 10_000;

    private static final int NONE = -1;

    private final TextDictionary texts = new TextDictionary();
    private final Map<Role, IntColumn> numbers = new EnumMap<>(Role.class);

    TrackTexts() {
        ROLES.forEach(role -> numbers.put(role, new IntColumn()));
    }

    /** Sets a text of a track that has none yet. */
    void add(int track, Role role, @Nullable String text) {
        IntColumn column = column(role);
        column.fill(track + 1, NONE);
        if (text != null && column.get(track) == NONE) {
            column.set(track, texts.number(text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH), 0));
        }
    }

    /** Gives a track the texts that it lacks and another one has. */
    void merge(int track, int other) {
        for (Role role : ROLES) {
            add(track, role, get(other, role));
        }
    }

    /** A text of a track; null if it is not known. */
    @Nullable
    String get(int track, Role role) {
        IntColumn column = column(role);
        int text = track < column.size() ? column.get(track) : NONE;
        return text == NONE ? null : texts.text(text);
    }

    private IntColumn column(Role role) {
        IntColumn column = numbers.get(role);
        if (column == null) {
            throw new IllegalArgumentException(role + " does not describe a track");
        }
        return column;
    }
}
