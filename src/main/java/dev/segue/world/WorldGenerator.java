package dev.segue.world;

import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Generates the world of a {@link WorldRecipe}. Uses {@link StrictMath}, so that all machines give the same bytes. */
final class WorldGenerator {

    /** Coordinates for genre, artist and track, all but the popularity axis. */
    private static final int CONTENT = WorldRecipe.DIMENSIONS - 1;

    private final WorldRecipe recipe;

    WorldGenerator(WorldRecipe recipe) {
        this.recipe = recipe;
    }

    World generate() {
        int[] sizes = artistSizes();
        int[] artistOf = shuffledArtists(sizes);
        int[] genres = genres(sizes.length);
        double[] popularity = popularity(artistOf, sizes.length);
        FloatMatrix embeddings = embeddings(artistOf, genres, popularity);
        List<World.Track> tracks = new ArrayList<>(recipe.tracks());
        for (int track = 0; track < recipe.tracks(); track++) {
            String title = InventedNames.title(stream(Purpose.TITLE, track));
            tracks.add(new World.Track(artistOf[track], title, popularity[track]));
        }
        List<World.Artist> artists = artists(genres);
        World world = new World(recipe, artists, tracks, embeddings, List.of());
        return new World(recipe, artists, tracks, embeddings, listeners(world.tracksByPopularity()));
    }

    private KeyedRandom stream(Purpose purpose, long number) {
        return purpose.stream(recipe.seed(), number);
    }

    /** The number of tracks of each artist: floor(exp(N(0.1, 1.75))), clipped to 1..80, until all tracks have an artist. */
    private int[] artistSizes() {
        int[] sizes = new int[recipe.tracks()];
        int artists = 0;
        for (int left = recipe.tracks(); left > 0; left -= sizes[artists++]) {
            double logSize = WorldRecipe.LOG_ARTIST_SIZE_MEAN
                    + WorldRecipe.LOG_ARTIST_SIZE_DEVIATION
                            * stream(Purpose.ARTIST_SIZE, artists).nextGaussian();
            int size = (int) Math.min(WorldRecipe.MAX_ARTIST_SIZE, Math.max(1, StrictMath.exp(logSize)));
            sizes[artists] = Math.min(size, left);
        }
        return Arrays.copyOf(sizes, artists);
    }

    /** Each track's artist, shuffled (Fisher–Yates) so that close ids are unrelated. */
    private int[] shuffledArtists(int[] sizes) {
        int[] artistOf = new int[recipe.tracks()];
        int end = 0;
        for (int artist = 0; artist < sizes.length; artist++) {
            Arrays.fill(artistOf, end, end += sizes[artist], artist);
        }
        RandomGenerator random = stream(Purpose.TRACK_ORDER, 0);
        for (int i = artistOf.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int artist = artistOf[i];
            artistOf[i] = artistOf[j];
            artistOf[j] = artist;
        }
        return artistOf;
    }

    private int[] genres(int artists) {
        double[] weights = new double[WorldRecipe.GENRES];
        Arrays.setAll(weights, k -> 1.0 / (k + WorldRecipe.GENRE_RANK_OFFSET));
        var distribution = new WeightedIndex(weights);
        int[] genres = new int[artists];
        Arrays.setAll(genres, artist -> distribution.draw(stream(Purpose.GENRE, artist)));
        return genres;
    }

    /** Each track's popularity z = √ρ·A_artist + √(1−ρ)·N(0,1), with A ~ N(0,1). */
    private double[] popularity(int[] artistOf, int artists) {
        double[] artistPopularity = new double[artists];
        Arrays.setAll(
                artistPopularity,
                artist -> stream(Purpose.ARTIST_POPULARITY, artist).nextGaussian());
        double artistWeight = Math.sqrt(WorldRecipe.ARTIST_POPULARITY_SHARE);
        double trackWeight = Math.sqrt(1 - WorldRecipe.ARTIST_POPULARITY_SHARE);
        double[] popularity = new double[artistOf.length];
        Arrays.setAll(
                popularity,
                track -> artistWeight * artistPopularity[artistOf[track]]
                        + trackWeight * stream(Purpose.TRACK_POPULARITY, track).nextGaussian());
        return popularity;
    }

