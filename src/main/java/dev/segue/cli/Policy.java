package dev.segue.cli;

import dev.segue.config.RecommenderSettings;
import dev.segue.config.RecommenderType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A recommender named on the command line: a type, and for {@code top-pop} how many tracks it draws from, as in {@code
 * top-pop:1000}.
 *
 * @param name as given; the log's recommender and arm
 */
record Policy(String name, RecommenderSettings settings) {

    /**
     * Reads a policy.
     *
     * @param world the folder with the world's catalogs and, in {@code models}, its models
     */
    static Policy parse(String text, Path world) {
        int colon = text.indexOf(':');
        String typeName = colon < 0 ? text : text.substring(0, colon);
        RecommenderType type = Arrays.stream(RecommenderType.values())
                .filter(candidate -> candidate.text().equals(typeName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no policy; there are: "
                        + Arrays.stream(RecommenderType.values())
                                .map(RecommenderType::text)
                                .collect(Collectors.joining(", "))
                        + ", and top-pop:N"));
        int size = type == RecommenderType.TOP_POP ? RecommenderSettings.DEFAULT_SIZE : 0;
        if (colon >= 0) {
            size = size(text, colon);
        }
        try {
            Optional<Path> model =
                    type.needsModel() ? Optional.of(world.resolve("models").resolve(type.text())) : Optional.empty();
            return new Policy(text, new RecommenderSettings(type, size, model, 0, List.of(), Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("policy " + text + ": " + e.getMessage(), e);
        }
    }

    private static int size(String text, int colon) {
        try {
            return Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "policy " + text + ": \"" + text.substring(colon + 1)
                            + "\" is no number of tracks; write top-pop:100",
                    e);
        }
    }
}
