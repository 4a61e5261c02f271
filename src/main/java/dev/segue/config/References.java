package dev.segue.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the names in a configuration refer to recommenders of the configuration.
 *
 * @param recommenders the recommenders of the configuration, by name
 * @param defines the words before their names in a message
 */
record References(Map<String, RecommenderSettings> recommenders, String defines) {

    /** Throws {@link IllegalArgumentException}, which names the first wrong reference. */
    void check(List<ExperimentSettings> experiments, boolean nnCatalog) {
        if (recommenders.isEmpty()) {
            throw new IllegalArgumentException("recommenders: there are none; define one or leave the section out");
        }
        recommenders.forEach((name, settings) -> checkRecommender(name, settings, nnCatalog));
        Set<String> names = new HashSet<>();
        for (ExperimentSettings experiment : experiments) {
            if (!names.add(experiment.name())) {
                throw new IllegalArgumentException(
                        "experiments: two are named \"" + experiment.name() + "\"; rename one");
            }
            experiment
                    .arms()
                    .forEach((arm, recommender) -> require(
                            "treatment " + arm + " of experiment " + experiment.name() + " names recommender",
                            recommender));
        }
        long serving = experiments.stream().filter(ExperimentSettings::serves).count();
        if (serving != 1) {
            throw new IllegalArgumentException("experiments: " + serving
                    + " have \"serves\": true; exactly one must have it, and serves the requests");
        }
    }

    private void checkRecommender(String name, RecommenderSettings settings, boolean nnCatalog) {
        Names.check("recommenders", name);
        if (settings.type() == RecommenderType.NEW && !nnCatalog) {
            throw new IllegalArgumentException("recommender " + name
                    + " of type \"new\" needs TRACKS_CATALOG_NN; name that catalog or remove the recommender");
        }
        for (String source : settings.scoring().sources().keySet()) {
            require("recommender " + name + " blends recommender", source);
            RecommenderSettings blended = recommenders.get(source);
            if (blended != null && blended.type() == RecommenderType.BLEND) {
                throw new IllegalArgumentException("recommender " + name + " blends recommender \"" + source
                        + "\", which is a blend itself; name its sources");
            }
        }
        for (String fallback : settings.fallback()) {
            if (fallback.equals(name)) {
                throw new IllegalArgumentException("recommender " + name + " falls back to itself; remove that");
            }
            require("recommender " + name + " falls back to recommender", fallback);
        }
    }

    private void require(String who, String recommender) {
        if (!recommenders.containsKey(recommender)) {
            throw new IllegalArgumentException(
                    who + " \"" + recommender + "\"; " + defines + String.join(", ", recommenders.keySet()));
        }
    }
}
