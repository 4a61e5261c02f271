package dev.segue.reload;

import dev.segue.catalog.CatalogChange;
import dev.segue.catalog.Tracks;
import dev.segue.config.ReloadSettings;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.history.ListeningMemory.Recent;
import dev.segue.service.Generation;
import dev.segue.service.ServingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the faults for which a new generation is refused: those of {@link CatalogChange}, and tracks that listeners play and the new
 * catalog lacks.
 */
final class GenerationGuard {

    /** Maximum number of listeners whose plays are looked up: their histories are copied, about 1 KB each. */
    static final int LISTENERS = 2_000;

    /** With fewer plays, a few of them would decide. */
    static final int MIN_PLAYS = 20;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final ReloadSettings settings;
    private final ListeningMemory<?> memory;

    /** @param memory has the plays */
    GenerationGuard(ReloadSettings settings, ListeningMemory<?> memory) {
        this.settings = settings;
        this.memory = memory;
    }

    /**
     * The faults of a new generation, one line each; empty if it may take the place of the present one.
     *
     * @param now in ms since 1970
     */
    List<String> faults(Generation before, Generation after, long now) {
        List<String> faults = new ArrayList<>(
                CatalogChange.faults(before.catalog(), after.catalog(), ServingPlan.catalogBounds(settings)));
        checkPlays(before.catalog().tracks(), after.catalog().tracks(), now, faults);
        return List.copyOf(faults);
    }

    private void checkPlays(Tracks before, Tracks after, long now, List<String> faults) {
        int plays = 0;
        int unknownBefore = 0;
        int unknown = 0;
        for (Recent recent : memory.recent(LISTENERS)) {
            ListeningHistory history = recent.history();
            if (now - history.lastEventMillis() > DAY) {
                continue;
            }
            for (int back = 0; back < history.size(); back++) {
                int track = history.track(back);
                plays++;
                unknownBefore += before.contains(track) ? 0 : 1;
                unknown += after.contains(track) ? 0 : 1;
            }
        }
        if (plays < MIN_PLAYS) {
            return;
        }
        String counts = String.format(
                Locale.ROOT,
                "the tracks of %,d of %,d plays of the last day are unknown, before %,d",
                unknown,
                plays,
                unknownBefore);
        double growth = 100.0 * (unknown - unknownBefore) / plays;
        double known = 100.0 * (plays - unknown) / plays;
        if (growth > settings.maxUnknownPlaysPoints()) {
            faults.add(String.format(
                    Locale.ROOT,
                    "%s (%.1f points more; reload.max_unknown_plays_points is %d)",
                    counts,
                    growth,
                    settings.maxUnknownPlaysPoints()));
        } else if (known < settings.minKnownPlaysPercent() && unknown > unknownBefore) {
            faults.add(String.format(
                    Locale.ROOT,
                    "%s (%.1f%% are known; reload.min_known_plays_percent is %d)",
                    counts,
                    known,
                    settings.minKnownPlaysPercent()));
        }
    }
}
