package dev.segue.world;

import dev.segue.random.KeyedRandom;

/**
 * The purposes of a world's random numbers. Each purpose has streams of its own, so that a change in how one thing is drawn
 * leaves all others as they were. The keys are part of the recipe: they decide the numbers.
 */
enum Purpose {
    ARTIST_SIZE(0),
    TRACK_ORDER(1),
    GENRE(2),
    ARTIST_POPULARITY(3),
    TRACK_POPULARITY(4),
    GENRE_VECTOR(5),
    ARTIST_VECTOR(6),
    TRACK_VECTOR(7),
    LISTENER(8),
    ARTIST_NAME(9),
    TITLE(10),
    CONTROL_BLUR(11),
    TREATMENT_BLUR(12);

    private final int key;

    Purpose(int key) {
        this.key = key;
    }

    /** The stream for the artist, genre, track or listener with this number. */
    KeyedRandom stream(long seed, long number) {
        return new KeyedRandom(seed, key, number, 0);
    }
}
