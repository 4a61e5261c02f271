package dev.segue.cli;

import dev.segue.content.ContentWeights;
import picocli.CommandLine.Option;

/** The weights of the parts of tracks' content. */
final class ContentWeightOptions {

    @Option(names = "--tag-weight", paramLabel = "W", defaultValue = "1", description = "Weight of tags.")
    private double tags;

    @Option(names = "--genre-weight", paramLabel = "W", defaultValue = "0.5", description = "Weight of the genre.")
    private double genre;

    @Option(names = "--artist-weight", paramLabel = "W", defaultValue = "0.5", description = "Weight of the artist.")
    private double artist;

    @Option(names = "--album-weight", paramLabel = "W", defaultValue = "0.25", description = "Weight of the album.")
    private double album;

    @Option(names = "--year-weight", paramLabel = "W", defaultValue = "0.25", description = "Weight of the year.")
    private double year;

    @Option(
            names = "--embedding-weight",
            paramLabel = "W",
            defaultValue = "1",
            description = "Weight of the embedding, if --content-embeddings is given.")
    private double embedding;

    /**
     * The weights.
     *
     * @throws IllegalArgumentException if one is negative or not finite, or all are 0
     */
    ContentWeights weights() {
        return new ContentWeights(tags, genre, artist, album, year, embedding);
    }
}
