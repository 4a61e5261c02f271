package dev.segue.world;

import dev.segue.random.KeyedRandom;

/**
 * The purposes of a world's random numbers. Each purpose has its own streams, so that a change to one kind of draws does not
 * change the others. The keys determine the numbers, so they must not change.
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

    /** The stream of an artist, genre, track or listener. */
    KeyedRandom stream(long seed, long number) {
        return new KeyedRandom(seed, key, number, 0);
    }
}
