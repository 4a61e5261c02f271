package dev.segue.id;

import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The ids of tracks of which a service names only artist and title. Imports and live reports of a track get the same id. */
public final class NamedTrackId {

    private static final String SEPARATOR = " – ";

    private NamedTrackId() {}

    /** {@code Artist – Title}; the title alone if the artist is null; {@code sha256:} and a hash if that has more than 128 characters. */
    public static String of(@Nullable String artist, String title) {
        String name = artist == null ? title : artist + SEPARATOR + title;
        return name.codePointCount(0, name.length()) <= TrackIds.MAX_LENGTH
                ? name
                : "sha256:" + DigestUtils.sha256Hex(name);
    }
}
