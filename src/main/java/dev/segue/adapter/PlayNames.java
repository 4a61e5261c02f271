package dev.segue.adapter;

import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** Names of plays by listener, start and track, by which repeated reports are recognised. */
public final class PlayNames {

    private static final int HASH_BYTES = 8;

    private PlayNames() {}

    /** The name of a listen. It depends on the client's fields alone, so that it does not change with the catalog. */
    public static String of(Listen listen) {
        return of(1000 * listen.listenedAt(), listen.artist() + '\n' + listen.title());
    }

    /**
     * The name of a play.
     *
     * @param startedAt in ms since 1970
     * @param track identifies the track among those of the client
     */
    public static String of(long startedAt, String track) {
        return startedAt + ":" + HexFormat.of().formatHex(DigestUtils.sha256(track), 0, HASH_BYTES);
    }
}
