package dev.segue.http;

import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The metrics of the generation in service and of its replacement. */
final class GenerationMetrics {

    private static final String RELOADED = "done";
    private static final String FAILED = "failed";
    private static final String REFUSED = "refused";
    private static final String ROLLED_BACK = "rolled_back";

    private final MetricRegistry registry;
    private final Counter reloads;

    /** @param generation the fingerprint of the generation in service */
    GenerationMetrics(MetricRegistry registry, Supplier<String> generation) {
        this.registry = registry;
        reloads = registry.counter(
                "segue_catalog_reloads_total",
                "Catalog reloads and rollbacks, by outcome.",
                "outcome",
                List.of(RELOADED, FAILED, REFUSED, ROLLED_BACK));
        registry.gauge(
                "segue_catalog_generation",
                "1 for the generation in service, by its fingerprint.",
                "generation",
                gauges -> gauges.accept(generation.get(), 1));
    }

    void registerAge(Reloader reloader, InstantSource clock) {
        registry.gauge(
                "segue_catalog_age_seconds",
                "Time since the generation in service was loaded.",
                () -> (clock.millis() - reloader.generations().periods().get(0).loadedAt()) / 1000.0);
    }

    void reloaded(ReloadOutcome outcome) {
        boolean isRefused = outcome instanceof ReloadOutcome.Refused;
        reloads.labelValues(outcome instanceof ReloadOutcome.Done ? RELOADED : isRefused ? REFUSED : FAILED)
                .inc();
    }

    void rolledBack() {
        reloads.labelValues(ROLLED_BACK).inc();
    }
}
