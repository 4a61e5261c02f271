package dev.segue.http;

import dev.segue.catalog.CatalogCounts;
import dev.segue.reload.Generations;
import dev.segue.reload.InService;
import dev.segue.reload.Reloader;
import dev.segue.state.LearningRuns;
import dev.segue.state.LearningRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    private @Nullable Object learning(String generation) {
        for (Run run : learnings.all()) {
            if (generation.equals(run.generation())) {
                return LearningRuns.json(run);
            }
        }
        return null;
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
