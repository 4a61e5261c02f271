package dev.segue.reload;

import dev.segue.catalog.Catalog;
import dev.segue.service.Generation;
import java.util.List;

/** How a reload or a rollback ended. */
public sealed interface ReloadOutcome {

    /**
     * The new generation is in service.
     *
     * @param before the catalog that served before
     * @param faults the faults that {@code force} overruled
     * @param isInPlace whether a start would load this generation, because its files are in place
     */
    record Done(Catalog before, Generation after, List<String> faults, boolean isInPlace) implements ReloadOutcome {}

    /**
     * The new generation has faults, and the old one continues to serve.
     *
     * @param problem what its faults are together, such as "differ too much"
     */
    record Refused(Catalog before, Generation refused, String problem, List<String> faults, String remedy)
            implements ReloadOutcome {

        /** The faults and the remedy. */
        public String message() {
            return "the old catalogs continue to serve, because the new ones " + problem + ": "
                    + String.join("; ", faults) + "; " + remedy;
        }
    }

    /** The new generation cannot be loaded or put in place, and the old one continues to serve. */
    record Failed(String reason) implements ReloadOutcome {

        /** The consequence and the reason. */
        public String message() {
            return "the old catalogs continue to serve: " + reason;
        }
    }

    /** There is no generation to return to. */
    record NothingToReturnTo(String message) implements ReloadOutcome {}
}
