package dev.segue.config;

import java.util.ArrayList;
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

    /** The wrong references, in the order of the configuration. */
    List<String> problems(List<ExperimentSettings> experiments, boolean nnCatalog) {
        List<String> problems = new ArrayList<>();
        if (recommenders.isEmpty()) {
            problems.add("recommenders: there are none; define one or leave the section out");
            return problems;
        }
        recommenders.forEach((name, settings) -> checkRecommender(name, settings, nnCatalog, problems));
        Set<String> names = new HashSet<>();
        for (ExperimentSettings experiment : experiments) {
            if (!names.add(experiment.name())) {
                problems.add("experiments: two are named \"" + experiment.name() + "\"; rename one");
            }
            experiment
                    .arms()
                    .forEach((arm, recommender) -> require(
                            "treatment " + arm + " of experiment " + experiment.name() + " names recommender",
                            recommender,
                            problems));
        }
        long serving = experiments.stream().filter(ExperimentSettings::serves).count();
        if (serving != 1) {
            problems.add("experiments: " + serving
                    + " have \"serves\": true; exactly one must have it, and serves the requests");
        }
        return problems;
    }

    private void checkRecommender(String name, RecommenderSettings settings, boolean nnCatalog, List<String> problems) {
        try {
            Names.check("recommenders", name);
        } catch (IllegalArgumentException wrongName) {
            problems.add(String.valueOf(wrongName.getMessage()));
        }
        if (settings.type() == RecommenderType.NEW && !nnCatalog) {
            problems.add("recommender " + name
                    + " of type \"new\" needs TRACKS_CATALOG_NN; name that catalog or remove the recommender");
        }
        for (String source : settings.scoring().sources().keySet()) {
            require("recommender " + name + " blends recommender", source, problems);
            RecommenderSettings blended = recommenders.get(source);
            if (blended != null && blended.type() == RecommenderType.BLEND) {
                problems.add("recommender " + name + " blends recommender \"" + source
                        + "\", which is a blend itself; name its sources");
            }
        }
        for (String fallback : settings.fallback()) {
            if (fallback.equals(name)) {
                problems.add("recommender " + name + " falls back to itself; remove that");
            } else {
                require("recommender " + name + " falls back to recommender", fallback, problems);
            }
        }
    }

    private void require(String place, String recommender, List<String> problems) {
        if (!recommenders.containsKey(recommender)) {
            problems.add(place + " \"" + recommender + "\"; " + defines + String.join(", ", recommenders.keySet()));
        }
    }
}
