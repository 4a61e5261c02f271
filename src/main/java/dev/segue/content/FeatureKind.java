package dev.segue.content;

/** The kinds of features that a track has or lacks. */
public enum FeatureKind {
    TAG,
    GENRE,
    ARTIST,
    ALBUM
}
