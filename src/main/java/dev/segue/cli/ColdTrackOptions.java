package dev.segue.cli;

import dev.segue.content.ColdTracks;
import dev.segue.content.ContentWeights;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code --content} and its options: neighbours by content for tracks with few plays. */
final class ColdTrackOptions {

    @Option(
            names = "--content",
            description =
                    "Give tracks with few plays neighbours by content, and places in the lists of similar tracks. The content"
                            + " is that of segue content-neighbours, from the rows of the catalog.")
    private boolean isUsed;

    @Option(
            names = "--content-embeddings",
            paramLabel = "FILE",
            description =
                    "With --content: embeddings of the audio, a .npy matrix of float32 with one row for each row of the catalog.")
    private @Nullable Path embeddings;

    @Option(
            names = "--min-plays",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With --content: tracks that occur fewer times as the next track in the training rows get neighbours by"
                            + " content.",
            showDefaultValue = Visibility.ALWAYS)
    private int minPlays;

    @Option(
            names = "--cold-share",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "With --content: share of the places of each list that such tracks get at most, 0 to 0.5.",
            showDefaultValue = Visibility.ALWAYS)
    private double share;

    /**
     * The settings; empty without {@code --content}.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    Optional<ColdTracks.Settings> settings() {
        var settings =
                new ColdTracks.Settings(minPlays, share, Optional.ofNullable(embeddings), ContentWeights.DEFAULT);
        if (!isUsed && embeddings != null) {
            throw new IllegalArgumentException("--content-embeddings needs --content");
        }
        return isUsed ? Optional.of(settings) : Optional.empty();
    }

    /** Prints the numbers of cold tracks. */
    void print(ColdTracks.Filled filled, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d tracks with fewer than %,d plays: %,d have neighbours by content, and %,d are in lists of other tracks%n",
                filled.cold(),
                minPlays,
                filled.withNeighbours(),
                filled.reachable());
    }
}
