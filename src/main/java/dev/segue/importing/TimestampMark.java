package dev.segue.importing;

/** The part of a playback that a timestamp marks. */
public enum TimestampMark {
    START,
    END
}
