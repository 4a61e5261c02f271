package dev.segue.content;

import java.util.stream.DoubleStream;

/**
 * The weights of the parts of a track's content in the similarity, each finite and at least 0, not all 0. Only their ratios matter. A part
 * with the weight 0 is not used.
 *
 * @param tags of {@code tags}
 * @param genre of {@code genre}
 * @param artist of {@code artist}
 * @param album of {@code album}, together with the artist
 * @param year of {@code year}
 * @param embedding of the embeddings, if there are any
 */
public record ContentWeights(double tags, double genre, double artist, double album, double year, double embedding) {

    /** The default weights. */
    public static final ContentWeights DEFAULT = new ContentWeights(1, 0.5, 0.5, 0.25, 0.25, 1);

    public ContentWeights {
        double[] all = {tags, genre, artist, album, year, embedding};
        if (DoubleStream.of(all).anyMatch(weight -> !(weight >= 0 && weight <= 1e6))
                || DoubleStream.of(all).sum() == 0) {
            throw new IllegalArgumentException(
                    "the weights of the content must be numbers from 0 to 1,000,000, and not all of them 0");
        }
    }

    /** The weight of a feature's kind. */
    double of(FeatureKind kind) {
        return switch (kind) {
            case TAG -> tags;
            case GENRE -> genre;
            case ARTIST -> artist;
            case ALBUM -> album;
        };
    }
}
