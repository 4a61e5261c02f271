package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.experiment.Experiment;
import java.util.List;

/**
 * Everything an answer depends on besides the listener, in one piece: a request sees one generation from start to end.
 *
 * @param id a fingerprint of the catalogs and models, 8 hexadecimal digits
 * @param catalog the tracks and lists
 * @param experiments all experiments; each assigns every listener
 * @param serving the one of them that chooses the recommender
 * @param isSlow whether one of its recommenders is slow
 */
public record Generation(String id, Catalog catalog, List<Experiment> experiments, Experiment serving, boolean isSlow) {

    Generation(String id, Catalog catalog, List<Experiment> experiments, Experiment serving) {
        this(
                id,
                catalog,
                experiments,
                serving,
                serving.treatments().stream()
                        .anyMatch(treatment -> treatment.recommender().isSlow()));
    }
}
