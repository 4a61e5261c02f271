package dev.segue.service;

import dev.segue.catalog.TrackSet;
import dev.segue.catalog.Tracks;
import dev.segue.state.FeedbackStore;
import dev.segue.state.ListenerFeedback;
import dev.segue.state.WithdrawnTracks;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tracks that requests in general, or those of a listener, must not get. Thread-safe. */
public final class Restrictions {

    /** No restrictions: for simulations and replays. */
    public static final Restrictions NONE = new Restrictions();

    private final @Nullable FeedbackStore feedback;
    private final @Nullable WithdrawnTracks withdrawn;
    private volatile @Nullable Withdrawn latest;

    /** The withdrawn tracks of a catalog. */
    private record Withdrawn(Tracks catalog, Set<Integer> ids, TrackSet tracks) {}

    private Restrictions() {
        feedback = null;
        withdrawn = null;
    }

    public Restrictions(FeedbackStore feedback, WithdrawnTracks withdrawn) {
        this.feedback = feedback;
        this.withdrawn = withdrawn;
    }

    /** The feedback of a listener, by the key of its id. */
    ListenerFeedback feedback(long listener) {
        return feedback == null ? ListenerFeedback.NONE : feedback.of(listener);
    }

    /**
     * The tracks of a catalog that are withdrawn, or that a filter rejects; null for none.
     *
     * @param rejected the tracks that the filter rejects; null without a filter
     */
    @Nullable
    TrackSet unavailable(Tracks catalog, @Nullable TrackSet rejected) {
        TrackSet ofOperators = withdrawn(catalog);
        if (rejected == null || ofOperators == null) {
            return rejected == null ? ofOperators : rejected;
        }
        return rejected.union(ofOperators);
    }

    private @Nullable TrackSet withdrawn(Tracks catalog) {
        Set<Integer> ids = withdrawn == null ? Set.of() : withdrawn.tracks();
        if (ids.isEmpty()) {
            return null;
        }
        Withdrawn known = latest;
        if (known == null || known.catalog() != catalog || known.ids() != ids) {
            known = new Withdrawn(catalog, ids, TrackSet.of(catalog, ids));
            latest = known;
        }
        return known.tracks();
    }
}