    /** e = [p₁·z | exp(κz)·(g·C_genre + a·V_artist + n·N_track)]. */
    private FloatMatrix embeddings(int[] artistOf, int[] genres, double[] popularity) {
        double[][] genreVectors = genreVectors(artistOf, genres);
        double[][] artistVectors = new double[genres.length][];
        Arrays.setAll(artistVectors, artist -> contentVector(Purpose.ARTIST_VECTOR, artist));
        FloatMatrix embeddings = FloatMatrix.zeros(artistOf.length, WorldRecipe.DIMENSIONS);
        for (int track = 0; track < artistOf.length; track++) {
            double z = popularity[track];
            double length = StrictMath.exp(WorldRecipe.POPULARITY_STRETCH * z);
            double[] genreVector = genreVectors[genres[artistOf[track]]];
            double[] artistVector = artistVectors[artistOf[track]];
            double[] trackVector = contentVector(Purpose.TRACK_VECTOR, track);
            embeddings.set(track, 0, (float) (recipe.popularityWeight() * z));
            for (int d = 0; d < CONTENT; d++) {
                double content = WorldRecipe.GENRE_WEIGHT * genreVector[d]
                        + WorldRecipe.ARTIST_WEIGHT * artistVector[d]
                        + WorldRecipe.TRACK_WEIGHT * trackVector[d];
                embeddings.set(track, d + 1, (float) (length * content));
            }
        }
        return embeddings;
    }

    /** A draw of N(0, I/15), with expected squared length 1. */
    private double[] contentVector(Purpose purpose, int number) {
        RandomGenerator random = stream(purpose, number);
        double deviation = 1 / Math.sqrt(CONTENT);
        double[] vector = new double[CONTENT];
        Arrays.setAll(vector, d -> deviation * random.nextGaussian());
        return vector;
    }

    /**
     * Random unit vectors, centred by each genre's share of the tracks before normalization. Without centring, the mean of the
     * catalog would differ from 0 by an amount that depends on the seed.
     */
    private double[][] genreVectors(int[] artistOf, int[] genres) {
        double[][] vectors = new double[WorldRecipe.GENRES][];
        Arrays.setAll(vectors, genre -> contentVector(Purpose.GENRE_VECTOR, genre));
        double[] centre = new double[CONTENT];
        for (int artist : artistOf) {
            for (int d = 0; d < CONTENT; d++) {
                centre[d] += vectors[genres[artist]][d] / artistOf.length;
            }
        }
        for (double[] vector : vectors) {
            double squaredLength = 0;
            for (int d = 0; d < CONTENT; d++) {
                vector[d] -= centre[d];
                squaredLength += vector[d] * vector[d];
            }
            double length = Math.sqrt(squaredLength);
            Arrays.setAll(vector, d -> vector[d] / length);
        }
        return vectors;
    }

    private List<World.Artist> artists(int[] genres) {
        var names = new InventedNames();
        List<World.Artist> artists = new ArrayList<>(genres.length);
        for (int artist = 0; artist < genres.length; artist++) {
            artists.add(new World.Artist(names.nextArtist(stream(Purpose.ARTIST_NAME, artist)), genres[artist]));
        }
        return artists;
    }

    /** Interests by weight (rank + 20)^−ζ without replacement, b ~ U(0, 10), s ~ U(1, 2)^±1. */
    private List<Listener> listeners(int[] byPopularity) {
        double[] weights = new double[byPopularity.length];
        Arrays.setAll(
                weights, rank -> StrictMath.pow(rank + WorldRecipe.INTEREST_RANK_OFFSET, -recipe.interestExponent()));
        var ranks = new WeightedIndex(weights);
        List<Listener> listeners = new ArrayList<>(recipe.listeners());
        for (int user = 0; user < recipe.listeners(); user++) {
            RandomGenerator random = stream(Purpose.LISTENER, user);
            Set<Integer> interests = new LinkedHashSet<>();
            while (interests.size() < WorldRecipe.INTERESTS) {
                interests.add(byPopularity[ranks.draw(random)]);
            }
            double bias = WorldRecipe.MAX_CONSUME_BIAS * random.nextDouble();
            double sharpness = 1 + (WorldRecipe.MAX_CONSUME_SHARPNESS - 1) * random.nextDouble();
            listeners.add(
                    new Listener(user, List.copyOf(interests), bias, random.nextBoolean() ? sharpness : 1 / sharpness));
        }
        return listeners;
    }
}
