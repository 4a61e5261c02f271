package dev.segue.reload;

import dev.segue.catalog.Catalog;
import dev.segue.service.Generation;
import java.util.List;

/** How a reload ended. */
public sealed interface ReloadOutcome {

    /**
     * The new generation is in service.
     *
     * @param before the catalog that served before
     * @param faults the faults that {@code force} overruled
     */
    record Done(Catalog before, Generation after, List<String> faults) implements ReloadOutcome {}

    /** The new generation has faults, and the old one continues to serve. */
    record Refused(Catalog before, Catalog refused, List<String> faults) implements ReloadOutcome {

        /** The faults and the remedy. */
        public String message() {
            return "the old catalogs continue to serve, because the new ones differ too much: "
                    + String.join("; ", faults)
                    + "; correct the files, or POST /admin/reload?force=true if this is meant";
        }
    }

    /** The new generation cannot be loaded or fails, and the old one continues to serve. */
    record Failed(String reason) implements ReloadOutcome {

        /** The consequence and the reason. */
        public String message() {
            return "the old catalogs continue to serve: " + reason;
        }
    }
}
