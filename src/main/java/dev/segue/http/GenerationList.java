package dev.segue.http;

import dev.segue.catalog.CatalogCounts;
import dev.segue.reload.Generations;
import dev.segue.reload.InService;
import dev.segue.reload.KeptGeneration;
import dev.segue.reload.Reloader;
import dev.segue.state.LearningRuns;
import dev.segue.state.LearningRuns.Outcome;
import dev.segue.state.LearningRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Describes the generations of this process, the present one first, with the figures of the learning that made them. */
final class GenerationList {

    private final Reloader reloader;
    private final LearningRuns learnings;

    GenerationList(Reloader reloader, LearningRuns learnings) {
        this.reloader = reloader;
        this.learnings = learnings;
    }

    List<Map<String, @Nullable Object>> describe() {
        Generations generations = reloader.generations();
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (InService period : generations.periods()) {
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("generation", period.generation());
            description.put("cause", period.cause().json());
            description.put("loaded_at", period.loadedAt());
            description.put("in_service_since", period.since());
            description.put("serves", list.isEmpty());
            description.put("can_roll_back_to", list.size() == 1 && generations.hasPrevious());
            description.put("counts", counts(period.counts()));
            description.put("learning", learning(period.generation()));
            list.add(description);
        }
        return list;
    }

    /** The generations whose files are kept, the last one first. */
    List<Map<String, @Nullable Object>> describeKept() {
        String present = reloader.generations().periods().get(0).generation();
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (KeptGeneration kept : reloader.kept()) {
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("generation", kept.generation());
            description.put("kept_at", kept.keptAt());
            description.put("refusal", kept.refusal());
            description.put("serves", kept.generation().equals(present));
            description.put("learning", learning(kept.generation()));
            list.add(description);
        }
        return list;
    }

    /** How the last learning ended, without what only administrators may read; null if there is none. */
    @Nullable
    Map<String, @Nullable Object> lastLearning() {
        Run last = learnings.last().orElse(null);
        if (last == null) {
            return null;
        }
        // the message of files that cannot be loaded has their paths
        boolean isRefusal = last.outcome() == Outcome.REFUSED && (last.generation() != null || isRefusedByItself(last));
        var description = new LinkedHashMap<String, @Nullable Object>();
        description.put("ended", last.ended());
        description.put("outcome", last.outcome().json());
        description.put("reason", isRefusal ? last.message() : null);
        return description;
    }

    private static boolean isRefusedByItself(Run run) {
        for (JsonNode stage : run.stages()) {
            if (!stage.path("refusal").isString()) {
                return false;
            }
        }
        return true;
    }

    /** The last learning of a generation; null if it was not learned. */
    private @Nullable Object learning(String generation) {
        Object last = null;
        for (Run run : learnings.all()) {
            if (generation.equals(run.generation())) {
                last = LearningRuns.json(run);
            }
        }
        return last;
    }

    /** The sizes of a catalog. */
    static Map<String, Object> counts(CatalogCounts counts) {
        var description = new LinkedHashMap<String, Object>();
        description.put("tracks", counts.tracks());
        description.put("tracks_with_neighbours", counts.neighbours().filled());
        description.put("neighbours_unknown", counts.neighbours().unknown());
        description.put(
                "tracks_with_neighbours_nn", counts.treatmentNeighbours().filled());
        description.put("neighbours_unknown_nn", counts.treatmentNeighbours().unknown());
        description.put("top_tracks", counts.topTracks());
        description.put("listener_lists", counts.listenerLists().filled());
        return description;
    }
}
