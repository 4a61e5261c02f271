package dev.segue.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The ids of tracks of which a service names only artist and title. Imports and live reports of a track get the same id. */
public final class NamedTrackId {

    private static final String SEPARATOR = " – ";

    private NamedTrackId() {}

    /** {@code Artist – Title}; the title alone if the artist is null; {@code sha256:} and a hash if that has more than 128 characters. */
    public static String of(@Nullable String artist, String title) {
        String name = artist == null ? title : artist + SEPARATOR + title;
        return name.codePointCount(0, name.length()) <= TrackIds.MAX_LENGTH ? name : "sha256:" + sha256(name);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
