package dev.segue.importing;

/** A reason to leave a row out or to change it, or the rule that gave its share. */
public enum Reason {
    WRONG_FIELD_COUNT(Effect.LEFT_OUT, "the row has not as many fields as the header", "quote fields with separators"),
    NOT_JSON(Effect.LEFT_OUT, "the line is not a JSON object", "write one object a line"),
    NO_LISTENER(Effect.LEFT_OUT, "the row names no listener", "fill the column, or name another with --listener"),
    NO_TRACK(
            Effect.LEFT_OUT,
            "the row names no track (podcasts and videos have none)",
            "fill the track id, or artist and title"),
    ID_TOO_LONG(Effect.LEFT_OUT, "an id has more than 128 characters", "shorten it, or choose another column"),
    BAD_ID(Effect.LEFT_OUT, "an id is neither text nor a whole number ≥ 0", "correct it, or choose another column"),
    NO_TIMESTAMP(Effect.LEFT_OUT, "the row has no timestamp", "fill the column, or name another with --timestamp"),
    BAD_TIMESTAMP(
            Effect.LEFT_OUT,
            "the timestamp is not understood",
            "write ISO 8601, as in 2026-01-31T12:00:00Z, or a number since 1970"),
    IMPLAUSIBLE_TIMESTAMP(
            Effect.LEFT_OUT, "the timestamp is not from 1990 to 2099", "correct it, or give --timestamp-unit"),
    BAD_PLAYED(
            Effect.LEFT_OUT,
            "the played time is negative, above 24 hours or not a number",
            "correct it, or give --duration-unit"),
    BAD_SHARE(Effect.LEFT_OUT, "the share is negative or not a number", "correct it, or choose another column"),
    DUPLICATE(
            Effect.LEFT_OUT,
            "another row has the same listener, track and timestamp",
            "none needed: repeated rows count once"),

    SHARE_ABOVE_1(Effect.CHANGED, "the share is above 1 and was taken as 1", "check the durations if this is frequent"),
    BAD_DURATION(
            Effect.CHANGED,
            "the duration is negative, above 24 hours or not a number, and was ignored",
            "correct it, or give --duration-unit"),
    LOCAL_TIME(
            Effect.CHANGED,
            "the timestamp has no time zone and was read in that of --zone",
            "give --zone if it is not UTC"),
    MIXED_ID(
            Effect.CHANGED,
            "the id is a number here and a string elsewhere, which are two tracks",
            "write one type if they are one track"),

    SHARE_GIVEN(Effect.SHARE, "given in the row", ""),
    PLAYED_BY_DURATION(Effect.SHARE, "played time / duration of the row", ""),
    PLAYED_BY_TRACK_DURATION(
            Effect.ESTIMATED_SHARE, "played time / the longest duration in other rows of the track", ""),
    COMPLETE(Effect.ESTIMATED_SHARE, "1, since the track ended by itself", ""),
    PLAYED_BY_COMPLETE(Effect.ESTIMATED_SHARE, "played time / the longest complete playback of the track", ""),
    PLAYED_BY_LONGEST(Effect.ESTIMATED_SHARE, "played time / the longest of 3 or more playbacks of the track", ""),
    PLAYED_BY_TYPICAL(Effect.ESTIMATED_SHARE, "played time / the median duration of all tracks (or 210 s)", ""),
    SKIP_FLAG(Effect.ESTIMATED_SHARE, "the skip flag: --skipped-share if skipped, 1 otherwise", ""),
    NEXT_PLAY(
            Effect.ESTIMATED_SHARE,
            "time to the listener's next play / the track's duration (or its median time to the next play)",
            ""),
    NO_NEXT_PLAY(Effect.ESTIMATED_SHARE, "1, since nothing is known and no later play follows in the session", "");

    /** The effect of a reason on a row. */
    public enum Effect {
        LEFT_OUT,
        CHANGED,
        SHARE,
        ESTIMATED_SHARE
    }

    private final Effect effect;
    private final String text;
    private final String remedy;

    Reason(Effect effect, String text, String remedy) {
        this.effect = effect;
        this.text = text;
        this.remedy = remedy;
    }

    public Effect effect() {
        return effect;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }

    /** The remedy; empty if none is needed. */
    public String remedy() {
        return remedy;
    }
}
